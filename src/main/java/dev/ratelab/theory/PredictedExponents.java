package dev.ratelab.theory;

import dev.ratelab.loss.Derivation;
import dev.ratelab.loss.LossName;
import dev.ratelab.loss.ParameterError;
import dev.ratelab.model.FamilyName;
import java.util.List;
import java.util.Set;

/**
 * Looks up the predicted slope of a loss in a table: one row for each gate, expert, problem, cell and kind of parameter, the
 * resource {@code exponents.md}, which {@code docs/theory.md} repeats.
 *
 * <p>The estimate {@code G} satisfies {@code E_X[distance of predictions] = O_P(sqrt(log n / n))}, and an inverse bound by a
 * Voronoi loss {@code D} turns this into a rate of {@code D}, so that {@code D} itself has the predicted slope {@code -1/2}.
 * A parameter that enters {@code D} with the power {@code p} then has the slope {@code -1/(2p)}. Powers of {@code log n} are
 * ignored.
 *
 * <p>{@code r(m)} is the smallest degree at which a certain system of polynomial equations has no non-trivial solution:
 * {@code r(2) = 4}, {@code r(3) = 6}, {@code r(m) >= 7} from {@code m = 4} on, for softmax gates and, with another system,
 * for Laplace and Gaussian gates. That last bound does not give a slope, so the affected parameters are {@code unknown} for
 * {@code m >= 4}.
 *
 * <p>The sizes of the cells are not known before the fit. Over-specified errors are predicted for the largest cell that
 * can occur, {@code m = k - k* + 1}; this is the slowest rate. If the surplus atoms are spread over several cells,
 * these are smaller and the errors fall faster. All predictions for {@code k > k*} are upper bounds: a parameter may fall
 * faster than the loss in which it stands forces it to.
 *
 * <p>The largest value of a loss over the identified set ({@code identified-set-<loss>}) is expected to fall as the loss of the estimate
 * does: where a loss is at most a power of the distance of predictions, it is so at every parameter, and the distances of the set
 * are of order {@code n^(-1/2)}. That the constants hold all over the set is not proved. {@code D1} of over-specified fits has rows of its
 * own.
 *
 * <p>This class is thread-safe.
 */
public final class PredictedExponents {
    /** Numbers about a whole fit of which theory speaks. */
    private static final Set<LossName> WHOLE_FIT = Set.of(
            LossName.D1,
            LossName.D2,
            LossName.HELLINGER,
            LossName.REGRESSION_L2,
            LossName.GATE_L2,
            LossName.D1.in(Derivation.IDENTIFIED_SET));

    private static final int LEAST_R = 7;
    private static final String NONE_RECORDED = "no prediction recorded for the loss ";
    private static final String NO_EXPONENT_OF_MERGED =
            "arXiv 2510.12744 has merged atoms for softmax gates and linear experts in the density problem; no exponent of this"
                    + " loss is recorded";
    private static final List<ExponentRule> RULES = ExponentRule.all();

    private PredictedExponents() {}

    /**
     * The prediction for one loss.
     *
     * @param gate id of the fitted gate
     * @param expert id of the fitted expert family
     * @param problem id of the problem
     * @param fittedExperts number of fitted atoms k, at least 1
     * @param trueExperts number of true atoms k*, at least 1
     * @param metric the loss
     * @return the prediction; of status {@code unknown}, with the reason as its source, where there is none
     */
    public static Prediction of(
            String gate, String expert, String problem, int fittedExperts, int trueExperts, LossName metric) {
        if (fittedExperts < 1 || trueExperts < 1) {
            throw new IllegalArgumentException("fitted experts = " + fittedExperts + ", true experts = " + trueExperts
                    + ": both must be at least 1");
        }
        if (fittedExperts < trueExperts) {
            return Prediction.unknown("fewer fitted than true experts: the theory covers k >= k* only");
        }
        if (metric.descriptive()) {
            return Prediction.unknown(NONE_RECORDED + metric);
        }
        int largestCell = fittedExperts - trueExperts + 1;
        boolean exact = largestCell == 1;
        Query query = new Query(gate, expert, problem, largestCell);
        if (WHOLE_FIT.contains(metric) && (metric.derivation() == Derivation.PLAIN || !exact)) {
            return query.answer(exact ? ExponentRule.EXACT_FIT : ExponentRule.OVER_FIT, metric.text(), metric);
        }
        return switch (metric.derivation()) {
            // Theory speaks of the highest optimum, from whichever start it is found.
            case ORACLE_START, RANDOM_START -> of(gate, expert, problem, fittedExperts, trueExperts, metric.plain());
            case IDENTIFIED_SET ->
                of(gate, expert, problem, fittedExperts, trueExperts, metric.plain())
                        .expected("as of the estimate, since what bounds the loss there bounds it in all of the set");
            // With as many atoms as the truth there is nothing to merge; the criterion may still choose fewer.
            case MERGED ->
                exact
                        ? of(gate, expert, problem, fittedExperts, trueExperts, metric.plain())
                        : Prediction.unknown(NO_EXPONENT_OF_MERGED);
            case MERGED_BY_CRITERION -> Prediction.unknown(NO_EXPONENT_OF_MERGED);
            default -> ofErrors(query, metric);
        };
    }

