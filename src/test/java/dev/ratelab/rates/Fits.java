package dev.ratelab.rates;

import dev.ratelab.fit.FitStatus;
import dev.ratelab.study.FitRow;
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

    /** A fit of the softmax gate with three linear experts. */
    static FitRow fit(String setting, int sampleSize, int seed, FitStatus status, Map<String, Double> losses) {
        double nan = Double.NaN;
        return new FitRow(
                setting,
                "softmax",
                "linear",
                "density",
                3,
                sampleSize,
                seed,
                status,
                "",
                nan,
                nan,
                nan,
                nan,
                nan,
                0,
                List.of(),
                0,
                0,
                1,
                1,
                1,
                "oracle",
                nan,
                nan,
                0,
                nan,
                losses,
                List.of(),
                0,
                "host",
                "1",
                "hash",
                FitRow.TRUTH,
                "");
    }

    /** A fit with one loss. */
    static FitRow fit(String setting, int sampleSize, int seed, FitStatus status, String metric, double loss) {
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
                observations.add(new Observation("a", "D2", n, seed, true, loss));
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
                    Map<String, Double> losses = new LinkedHashMap<>();
                    losses.put("D2", StrictMath.exp(random.nextGaussian()) / Math.sqrt(n));
                    losses.put("gate-l2", StrictMath.exp(random.nextGaussian()) / Math.sqrt(n));
                    if (random.nextDouble() < 0.3) {
                        losses.remove("gate-l2");
                    }
                    FitStatus status = random.nextDouble() < 0.05 ? FitStatus.SADDLE : FitStatus.CONVERGED;
                    fits.add(fit(setting, n, seed, status, losses));
                }
            }
        }
        return fits;
    }
}
