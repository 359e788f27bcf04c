/**
 * The gates: the scores {@code u_i(x; theta)}, their derivatives by block, bounds and invariances.
 *
 * <p>Adding the same function of {@code x} to all scores leaves softmax weights {@code exp(u_i) / sum_l exp(u_l)} as
 * they are. Bounds of parameters that can be shifted so are therefore on pairwise differences, which neither the choice
 * of the anchor nor the labels of the atoms change; bounds of other parameters are on absolute values. The weights of a
 * single atom are one, whatever its parameters: all of them are invariant.
 *
 * <p>A gate in which every atom has a row of parameters extends {@code RowGate}; one in which a score depends on the
 * atom's row alone, {@code AtomGate}; one with a temperature, {@code TemperedGate}, which leaves the router to the
 * subclass. Hierarchical and top-K gates are made of other gates, which
 * they are handed a way to find: {@code CompositeGate}.
 */
package dev.ratelab.model.gate;