    private static Prediction ofErrors(Query query, LossName metric) {
        if (!(metric.measured() instanceof ParameterError error)) {
            return Prediction.unknown(NONE_RECORDED + metric);
        }
        boolean exact = query.largestCell() == 1;
        return switch (error.regime()) {
            case EXACT -> query.answer(exact ? ExponentRule.EXACT_FIT : ExponentRule.EXACT_CELL, error.kind(), metric);
            case ATOM ->
                exact
                        ? query.answer(ExponentRule.EXACT_FIT, error.kind(), metric)
                        : Prediction.unknown(
                                "for k > k* the cell of one true atom may hold one or several fitted atoms");
            case OVER, OVER_WEIGHTED ->
                exact
                        ? Prediction.unknown("an exactly specified fit has no cell of several atoms in the limit")
                        : query.answer(ExponentRule.OVER_CELL, error.kind(), metric);
        };
    }

    /** Whether a word of the table is the name of a loss of a whole fit, not a kind of parameter. */
    static boolean wholeFit(String word) {
        return WHOLE_FIT.stream().anyMatch(name -> name.text().equals(word));
    }

    /** What is asked for, but for the loss. */
    private record Query(String gate, String expert, String problem, int largestCell) {

        Prediction answer(String cell, String kind, LossName metric) {
            FamilyName family = FamilyName.parse(gate);
            ExpertClass expertClass = ExpertClass.of(expert);
            return RULES.stream()
                    .filter(rule -> rule.fits(family, expertClass, problem, cell, kind))
                    .findFirst()
                    .map(this::prediction)
                    .orElseGet(() -> Prediction.unknown("no prediction recorded for gate " + gate + ", expert " + expert
                            + ", problem " + problem + " and the loss " + metric));
        }

        private Prediction prediction(ExponentRule rule) {
            boolean bound = largestCell > 1;
            return switch (rule.exponent()) {
                case "1/2" -> new Prediction(-0.5, rule.source(), rule.status(), bound);
                case "1/4" -> new Prediction(-0.25, rule.source(), rule.status(), bound);
                case "1/r" -> ofOrder(rule, 0.5);
                case "1/(2r)" -> ofOrder(rule, 1);
                case "flat" -> Prediction.notIdentified(rule.source(), rule.status());
                case "slow" -> Prediction.slow(rule.source(), rule.status());
                case "unknown" -> Prediction.unknown(rule.source());
                default -> throw new IllegalStateException("the table has an exponent " + rule.exponent());
            };
        }

        /** The slope of a parameter that stands to the power {@code powerOfR r(m)} in the loss. */
        private Prediction ofOrder(ExponentRule rule, double powerOfR) {
            if (largestCell > 3) {
                return Prediction.unknown(rule.source() + ": for a cell of " + largestCell
                        + " atoms only r >= 7 is known, so the slope is between " + -1 / (2 * LEAST_R * powerOfR)
                        + " and 0");
            }
            int r = largestCell == 2 ? 4 : 6;
            return Prediction.atMost(
                    -1 / (2 * r * powerOfR),
                    rule.source() + ", cell of " + largestCell + " atoms, r = " + r,
                    rule.status());
        }
    }
}
