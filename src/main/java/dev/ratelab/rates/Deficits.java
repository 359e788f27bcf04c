package dev.ratelab.rates;

import dev.ratelab.run.FitRow;
import dev.ratelab.target.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far fits are short of the best likelihood known for their data. A fit that is short of it says where it stopped, not what the
 * data say: the deficit validates a fit, its slope does not.
 *
 * <p>The deficit of a fit is the largest, in nats, of
 *
 * <ul>
 *   <li>{@code uncertified_gain}: how much higher another start of any status ended;
 *   <li>{@code oracle_log_likelihood} and {@code random_log_likelihood}, the best certified end points, less its own;
 *   <li>the log likelihood of the truth less its own, where the fitted family holds the truth;
 *   <li>the certified log likelihoods of settings that differ in the radius of their starts only, on the same data, less its own;
 *   <li>if it is not certified, {@code newton_decrement}: what one more Newton step promises; at a saddle that is infinite, and counts
 *       if no certified end point tells the size of the deficit.
 * </ul>
 */
final class Deficits {
    private final Map<List<Integer>, Double> best = new HashMap<>();

    /**
     * Collects what is known of the data sets.
     *
     * @param others fits of the same family to the same data from other starts; not modified
     */
    Deficits(List<FitRow> others) {
        for (FitRow row : others) {
            if (row.status().certified() && Double.isFinite(row.likelihoods().estimate())) {
                best.merge(
                        List.of(row.sampleSize(), row.seed()), row.likelihoods().estimate(), Math::max);
            }
        }
    }

    /** The deficit of a fit in nats, at least 0; {@code NaN} if it has no log likelihood. */
    double of(FitRow row) {
        double own = row.likelihoods().estimate();
        if (!Double.isFinite(own)) {
            return Double.NaN;
        }
        double deficit = larger(0, row.likelihoods().uncertifiedGain());
        deficit = larger(deficit, row.likelihoods().oracle() - own);
        deficit = larger(deficit, row.likelihoods().random() - own);
        if (row.target().equals(Target.TRUTH)) {
            deficit = larger(deficit, row.likelihoods().truth() - own);
        }
        double known = best.getOrDefault(List.of(row.sampleSize(), row.seed()), Double.NaN);
        deficit = larger(deficit, known - own);
        boolean measured = Double.isFinite(known)
                || Double.isFinite(row.likelihoods().oracle())
                || Double.isFinite(row.likelihoods().random());
        boolean counts =
                !row.status().certified() && (Double.isFinite(row.certificate().newtonDecrement()) || !measured);
        return counts ? larger(deficit, row.certificate().newtonDecrement()) : deficit;
    }

    /** The larger of a number and another that may be undefined. */
    private static double larger(double number, double other) {
        return other > number ? other : number;
    }
}
