package dev.ratelab.run;

import dev.ratelab.fit.ascent.Certificate;
import dev.ratelab.fit.ascent.FitStatus;
import dev.ratelab.loss.LossName;
import dev.ratelab.study.TruthPoint;
import dev.ratelab.target.Target;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * What is stored of one fit: one row of the table {@code fits}.
 *
 * <p>Undefined numbers are {@code NaN} here and null in the table.
 *
 * @param key setting, sample size n and seed
 * @param fitted what was fitted
 * @param certificate how the fit ended, and what is known of its end point
 * @param message what went wrong, empty if nothing did
 * @param starts the starts
 * @param likelihoods log likelihoods of the data
 * @param losses every loss; those that are undefined for the fit are absent
 * @param atoms the estimate in the gate's canonical form
 * @param target what the losses are distances from: {@link Target#TRUTH}, or {@link Target#PROJECTION} where the fitted family
 *     does not hold the truth
 * @param targetStatus how the search for the projection ended; empty for the truth, or if the search failed
 * @param truthPoint where on which path the truth was
 * @param provenance how the row was made
 */
public record FitRow(
        FitKey key,
        FittedSetting fitted,
        Certificate certificate,
        String message,
        StartSummary starts,
        Likelihoods likelihoods,
        Map<LossName, Double> losses,
        List<StoredAtom> atoms,
        String target,
        String targetStatus,
        TruthPoint truthPoint,
        Provenance provenance)
        implements Serializable {

    /** Id of all coordinates but sample size and seed. */
    public String setting() {
        return key.setting();
    }

    /** Number of observations n. */
    public int sampleSize() {
        return key.sampleSize();
    }

    /** Seed number, from 1. */
    public int seed() {
        return key.seed();
    }

    /** How the fit ended. */
    public FitStatus status() {
        return certificate.status();
    }

    /**
     * One atom as it is stored.
     *
     * @param cell Voronoi cell: number of the nearest true atom, from 1; 0 if the estimate is not finite
     * @param gate gate parameters by kind
     * @param expert expert parameters by kind
     * @param variance noise variance
     */
    public record StoredAtom(
            int cell, Map<String, List<Double>> gate, Map<String, List<Double>> expert, double variance)
            implements Serializable {}
}
