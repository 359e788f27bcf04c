package dev.ratelab.studyfile;

import dev.ratelab.fit.ascent.StartOptions;
import dev.ratelab.fit.ascent.StopRule;
import dev.ratelab.model.ParameterBounds;
import dev.ratelab.model.Problem;
import dev.ratelab.study.StudyKeys;
import dev.ratelab.study.StudyKeys.OfFit;
import dev.ratelab.study.StudyKeys.OfStarts;
import dev.ratelab.study.StudyKeys.OfStop;
import dev.ratelab.study.StudyText;
import java.util.List;
import java.util.Optional;

/**
 * Reads the block {@code fit}. Every key has a default: six starts of each kind at radii 0.1, 0.5 and 1, no bounds, and
 * {@link StopRule#defaults()}.
 */
record FitReader(StartOptions starts, ParameterBounds bounds, StopRule stop) {
    private static final int DEFAULT_STARTS = 6;
    private static final List<Double> DEFAULT_RADII = List.of(0.1, 0.5, 1.0);
    private static final String PREDICTED_GAIN = OfStop.PREDICTED_GAIN;
    private static final List<String> START_KINDS = List.of("paired", OfStarts.ORACLE, OfStarts.RANDOM);

    static FitReader read(Node root) {
        Optional<Node> fit =
                root.find(StudyKeys.FIT).map(node -> node.allow(List.of(OfFit.STARTS, OfFit.BOUNDS, OfFit.STOP)));
        return new FitReader(
                fit.flatMap(node -> node.find(OfFit.STARTS))
                        .map(FitReader::starts)
                        .orElseGet(FitReader::defaultStarts),
                fit.flatMap(node -> node.find(OfFit.BOUNDS))
                        .map(FitReader::bounds)
                        .orElseGet(ParameterBounds::none),
                fit.flatMap(node -> node.find(OfFit.STOP)).map(FitReader::stop).orElseGet(StopRule::defaults));
    }

    private static StartOptions defaultStarts() {
        return new StartOptions(DEFAULT_STARTS, DEFAULT_RADII, DEFAULT_STARTS);
    }

    private static StartOptions starts(Node block) {
        block.allow(List.of(
                OfStarts.KIND,
                OfStarts.ORACLE,
                OfStarts.ORACLE_RADII,
                OfStarts.ORACLE_RADIUS_EXPONENT,
                OfStarts.RANDOM));
        Optional<Node> kindNode = block.find(OfStarts.KIND);
        String kind =
                kindNode.map(node -> node.oneOf("kind of starts", START_KINDS)).orElse("");
        int oracle = count(block, OfStarts.ORACLE, kind.equals("random"));
        int random = count(block, OfStarts.RANDOM, kind.equals("oracle"));
        boolean fits =
                switch (kind) {
                    case "paired" -> oracle > 0 && random > 0;
                    case "oracle" -> oracle > 0 && random == 0;
                    case "random" -> oracle == 0 && random > 0;
                    default -> true;
                };
        if (!fits) {
            throw kindNode.orElseThrow()
                    .refuse("contradicts oracle = " + oracle + ", random = " + random
                            + ": paired starts need both kinds, oracle and random starts the one and not the other");
        }
        List<Double> radii = block.find(OfStarts.ORACLE_RADII)
                .map(node -> node.filledList("a list of radii >= 0").stream()
                        .map(Node::notNegative)
                        .toList())
                .orElse(DEFAULT_RADII);
        double exponent =
                block.find(OfStarts.ORACLE_RADIUS_EXPONENT).map(Node::finite).orElse(0.0);
        return block.make(() -> new StartOptions(oracle, radii, random, exponent + 0.0));
    }

    private static int count(Node block, String key, boolean excluded) {
        return block.find(key)
                .map(node -> (int) node.whole(0, StartOptions.MOST))
                .orElse(excluded ? 0 : DEFAULT_STARTS);
    }

