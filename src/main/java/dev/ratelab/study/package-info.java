/**
 * Studies: the grid of settings, sample sizes and seeds, its cells, and the row that each fit leaves.
 *
 * <p>A setting is a truth, a problem, a fitted family with its number of experts, and the estimator's options; a cell is a
 * setting at one sample size {@code n}; a fit is a cell at one seed. Plain Java: a cell goes in, rows come out, with the same
 * bits in a loop, in threads or on a cluster.
 */
package dev.ratelab.study;
