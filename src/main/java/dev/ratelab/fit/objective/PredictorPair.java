package dev.ratelab.fit.objective;

/**
 * A pair of predictors whose second derivative is not zero: one block of {@code J'WJ}.
 *
 * @param diagonal whether both are the same predictor
 * @param weights second derivatives by the predictors
 * @param products the sums
 */
record PredictorPair(Predictor left, Predictor right, boolean diagonal, Weights weights, WeightedProducts products) {

    /** Fills one block array with second derivatives by two predictors. */
    interface Weights {
        void compute(double[] out);
    }

    PredictorPair(Predictor left, Predictor right, boolean diagonal, Weights weights) {
        this(
                left,
                right,
                diagonal,
                weights,
                new WeightedProducts(left.columns.length, right.columns.length, left.columns == right.columns));
    }

    /** The same pair with other second derivatives; both share their sums, so only one may be in use at a time. */
    PredictorPair with(Weights other) {
        return new PredictorPair(left, right, diagonal, other, products);
    }

    /** Adds the current block. */
    void add(double[] work, double[] scratch) {
        weights.compute(work);
        products.add(work, left.columns, right.columns, scratch);
    }

    /** Adds the sums to a matrix and clears them. */
    void drainInto(double[][] matrix) {
        products.drainInto(left.parameters, right.parameters, !diagonal, matrix);
    }
}
