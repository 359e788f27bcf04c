/**
 * Spark: the only package that knows it. Runs studies in waves and spreads the rows of fits that are too large for one process; its
 * subpackage keeps the tables.
 *
 * <p>The driver sends coordinates and receives rows. Nothing that is computed here ends up in a stored number: fits, summaries
 * and rates are made by the packages below, so that a plain loop gives the same bits.
 */
package dev.ratelab.spark;