    static ParameterBounds bounds(Node block) {
        block.allow(List.of(
                ParameterBounds.GATE_BIAS_DIFFERENCE,
                ParameterBounds.GATE_WEIGHT_DIFFERENCE,
                ParameterBounds.MIN_VARIANCE,
                ParameterBounds.MAX_VARIANCE,
                ParameterBounds.EXPERT_PARAMETER,
                ParameterBounds.MIN_INPUT_VARIANCE,
                ParameterBounds.MIN_TEMPERATURE,
                ParameterBounds.MAX_TEMPERATURE));
        double bias = upper(block, ParameterBounds.GATE_BIAS_DIFFERENCE);
        double weight = upper(block, ParameterBounds.GATE_WEIGHT_DIFFERENCE);
        double min = lower(block, ParameterBounds.MIN_VARIANCE);
        double max = upper(block, ParameterBounds.MAX_VARIANCE);
        double expert = upper(block, ParameterBounds.EXPERT_PARAMETER);
        double input = lower(block, ParameterBounds.MIN_INPUT_VARIANCE);
        double coldest = lower(block, ParameterBounds.MIN_TEMPERATURE);
        double hottest = upper(block, ParameterBounds.MAX_TEMPERATURE);
        return block.make(() -> new ParameterBounds(bias, weight, min, max, expert, input, coldest, hottest));
    }

    private static double lower(Node block, String key) {
        return block.find(key).map(Node::notNegative).orElse(0.0);
    }

    private static double upper(Node block, String key) {
        Node node = block.find(key).orElse(null);
        if (node == null || StudyText.NO_BOUND.equals(node.value().unwrapped())) {
            return Double.POSITIVE_INFINITY;
        }
        if (!(node.value().unwrapped() instanceof Number)) {
            throw node.refuse("must be a finite number > 0, or none");
        }
        return node.positive();
    }

    private static StopRule stop(Node block) {
        block.allow(List.of(
                OfStop.RULE,
                OfStop.TOLERANCE,
                OfStop.PREDICTED_GAIN,
                OfStop.MAX_ITERATIONS,
                OfStop.WARM_UP_ITERATIONS,
                OfStop.TIME_LIMIT_MILLIS));
        StopRule defaults = StopRule.defaults();
        return new StopRule(
                block.find(OfStop.PREDICTED_GAIN).map(Node::positive).orElse(defaults.predictedGain()),
                block.find(OfStop.MAX_ITERATIONS).map(node -> node.integer(1)).orElse(defaults.maxIterations()),
                block.find(OfStop.WARM_UP_ITERATIONS)
                        .map(node -> node.integer(0))
                        .orElse(defaults.warmUpIterations()),
                block.find(OfStop.TIME_LIMIT_MILLIS)
                        .map(node -> node.whole(0, Long.MAX_VALUE))
                        .orElse(defaults.timeLimitMillis()),
                relativeTolerance(block));
    }

    private static double relativeTolerance(Node block) {
        boolean relative = block.find(OfStop.RULE)
                .map(node -> node.oneOf("stop rule", List.of(PREDICTED_GAIN, StudyText.RELATIVE)))
                .orElse(PREDICTED_GAIN)
                .equals(StudyText.RELATIVE);
        Optional<Node> tolerance = block.find(OfStop.TOLERANCE);
        if (!relative) {
            tolerance.ifPresent(node -> {
                throw node.refuse("needs rule = " + StudyText.RELATIVE);
            });
            return 0;
        }
        Node node =
                tolerance.orElseGet(() -> block.get(OfStop.TOLERANCE, "a share of the log likelihood, such as 1e-6"));
        double value = node.positive();
        if (value >= 1) {
            throw node.refuse("must be below 1: it is a share of the log likelihood");
        }
        return value;
    }

    /** Refuses the relative rule outside the density problem: it is a rule for EM. */
    static void refuseRelative(Node root, Problem problem, StopRule stop) {
        if (stop.relative() && problem != Problem.DENSITY) {
            throw root.get(StudyKeys.FIT, "")
                    .get(OfFit.STOP, "")
                    .get(OfStop.RULE, "")
                    .refuse("is a rule for EM, which solves the problem density only, not " + problem.id());
        }
    }
}
