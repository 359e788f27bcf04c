package dev.ratelab.model;

/** How the scores of a gate become weights. */
public enum Normaliser {
    /** {@code pi_i = exp(u_i) / sum_l exp(u_l)}: the weights of a row sum to one. */
    SOFTMAX,

    /**
     * {@code exp(u_i)} is the joint density of component {@code i} and the inputs, so that {@code sum_i exp(u_i)} is the density of
     * {@code x}, and a density model describes {@code (x, y)} together.
     */
    JOINT,

    /** {@code w_i = exp(u_i)}, which need not sum to one: there is a regression function but no mixture. */
    NONE
}
