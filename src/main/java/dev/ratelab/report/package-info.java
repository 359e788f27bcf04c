/**
 * Pictures of results: figures as plain data, and what draws them as SVG and PNG.
 *
 * <p>A {@link dev.ratelab.report.LogLogFigure} is data without anything of the plotting library, so that other parts of the
 * program can hand one over: curves, bands, reference lines. {@link dev.ratelab.report.FigureWriter} draws it with JFreeChart;
 * {@link dev.ratelab.report.RateFigures} makes figures from summaries and rates.
 */
package dev.ratelab.report;
