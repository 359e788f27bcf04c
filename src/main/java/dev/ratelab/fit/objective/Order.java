package dev.ratelab.fit.objective;

/** What to compute beside the value of an objective. */
public enum Order {
    /** Nothing: the value only. */
    VALUE,
    /**
     * Gradient and the information that does not need second derivatives of the models: that of the complete data in the density
     * problem (what an EM iteration needs), Gauss-Newton in the regression problem.
     */
    COMPLETE,
    /** Gradient and exact Hessian. */
    OBSERVED
}
