/**
 * What a study is: truths, grid, options, settings and the keys of random streams.
 *
 * <p>A {@link dev.ratelab.study.Study} is a truth and a grid of (gate, expert family, number of fitted experts, sample
 * size, seed). What decides the result of a fit, apart from its place in the grid, is the study's {@linkplain
 * dev.ratelab.study.Study#identity() identity}; the rest of the grid can grow without touching stored results. Random
 * streams are keyed by {@linkplain dev.ratelab.study.Coordinates coordinates}, never by order.
 */
package dev.ratelab.study;
