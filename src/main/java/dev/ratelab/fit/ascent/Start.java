package dev.ratelab.fit.ascent;

/**
 * A point from which a fit starts.
 *
 * @param kind where it comes from
 * @param parameters flat parameter vector; owned by the record, not modified
 */
public record Start(Kind kind, double[] parameters) {

    /** Where a start comes from. */
    public enum Kind {
        /** The truth, split and perturbed. */
        ORACLE("oracle"),
        /** The data alone. */
        RANDOM("random"),
        /** Given by the user. */
        GIVEN("given");

        private final String id;

        Kind(String id) {
            this.id = id;
        }

        /** The name in tables. */
        public String id() {
            return id;
        }
    }
}
