package dev.ratelab.model;

/**
 * One atom of a mixing measure: the parameters of one expert and of its place in the gate.
 *
 * @param gate the gate's parameters of this atom in the order of {@link Gate#kinds}; owned by the record, not
 *     modified
 * @param expert the expert's parameters in the order of {@link Expert#kinds}; owned by the record, not modified
 * @param variance the noise variance of this expert, in squared units of {@code y}, positive
 */
public record Atom(double[] gate, double[] expert, double variance) {}
