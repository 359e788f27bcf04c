package dev.ratelab.model;

/**
 * What a gate costs at one input of a prediction.
 *
 * @param activeAtoms mean number of atoms with a weight there: so many experts are computed
 * @param multiplications multiplications that the scores cost: one for each parameter, a bias being multiplied by the constant input
 *     1. Exact for scores that are affine in the inputs; where a score has products of inputs, lengths or exponentials as well, a
 *     lower bound of the same order. A gate that leaves atoms out computes all scores to know which
 */
public record PredictionCost(double activeAtoms, int multiplications) {}
