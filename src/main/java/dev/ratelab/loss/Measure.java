package dev.ratelab.loss;

/** What a loss measures: a number about a whole fit, or the errors of a kind of parameter. */
public sealed interface Measure permits FitMeasure, ParameterError {

    /** The name of the loss of the estimate itself. */
    String text();

    /** Whether there is such a number in a derivation. */
    boolean definedIn(Derivation derivation);

    /** Whether it describes an estimate without measuring its distance from the truth: it has no rate. */
    boolean descriptive();

    /** Place among all measures, from 0. */
    int order();
}
