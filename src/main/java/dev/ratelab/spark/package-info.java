/**
 * Spark: the only package that knows it. Runs studies in waves, spreads the rows of fits that are too large for one process, keeps the
 * store, defines the tables and their views.
 *
 * <p>The driver sends coordinates and receives rows. Nothing that is computed here ends up in a stored number: fits, summaries
 * and rates are made by the packages to the left, so that a plain loop gives the same bits.
 */
package dev.ratelab.spark;
