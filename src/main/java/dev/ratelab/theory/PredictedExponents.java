package dev.ratelab.theory;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks up the predicted slope of a loss.
 *
 * <p>The maximum-likelihood estimate {@code G} satisfies {@code E_X[Hellinger] = O_P(sqrt(log n / n))}, and an inverse
 * bound {@code E_X[TV] >= C D(G, G*)} turns this into a rate of a Voronoi loss {@code D}, so that {@code D} itself
 * always has the predicted slope {@code -1/2}. A parameter that enters {@code D} with the power {@code p} then has the
 * slope {@code -1/(2p)}. Powers of {@code log n} are ignored. With the softmax gate and linear Gaussian experts the
 * powers in a Voronoi cell of {@code m} fitted atoms are
 *
 * <pre>
 *   parameter                     m = 1   m > 1
 *   mass sum_cell exp(beta0)      1       1
 *   gate weight, intercept        1       r(m)
 *   slope, variance               1       r(m) / 2
 * </pre>
 *
 * <p>where {@code r(m)} is the smallest degree at which a certain system of polynomial equations has no non-trivial
 * solution: {@code r(2) = 4}, {@code r(3) = 6}, {@code r(m) >= 7} from {@code m = 4} on. That last bound does not give
 * a slope, so the affected parameters are {@code unknown} for {@code m >= 4}.
 *
 * <p>The sizes of the cells are not known before the fit. Over-specified errors are predicted for the largest cell that
 * can occur, {@code m = k - k* + 1}; this is the slowest rate. If the surplus atoms are spread over several cells,
 * these are smaller and the errors fall faster. All predictions for {@code k > k*} are upper bounds: a parameter may fall
 * faster than the loss in which it stands forces it to.
 *
 * <p>This class is thread-safe.
 */
public final class PredictedExponents {
    private static final double ROOT_N = -0.5;
    private static final String EXACT = "-error-exact";
    private static final String OVER = "-error-over";
    private static final String OVER_WEIGHTED = "-error-over-weighted";
    private static final String ATOM = "-error-atom-";
    private static final String SOFTMAX_LINEAR = "arXiv 2305.03288 (as tabulated in arXiv 2402.03226, table 2)";
    private static final String REGULAR =
            "the maximum-likelihood estimate of an exactly specified regular model is root-n (Fisher information)";

    /** Powers of the parameters in the loss of one family; in cells of several atoms in units of {@code r(m)}. */
    private record Family(String gate, String expert, String problem, Map<String, Double> powersOfR, String source) {}

    /** The power of a kind that keeps the power 1 in every cell. */
    private static final double POWER_ONE = 0;

    private static final List<Family> FAMILIES = List.of(new Family(
            "softmax",
            "linear",
            "density",
            Map.of("gate-bias", POWER_ONE, "gate-weight", 1.0, "intercept", 1.0, "slope", 0.5, "variance", 0.5),
            SOFTMAX_LINEAR));

    private PredictedExponents() {}

    /**
     * The prediction for one loss.
     *
     * @param gate id of the fitted gate
     * @param expert id of the fitted expert family
     * @param problem id of the problem
     * @param fittedExperts number of fitted atoms k, at least 1
     * @param trueExperts number of true atoms k*, at least 1
     * @param metric name of the loss: {@code D1}, {@code D2}, {@code hellinger}, {@code gate-l2}, or an error of
     *     parameters {@code <kind>-error-exact}, {@code -error-atom-<j>}, {@code -error-over}, {@code
     *     -error-over-weighted}
     * @return the prediction; of status {@code unknown}, with the reason as its source, where there is none
     */
    public static Prediction of(
            String gate, String expert, String problem, int fittedExperts, int trueExperts, String metric) {
        if (fittedExperts < 1 || trueExperts < 1) {
            throw new IllegalArgumentException("fitted experts = " + fittedExperts + ", true experts = " + trueExperts
                    + ": both must be at least 1");
        }
        Optional<Family> family = FAMILIES.stream()
                .filter(f -> f.gate.equals(gate) && f.expert.equals(expert) && f.problem.equals(problem))
                .findFirst();
        if (family.isEmpty()) {
            return Prediction.unknown(
                    "no prediction recorded for gate " + gate + ", expert " + expert + ", problem " + problem);
        }
        if (fittedExperts < trueExperts) {
            return Prediction.unknown("fewer fitted than true experts: the theory covers k >= k* only");
        }
        return ofMetric(family.get(), fittedExperts - trueExperts + 1, metric);
    }

    /** The prediction where the largest possible cell has {@code cell} atoms; 1 is the exactly specified fit. */
    private static Prediction ofMetric(Family family, int cell, String metric) {
        boolean exact = cell == 1;
        Prediction regular = new Prediction(ROOT_N, REGULAR, Prediction.DERIVED);
        return switch (metric) {
            case "D1" -> exact ? regular : Prediction.unknown("D1 is the loss of exactly specified fits only");
            case "D2" -> exact ? regular : Prediction.atMost(ROOT_N, family.source, Prediction.RECALLED);
            case "hellinger" ->
                exact
                        ? regular
                        : Prediction.atMost(
                                ROOT_N,
                                "arXiv 2305.03288: parametric rate of the density, sqrt(log n / n)",
                                Prediction.RECALLED);
            case "gate-l2" -> exact ? regular : Prediction.unknown("no rate of the gate's weights is known for k > k*");
            default -> ofParameter(family, cell, metric);
        };
    }

    private static Prediction ofParameter(Family family, int cell, String metric) {
        int cut = metric.indexOf("-error-");
        Double powerOfR = cut < 0 ? null : family.powersOfR.get(metric.substring(0, cut));
        if (powerOfR == null) {
            return Prediction.unknown("no prediction recorded for the loss " + metric);
        }
        String ending = metric.substring(cut);
        if (ending.equals(EXACT)) {
            return new Prediction(ROOT_N, family.source, Prediction.PROVED_SEEN, cell > 1);
        }
        if (ending.startsWith(ATOM) && ending.substring(ATOM.length()).matches("[1-9][0-9]*")) {
            return cell == 1
                    ? new Prediction(ROOT_N, family.source, Prediction.PROVED_SEEN)
                    : Prediction.unknown("for k > k* the cell of one true atom may hold one or several fitted atoms");
        }
        if (ending.equals(OVER) || ending.equals(OVER_WEIGHTED)) {
            return cell == 1
                    ? Prediction.unknown("an exactly specified fit has no cell of several atoms in the limit")
                    : ofOverSpecified(family, powerOfR, cell);
        }
        return Prediction.unknown("no prediction recorded for the loss " + metric);
    }

    private static Prediction ofOverSpecified(Family family, double powerOfR, int cell) {
        String source = family.source;
        if (powerOfR == POWER_ONE) {
            return Prediction.atMost(ROOT_N, source, Prediction.PROVED_SEEN);
        }
        if (cell > 3) {
            return Prediction.unknown(source + ": for a cell of " + cell
                    + " atoms only r >= 7 is known, so the slope is between " + -1 / (2 * 7 * powerOfR) + " and 0");
        }
        int r = cell == 2 ? 4 : 6;
        return Prediction.atMost(
                -1 / (2 * r * powerOfR), source + ", cell of " + cell + " atoms, r = " + r, Prediction.PROVED_SEEN);
    }
}
