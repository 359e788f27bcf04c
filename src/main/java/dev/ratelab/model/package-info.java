/**
 * Mixture-of-experts families and their parametrisation: gates, experts, atoms, bounds.
 *
 * <p>A density model is {@code p(y | x) = sum_i pi_i(x) N(y; h(x, eta_i), nu_i)}; a regression model has the mean
 * {@code f_G(x) = sum_i pi_i(x) h(x, eta_i)}. The weights {@code pi(x)} come from the scores {@code u_i(x; theta)} of a
 * {@link dev.ratelab.model.Gate}, the means {@code h} from an {@link dev.ratelab.model.Expert}. A model is one flat parameter
 * vector; a family names its parameters, their transforms, bounds, invariances and canonical form, and gives for a block of
 * rows its scores {@code u} and, with the Jacobian {@code J = du/dtheta}, the products {@code J'v} and {@code J'WJ} from which
 * every algorithm is built. Families are told by their ids. One is added with one class, one line in its registry ({@code catalog}) and
 * one subclass of its contract test.
 */
package dev.ratelab.model;
