/**
 * What the theory assumes of a model, checked by numbers, without data.
 *
 * <p>Rates depend on whether derivatives of the model by its parameters are linearly independent functions. {@link
 * dev.ratelab.diagnose.Diagnosis} decides that by singular values at the nodes of a quadrature and spells dependences out; {@link
 * dev.ratelab.diagnose.Modulus} measures how close in prediction a model can stay while an atom is held away from the truth,
 * which is what such a dependence costs.
 *
 * <p>Families are known by their contracts only: values, Jacobian columns and contracted second derivatives.
 */
package dev.ratelab.diagnose;
