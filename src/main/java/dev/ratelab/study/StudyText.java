package dev.ratelab.study;

import dev.ratelab.fit.ascent.StartOptions;
import dev.ratelab.fit.ascent.StopRule;
import dev.ratelab.model.Gate;
import dev.ratelab.model.ParameterBounds;
import dev.ratelab.model.ParameterKind;
import dev.ratelab.study.StudyKeys.OfFit;
import dev.ratelab.study.StudyKeys.OfGrid;
import dev.ratelab.study.StudyKeys.OfLimits;
import dev.ratelab.study.StudyKeys.OfSeeds;
import dev.ratelab.study.StudyKeys.OfStarts;
import dev.ratelab.study.StudyKeys.OfStop;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Canonical texts of a study. Part of the format: hashes and random streams depend on every character of {@link
 * #identity}. Numbers are written with {@link Double#toString} and negative zero as zero.
 */
public final class StudyText {
    /** How an absent bound is written. */
    public static final String NO_BOUND = "none";

    /** The rule that stops EM by a relative change of the likelihood. */
    public static final String RELATIVE = "relative";

    private static final String INDENT = "  ";
    private static final String STARTS = StudyKeys.path(StudyKeys.FIT, OfFit.STARTS, "");

    private StudyText() {}

    /** The key of a parameter kind in the truth's gate or expert block: {@code gate-bias} is {@code bias}. */
    public static String key(ParameterKind kind) {
        return kind.name().startsWith("gate-") ? kind.name().substring("gate-".length()) : kind.name();
    }

    static Map<String, String> identity(Study study) {
        Map<String, String> identity = new LinkedHashMap<>();
        identity.put(StudyKeys.BASE_SEED, Long.toString(study.baseSeed()));
        identity.putAll(TruthText.identity(study.truths()));
        identity.put(StudyKeys.path(StudyKeys.GRID, OfGrid.NESTED), Boolean.toString(study.nested()));
        // Rows are not written: they were there before there was any other design.
        if (study.grid().nodes().isPresent()) {
            identity.put(StudyKeys.path(StudyKeys.GRID, OfGrid.DESIGN), Grid.QUADRATURE);
            identity.put(
                    StudyKeys.path(StudyKeys.GRID, OfGrid.NODES),
                    Integer.toString(study.grid().nodes().getAsInt()));
        }
        StartOptions starts = study.starts();
        identity.put(STARTS + OfStarts.ORACLE, Integer.toString(starts.oracle()));
        for (int r = 0; r < starts.oracleRadii().size(); r++) {
            identity.put(
                    STARTS + OfStarts.ORACLE_RADII + "[" + (r + 1) + "]",
                    number(starts.oracleRadii().get(r)));
        }
        identity.put(STARTS + OfStarts.RANDOM, Integer.toString(starts.random()));
        // Radii that do not depend on n are not written: there were no others before. Others depend on the smallest n.
        if (starts.oracleRadiusExponent() != 0) {
            identity.put(STARTS + OfStarts.ORACLE_RADIUS_EXPONENT, number(starts.oracleRadiusExponent()));
            identity.put(
                    STARTS + "smallest-sample-size",
                    Integer.toString(study.grid().sampleSizes().get(0)));
        }
        bounds(study.bounds())
                .forEach((key, text) -> identity.put(StudyKeys.path(StudyKeys.FIT, OfFit.BOUNDS, key), text));
        stop(study.stop()).forEach((key, text) -> identity.put(StudyKeys.path(StudyKeys.FIT, OfFit.STOP, key), text));
        // Blocks that ask for further losses are not written where they are absent: they came later.
        further(study)
                .forEach((block, entries) ->
                        entries.forEach((key, text) -> identity.put(StudyKeys.path(block, key), text)));
        return identity;
    }

    /** The blocks that ask for further losses, by their keys. */
    private static Map<String, Map<String, String>> further(Study study) {
        Map<String, Map<String, String>> blocks = new LinkedHashMap<>();
        study.identifiedSet().ifPresent(set -> blocks.put(StudyKeys.IDENTIFIED_SET, set.entries()));
        study.merge().ifPresent(merge -> blocks.put(StudyKeys.MERGE, merge.entries()));
        study.startKinds().ifPresent(kinds -> blocks.put(StudyKeys.START_KINDS, kinds.entries()));
        return blocks;
    }

    private static Map<String, String> bounds(ParameterBounds bounds) {
        Map<String, String> map = new LinkedHashMap<>();
        map.put(ParameterBounds.GATE_BIAS_DIFFERENCE, bound(bounds.gateBiasDifference()));
        map.put(ParameterBounds.GATE_WEIGHT_DIFFERENCE, bound(bounds.gateWeightDifference()));
        map.put(ParameterBounds.MIN_VARIANCE, number(bounds.minVariance()));
        map.put(ParameterBounds.MAX_VARIANCE, bound(bounds.maxVariance()));
        // Absent bounds that came later are not written.
        if (bounds.expertParameter() < Double.POSITIVE_INFINITY) {
            map.put(ParameterBounds.EXPERT_PARAMETER, bound(bounds.expertParameter()));
        }
        if (bounds.minInputVariance() > 0) {
            map.put(ParameterBounds.MIN_INPUT_VARIANCE, number(bounds.minInputVariance()));
        }
        if (bounds.minTemperature() > 0) {
            map.put(ParameterBounds.MIN_TEMPERATURE, number(bounds.minTemperature()));
        }
        if (bounds.maxTemperature() < Double.POSITIVE_INFINITY) {
            map.put(ParameterBounds.MAX_TEMPERATURE, bound(bounds.maxTemperature()));
        }
        return map;
    }

    private static Map<String, String> stop(StopRule stop) {
        Map<String, String> map = new LinkedHashMap<>();
        map.put(OfStop.PREDICTED_GAIN, number(stop.predictedGain()));
        map.put(OfStop.MAX_ITERATIONS, Integer.toString(stop.maxIterations()));
        map.put(OfStop.WARM_UP_ITERATIONS, Integer.toString(stop.warmUpIterations()));
        map.put(OfStop.TIME_LIMIT_MILLIS, Long.toString(stop.timeLimitMillis()));
        // The rule on the predicted gain is not written: there was no other before.
        if (stop.relative()) {
            map.put(OfStop.RULE, RELATIVE);
            map.put(OfStop.TOLERANCE, number(stop.relativeTolerance()));
        }
        return map;
    }

    static String resolved(Study study) {
        Grid grid = study.grid();
        StartOptions starts = study.starts();
        String text = String.join(
                "\n",
                entry(StudyKeys.STUDY, quoted(study.name())),
                entry(StudyKeys.BASE_SEED, study.baseSeed()),
                TruthText.resolved(study.truths(), grid.paths()),
                StudyKeys.GRID + " {",
                INDENT + entry(OfGrid.GATE, list(grid.gates(), gate -> quoted(gate.id()))),
                INDENT + entry(OfGrid.EXPERT, list(grid.experts(), expert -> quoted(expert.id()))),
                INDENT + entry(OfGrid.FITTED_EXPERTS, list(grid.fittedExperts(), String::valueOf)),
                INDENT + entry(OfGrid.SAMPLE_SIZES, list(grid.sampleSizes(), String::valueOf)),
                INDENT + entry(OfGrid.SEEDS, seeds(grid)),
                INDENT + entry(OfGrid.NESTED, study.nested()),
                design(grid) + factors(grid) + "}",
                StudyKeys.FIT + " {",
                INDENT + entry(OfFit.STARTS, starts(starts)),
                lines(OfFit.BOUNDS, bounds(study.bounds())),
                lines(OfFit.STOP, stop(study.stop())),
                "}",
                entry(StudyKeys.LOSSES, list(study.losses(), name -> quoted(name.text()))),
                entry(
                        StudyKeys.LIMITS,
                        block(List.of(
                                entry(
                                        OfLimits.MAX_FAILURE_RATE,
                                        number(study.limits().maxFailureRate())),
                                entry(OfLimits.ROWS_IN_MEMORY, study.limits().rowsInMemory())))),
                "");
        StringBuilder blocks = new StringBuilder(text);
        further(study).forEach((block, entries) -> {
            blocks.append(block).append(" {\n");
            entries.forEach((key, value) ->
                    blocks.append(INDENT).append(entry(key, value)).append('\n'));
            blocks.append("}\n");
        });
        return blocks.toString();
    }

    /** A key and its value, as a study file writes them. */
    static String entry(String key, Object value) {
        return key + " = " + value;
    }

    /** A block on one line. */
    static String block(List<String> entries) {
        return "{ " + String.join(", ", entries) + " }";
    }

    private static String starts(StartOptions starts) {
        List<String> entries = new ArrayList<>(List.of(
                entry(OfStarts.ORACLE, starts.oracle()),
                entry(OfStarts.ORACLE_RADII, list(starts.oracleRadii(), StudyText::number)),
                entry(OfStarts.RANDOM, starts.random())));
        if (starts.oracleRadiusExponent() != 0) {
            entries.add(entry(OfStarts.ORACLE_RADIUS_EXPONENT, number(starts.oracleRadiusExponent())));
        }
        return block(entries);
    }

    private static String factors(Grid grid) {
        return grid.startRadiusFactors().equals(Grid.ONE_RADIUS)
                ? ""
                : INDENT + entry(OfGrid.START_RADIUS_FACTORS, list(grid.startRadiusFactors(), StudyText::number))
                        + "\n";
    }

    private static String seeds(Grid grid) {
        return grid.adaptive()
                .map(rule -> block(List.of(
                        entry(OfSeeds.TARGET_SLOPE_ERROR, number(rule.targetSlopeError())),
                        entry(OfSeeds.MAX, rule.max()),
                        entry(OfSeeds.METRIC, quoted(rule.metric().text())))))
                .orElseGet(() -> Integer.toString(grid.seeds()));
    }

    private static String design(Grid grid) {
        return grid.nodes().isPresent()
                ? INDENT + entry(OfGrid.DESIGN, Grid.QUADRATURE) + "\n" + INDENT
                        + entry(OfGrid.NODES, grid.nodes().getAsInt()) + "\n"
                : "";
    }

    private static String lines(String name, Map<String, String> entries) {
        StringBuilder text = new StringBuilder(INDENT).append(name).append(" {\n");
        entries.forEach((key, value) ->
                text.append(INDENT + INDENT).append(entry(key, value)).append('\n'));
        return text.append(INDENT + "}").toString();
    }

    /** Number of entries that a list in a study file has for one of the gate's kinds; without a gate one for each atom. */
    public static int entries(Gate gate, int kind, int atoms) {
        int entries = 0;
        for (int i = 0; i < atoms; i++) {
            entries = Math.max(entries, 1 + (gate == null ? i : gate.entry(kind, i, atoms)));
        }
        return entries;
    }

    static <T> String list(List<T> values, Function<T, String> text) {
        return values.stream().map(text).collect(Collectors.joining(", ", "[", "]"));
    }

    static String quoted(String text) {
        return '"' + text + '"';
    }

    private static String bound(double value) {
        return value == Double.POSITIVE_INFINITY ? NO_BOUND : number(value);
    }

    static String number(double value) {
        return Double.toString(value + 0.0);
    }

    static String lines(Map<String, String> entries) {
        StringBuilder text = new StringBuilder();
        entries.forEach(
                (key, value) -> text.append(key).append('=').append(value).append('\n'));
        return text.toString();
    }

    static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
