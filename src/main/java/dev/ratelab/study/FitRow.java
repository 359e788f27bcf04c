package dev.ratelab.study;

import dev.ratelab.fit.FitStatus;
import dev.ratelab.loss.LossName;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * What is stored of one fit: one row of the table {@code fits}.
 *
 * <p>Undefined numbers are {@code NaN} here and null in the table.
 *
 * @param setting id of all coordinates but sample size and seed
 * @param gate id of the fitted gate
 * @param expert id of the fitted expert family
 * @param problem id of the problem
 * @param fittedExperts number of fitted atoms k
 * @param sampleSize number of rows n
 * @param seed seed number, from 1
 * @param status how the fit ended
 * @param message what went wrong, empty if nothing did
 * @param logLikelihood sum over rows of {@code log p(y | x)} at the estimate, nats
 * @param newtonDecrement predicted gain of a Newton step at the estimate, nats
 * @param projectedGradient largest scaled component of the projected gradient: nats for one standard error
 * @param smallestEigenvalue smallest eigenvalue of the scaled observed information on the free space
 * @param largestEigenvalue largest one
 * @param flatDimensions directions of the free space without information, beside the declared invariances
 * @param activeBounds names of the bounds that are active, sorted, repeated for each active constraint
 * @param iterations EM and polish iterations of the kept start
 * @param totalIterations those of all starts
 * @param starts number of starts
 * @param certifiedStarts starts that ended certified
 * @param startsAtOptimum certified starts that ended within 1e-4 nat of the kept one
 * @param startKind kind of the kept start, {@code oracle} or {@code random}
 * @param oracleLogLikelihood best certified end point of the oracle starts, nats
 * @param randomLogLikelihood best certified end point of the random starts, nats
 * @param uncertifiedGain by how much the best start of any status ended above the kept one, nats, at least 0
 * @param truthLogLikelihood log likelihood of the true parameters, nats
 * @param losses every loss by its name; losses that are undefined for the fit are absent
 * @param atoms the estimate in the gate's canonical form
 * @param fitMillis wall time of the fit, milliseconds
 * @param host machine that made the fit
 * @param codeVersion version of the code
 * @param studyHash hash of what decides the results of the study
 * @param target what the losses are distances from: {@link #TRUTH}, or {@link #PROJECTION} where the fitted family
 *     does not hold the truth
 * @param targetStatus how the search for the projection ended; empty for the truth, or if the search failed
 * @param startRadiusFactor what the radii of the starts near the truth were multiplied by; 1 in a base setting
 * @param truthPoint where on which path the truth was
 */
public record FitRow(
        String setting,
        String gate,
        String expert,
        String problem,
        int fittedExperts,
        int sampleSize,
        int seed,
        FitStatus status,
        String message,
        double logLikelihood,
        double newtonDecrement,
        double projectedGradient,
        double smallestEigenvalue,
        double largestEigenvalue,
        int flatDimensions,
        List<String> activeBounds,
        int iterations,
        int totalIterations,
        int starts,
        int certifiedStarts,
        int startsAtOptimum,
        String startKind,
        double oracleLogLikelihood,
        double randomLogLikelihood,
        double uncertifiedGain,
        double truthLogLikelihood,
        Map<LossName, Double> losses,
        List<StoredAtom> atoms,
        double fitMillis,
        String host,
        String codeVersion,
        String studyHash,
        String target,
        String targetStatus,
        double startRadiusFactor,
        TruthPoint truthPoint)
        implements Serializable {
    /** The target of fits whose family holds the truth. */
    public static final String TRUTH = "truth";

    /** The target of other fits: the best approximation of the truth by the fitted family. */
    public static final String PROJECTION = "projection";

    /** The coordinates of the fit. */
    public FitKey key() {
        return new FitKey(setting, sampleSize, seed);
    }

    /**
     * Where on its path the truth of a fit is.
     *
     * @param path {@link TruthPath#id}
     * @param atom the true atom that was moved, from 1; 0 if none was
     * @param cell number of atoms of the moved truth in its cell; 0 if none was moved
     * @param delta how far the atom was moved; 0 for a fixed truth, {@code NaN} if it is not known
     */
    public record TruthPoint(String path, int atom, int cell, double delta) implements Serializable {
        /** A truth that does not move. */
        public static final TruthPoint FIXED = new TruthPoint(TruthPath.FIXED_NAME, 0, 0, 0);

        /** What is known of a fit that failed. */
        static TruthPoint unknown(TruthPath path) {
            return path.worstCase() ? new TruthPoint(path.id(), 0, 0, Double.NaN) : FIXED;
        }

        /** Whether the truth is on a worst-case path. */
        public boolean moved() {
            return !path.equals(TruthPath.FIXED_NAME);
        }
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
