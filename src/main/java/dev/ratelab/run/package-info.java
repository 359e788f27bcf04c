/**
 * One fit of a study, in plain Java: draw the data, fit, certify, measure the losses, and give one row.
 *
 * <p>Every fit gives a row, whatever happens. All columns but time and host are functions of the study and the {@linkplain
 * dev.ratelab.run.FitKey coordinates} of the fit.
 */
package dev.ratelab.run;
