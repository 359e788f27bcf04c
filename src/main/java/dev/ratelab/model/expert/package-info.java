/**
 * The expert families: the mean {@code h(x, eta)} of one expert, its derivatives by block, and what it leaves unidentified.
 *
 * <p>Linear, constant, and one hidden layer {@code h(x) = sum_u c_u sigma(a_u'x + b_u)} with the activations of
 * {@link dev.ratelab.math.Activation}.
 */
package dev.ratelab.model.expert;
