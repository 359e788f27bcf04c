package dev.ratelab.fit;

import dev.ratelab.fit.ascent.Certificate;
import dev.ratelab.fit.ascent.Start;

/**
 * The outcome of a fit: the best certified end point of all starts, or the best end point if none is certified.
 *
 * @param parameters flat parameter vector; owned by the record
 * @param logLikelihood its log likelihood, nats
 * @param certificate its certificate
 * @param startKind kind of the start that led there
 * @param iterations EM and Newton iterations of that start
 * @param totalIterations those of all starts
 * @param starts number of starts
 * @param certifiedStarts starts that ended certified
 * @param startsAtOptimum certified starts that ended within {@link Estimator#SAME_OPTIMUM_NATS} of the kept end point
 * @param oracleLogLikelihood best certified oracle start, nats; NaN if there is none
 * @param randomLogLikelihood best certified random start, nats; NaN if there is none
 * @param oracleParameters flat parameter vector of the best certified oracle start; empty if there is none; owned by the record
 * @param randomParameters that of the best certified random start
 * @param uncertifiedGain by how much the best start of any status lies above the kept one, nats, at least 0
 */
public record Estimate(
        double[] parameters,
        double logLikelihood,
        Certificate certificate,
        Start.Kind startKind,
        int iterations,
        int totalIterations,
        int starts,
        int certifiedStarts,
        int startsAtOptimum,
        double oracleLogLikelihood,
        double randomLogLikelihood,
        double[] oracleParameters,
        double[] randomParameters,
        double uncertifiedGain) {}
