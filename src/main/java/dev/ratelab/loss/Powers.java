package dev.ratelab.loss;

import dev.ratelab.model.Expert;
import dev.ratelab.model.FamilyName;
import dev.ratelab.model.Gate;
import dev.ratelab.model.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The powers of the loss {@code D2}: to what power the error of a kind of parameter stands in a cell of {@code m > 1} fitted
 * atoms. In cells of one atom every power is 1.
 *
 * <p>{@link #of} looks them up in a list of rules; the first that fits a gate, an expert and a problem is taken. Rules with
 * exponents of their own are those of a paper; the last one is <em>structural</em>: squares for everything, as theory has it for
 * strongly identifiable experts (arXiv 2402.02952, 2505.10860 D1), applied to all other families without a claim.
 *
 * @param name where the powers come from, for people
 * @param byKind exponent by the name of a kind, {@code variance} being one
 * @param otherwise exponent of all other kinds
 */
record Powers(String name, Map<String, Exponent> byKind, Exponent otherwise) {

    /** An exponent in cells of several atoms. */
    enum Exponent {
        /** First power, in the loss {@code D1}. */
        ONE,
        /** Square. */
        TWO,
        /** {@code r(m)}. */
        R,
        /** {@code r(m) / 2}. */
        HALF_R;

        /** {@code norm^exponent} in a cell of {@code size} atoms, from the square of the norm. */
        double of(double squaredNorm, int size) {
            if (size == 1 || this == ONE) {
                return Math.sqrt(squaredNorm);
            }
            return switch (this) {
                case R -> RadialSum.halfPower(squaredNorm, VoronoiLoss.exponent(size));
                case HALF_R -> RadialSum.halfPower(Math.sqrt(squaredNorm), VoronoiLoss.exponent(size));
                default -> squaredNorm;
            };
        }

        /** The exponent as a whole number; {@code HALF_R} has none. */
        int whole(int size) {
            if (size == 1) {
                return 1;
            }
            return switch (this) {
                case ONE -> 1;
                case TWO -> 2;
                case R -> VoronoiLoss.exponent(size);
                case HALF_R -> throw new IllegalStateException("half an exponent is no whole number");
            };
        }
    }

    /** Which families a rule is for; an empty set stands for all. */
    private record Rule(Set<String> gates, Set<String> experts, Optional<Problem> problem, Powers powers) {
        boolean fits(Gate gate, Expert expert, Problem fitted) {
            return (gates.isEmpty() || gates.contains(family(gate)))
                    && (experts.isEmpty()
                            || experts.contains(FamilyName.parse(expert.id()).name()))
                    && (problem.isEmpty() || problem.get() == fitted);
        }

        /** The family whose scores decide: a top-K gate counts as its scores, {@code softmax} by default. */
        private static String family(Gate gate) {
            FamilyName name = FamilyName.parse(gate.id());
            return name.name().equals(TOP_K)
                    ? FamilyName.parse(name.options().getOrDefault("scores", "softmax"))
                            .name()
                    : name.name();
        }
    }

    static final String TOP_K = "top-k";
    private static final String VARIANCE = ErrorKinds.VARIANCE;
    private static final Set<String> LINEAR = Set.of("linear");
    private static final Optional<Problem> DENSITY = Optional.of(Problem.DENSITY);

    /** First powers everywhere. */
    static final Powers FIRST = new Powers("first powers", Map.of(), Exponent.ONE);

    private static final List<Rule> RULES = List.of(
            new Rule(
                    Set.of("softmax", "dense-to-sparse", "normalised-sigmoid"),
                    LINEAR,
                    DENSITY,
                    new Powers(
                            "softmax gate and linear experts (2305.03288)",
                            Map.of("slope", Exponent.HALF_R, VARIANCE, Exponent.HALF_R),
                            Exponent.R)),
            new Rule(
                    Set.of("laplace"),
                    LINEAR,
                    DENSITY,
                    new Powers(
                            "Laplace gate and linear experts (2402.03226)",
                            Map.of("intercept", Exponent.R, VARIANCE, Exponent.HALF_R),
                            Exponent.TWO)),
            new Rule(
                    Set.of("gaussian"),
                    LINEAR,
                    DENSITY,
                    new Powers(
                            "Gaussian gate and linear experts (2305.07572)",
                            Map.of(
                                    "gate-centre",
                                    Exponent.R,
                                    "gate-covariance",
                                    Exponent.HALF_R,
                                    "intercept",
                                    Exponent.R,
                                    VARIANCE,
                                    Exponent.HALF_R),
                            Exponent.TWO)),
            new Rule(Set.of(), Set.of(), Optional.empty(), new Powers("structural", Map.of(), Exponent.TWO)));

    /** The powers of {@code D2} of a model. */
    static Powers of(Gate gate, Expert expert, Problem problem) {
        return RULES.stream()
                .filter(rule -> rule.fits(gate, expert, problem))
                .findFirst()
                .orElseThrow()
                .powers;
    }

    /** The exponent of a kind. */
    Exponent of(String kind) {
        return byKind.getOrDefault(kind, otherwise);
    }

    /**
     * The exponent of a kind at one true atom: with the Gaussian gate a slope stands to the power {@code r(m) / 2} if the true
     * centre is 0 (type II of arXiv 2305.07572), and to the power 2 otherwise.
     *
     * @param centre the true centre; empty for gates without one
     */
    Exponent at(String kind, double[] centre) {
        boolean typeTwo = byKind.containsKey("gate-centre")
                && kind.equals("slope")
                && centre.length > 0
                && Arrays.stream(centre).allMatch(c -> c == 0);
        return typeTwo ? Exponent.HALF_R : of(kind);
    }
}
