/**
 * A quadratic under linear constraints, near a feasible point: {@code maximise g'z + z'Hz / 2} subject to {@code row_i . z <= slack_i},
 * in coordinates in which a unit step is about one standard error. Multipliers, faces, steps within a trust radius, ridges.
 *
 * <p>Mathematics: nothing here knows a model, data or how a fit goes on.
 */
package dev.ratelab.fit.quadratic;
