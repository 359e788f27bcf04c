package dev.ratelab.rates;

import dev.ratelab.fit.ascent.Certificate;
import dev.ratelab.fit.ascent.FitStatus;
import dev.ratelab.loss.LossName;
import dev.ratelab.run.FitKey;
import dev.ratelab.run.FitRow;
import dev.ratelab.run.FittedSetting;
import dev.ratelab.run.Likelihoods;
import dev.ratelab.run.Provenance;
import dev.ratelab.run.StartSummary;
import dev.ratelab.study.TruthPoint;
import dev.ratelab.target.Target;
import dev.ratelab.testing.Records;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/** Fits made up for tests. */
final class Fits {
    private Fits() {}

    /**
     * What checks look at.
     *
     * @param logLikelihood of the estimate, nats
     * @param truth log likelihood of the truth, nats
     */
    record Detail(
            double logLikelihood,
            double newtonDecrement,
            double uncertifiedGain,
            double truth,
            List<String> activeBounds,
            int starts,
            int startsAtOptimum,
            double startRadiusFactor) {

        /** A fit above the truth that every start of two has reached. */
        static Detail good() {
            return new Detail(-100, 0, 0, -103, List.of(), 2, 2, 1);
        }

        Detail withLogLikelihood(double nats) {
            return Records.with(this, Map.of("logLikelihood", nats));
        }

        Detail withDecrement(double nats) {
            return Records.with(this, Map.of("newtonDecrement", nats));
        }

        Detail withGain(double nats) {
            return Records.with(this, Map.of("uncertifiedGain", nats));
        }

        Detail withBounds(String... names) {
            return Records.with(this, Map.of("activeBounds", List.of(names)));
        }

        Detail withStartsAtOptimum(int count) {
            return Records.with(this, Map.of("startsAtOptimum", count));
        }

        Detail withFactor(double factor) {
            return Records.with(this, Map.of("startRadiusFactor", factor));
        }
    }

    /** A fit of the softmax gate with three linear experts. */
    static FitRow fit(String setting, int sampleSize, int seed, FitStatus status, Map<LossName, Double> losses) {
        double nan = Double.NaN;
        return fit(setting, sampleSize, seed, status, losses, new Detail(nan, nan, 0, nan, List.of(), 1, 1, 1));
    }

    /** The same with what checks look at. */
    static FitRow fit(
            String setting, int sampleSize, int seed, FitStatus status, Map<LossName, Double> losses, Detail detail) {
        double nan = Double.NaN;
        return new FitRow(
                new FitKey(setting, sampleSize, seed),
                new FittedSetting("softmax", "linear", "density", 3, detail.startRadiusFactor()),
                new Certificate(status, detail.newtonDecrement(), nan, nan, nan, 0, detail.activeBounds()),
                "",
                new StartSummary(0, 0, detail.starts(), detail.starts(), detail.startsAtOptimum(), "oracle"),
                new Likelihoods(detail.logLikelihood(), nan, nan, detail.uncertifiedGain(), detail.truth()),
                losses,
                List.of(),
                Target.TRUTH,
                "",
                TruthPoint.FIXED,
                new Provenance(0, "host", "1", "hash"));
    }

    /** The same fit with other log likelihoods of the best certified start of each kind. */
    static FitRow withStartKinds(FitRow row, double oracle, double random) {
        return Records.with(
                row,
                Map.of("likelihoods", Records.with(row.likelihoods(), Map.of("oracle", oracle, "random", random))));
    }

    /** A fit with one loss. */
    static FitRow fit(String setting, int sampleSize, int seed, FitStatus status, LossName metric, double loss) {
        return fit(setting, sampleSize, seed, status, Map.of(metric, loss));
    }

    /** Certified observations {@code loss = mean(n) * exp(deviation * standard normal)} on a fixed stream. */
    static List<Observation> observations(
            int[] sizes, int seeds, IntToDoubleFunction mean, double deviation, int stream) {
        RandomGenerator random = new Well19937c(stream);
        List<Observation> observations = new ArrayList<>();
        for (int n : sizes) {
            for (int seed = 1; seed <= seeds; seed++) {
                double loss = mean.applyAsDouble(n) * StrictMath.exp(deviation * random.nextGaussian());
                observations.add(new Observation("a", LossName.D2, n, seed, true, loss));
            }
        }
        return observations;
    }

    /** Certified and failed fits of two settings with two losses on a fixed stream. */
    static List<FitRow> study(int stream) {
        RandomGenerator random = new Well19937c(stream);
        List<FitRow> fits = new ArrayList<>();
        for (String setting : List.of("a", "b")) {
            for (int n : new int[] {100, 300, 1000, 3000}) {
                for (int seed = 1; seed <= 12; seed++) {
                    Map<LossName, Double> losses = new LinkedHashMap<>();
                    losses.put(LossName.D2, StrictMath.exp(random.nextGaussian()) / Math.sqrt(n));
                    losses.put(LossName.GATE_L2, StrictMath.exp(random.nextGaussian()) / Math.sqrt(n));
                    if (random.nextDouble() < 0.3) {
                        losses.remove(LossName.GATE_L2);
                    }
                    FitStatus status = random.nextDouble() < 0.05 ? FitStatus.SADDLE : FitStatus.CONVERGED;
                    fits.add(fit(setting, n, seed, status, losses));
                }
            }
        }
        return fits;
    }
}
