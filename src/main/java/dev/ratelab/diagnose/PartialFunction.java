package dev.ratelab.diagnose;

/**
 * One of the functions whose linear independence is asked for: mostly a partial derivative.
 *
 * @param place whose it is, such as {@code expert 2}; empty if all experts share it
 * @param phrase what it is, such as {@code the derivative by slope}
 * @param kind which role it plays in an expansion
 * @param values {@code values[row]}: not weighted; owned by the record, not modified
 */
record PartialFunction(String place, String phrase, Kind kind, double[] values) {

    /**
     * The role of a function in the second-order expansion of a model around a cell of several atoms. First derivatives have free
     * coefficients. Those of second derivatives form a positive semi-definite matrix, {@code sum_i w_i d_i d_i'} of the
     * displacements: without a diagonal entry there is no other one.
     */
    enum Kind {
        /** A first derivative, or a function whose coefficient may have either sign. */
        FIRST,
        /** A second derivative by two different parameters: an off-diagonal coefficient. */
        MIXED,
        /** A second derivative twice by one parameter: a diagonal coefficient. */
        PURE
    }

    /** The phrase with its place. */
    String full() {
        return place.isEmpty() ? phrase : phrase + " of " + place;
    }
}
