package dev.ratelab.study;

import dev.ratelab.data.NoiseLaw;
import dev.ratelab.data.Truth;
import dev.ratelab.fit.StartOptions;
import dev.ratelab.fit.StopRule;
import dev.ratelab.model.Atom;
import dev.ratelab.model.ParameterBounds;
import dev.ratelab.model.ParameterKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
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
final class StudyText {
    /** How an absent bound is written. */
    static final String NO_BOUND = "none";

    private StudyText() {}

    /** The key of a parameter kind in the truth's gate or expert block: {@code gate-bias} is {@code bias}. */
    static String key(ParameterKind kind) {
        return kind.name().startsWith("gate-") ? kind.name().substring("gate-".length()) : kind.name();
    }

    static Map<String, String> identity(Study study) {
        Map<String, String> identity = new LinkedHashMap<>();
        identity.put("base-seed", Long.toString(study.baseSeed()));
        identity.putAll(truth(study.truth()));
        identity.put("grid.nested", Boolean.toString(study.nested()));
        StartOptions starts = study.starts();
        identity.put("fit.starts.oracle", Integer.toString(starts.oracle()));
        for (int r = 0; r < starts.oracleRadii().size(); r++) {
            identity.put(
                    "fit.starts.oracle-radii[" + (r + 1) + "]",
                    number(starts.oracleRadii().get(r)));
        }
        identity.put("fit.starts.random", Integer.toString(starts.random()));
        bounds(study.bounds()).forEach((key, text) -> identity.put("fit.bounds." + key, text));
        stop(study.stop()).forEach((key, text) -> identity.put("fit.stop." + key, text));
        return identity;
    }

    /** The truth with its problem; positions in lists count from 1. */
    static Map<String, String> truth(Truth truth) {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("truth.problem", truth.problem().id());
        InputText.identity(truth.input()).flatten("truth.input", map);
        int dimension = truth.model().dimension();
        map.put("truth.gate.type", truth.model().gate().id());
        putKinds(map, "truth.gate.", truth.model().gate().kinds(dimension), truth.atoms(), Atom::gate);
        map.put("truth.expert.type", truth.model().expert().id());
        putKinds(map, "truth.expert.", truth.model().expert().kinds(dimension), truth.atoms(), Atom::expert);
        for (int i = 0; i < truth.atoms().size(); i++) {
            map.put(
                    "truth.variance[" + (i + 1) + "]",
                    number(truth.atoms().get(i).variance()));
        }
        // Normal noise is not written: it was there before there was any other.
        if (!truth.noise().equals(NoiseLaw.NORMAL)) {
            InputText.of(truth.noise()).flatten("truth.noise", map);
        }
        return map;
    }

    private static void putKinds(
            Map<String, String> map,
            String prefix,
            List<ParameterKind> kinds,
            List<Atom> atoms,
            Function<Atom, double[]> parameters) {
        for (ParameterKind kind : kinds) {
            for (int i = 0; i < atoms.size(); i++) {
                for (int c = 0; c < kind.length(); c++) {
                    String component = kind.length() == 1 ? "" : "[" + (c + 1) + "]";
                    double value = parameters.apply(atoms.get(i))[kind.offset() + c];
                    map.put(prefix + key(kind) + "[" + (i + 1) + "]" + component, number(value));
                }
            }
        }
    }

    private static Map<String, String> bounds(ParameterBounds bounds) {
        Map<String, String> map = new LinkedHashMap<>();
        map.put(ParameterBounds.GATE_BIAS_DIFFERENCE, bound(bounds.gateBiasDifference()));
        map.put(ParameterBounds.GATE_WEIGHT_DIFFERENCE, bound(bounds.gateWeightDifference()));
        map.put(ParameterBounds.MIN_VARIANCE, number(bounds.minVariance()));
        map.put(ParameterBounds.MAX_VARIANCE, bound(bounds.maxVariance()));
        return map;
    }

    private static Map<String, String> stop(StopRule stop) {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("predicted-gain", number(stop.predictedGain()));
        map.put("max-iterations", Integer.toString(stop.maxIterations()));
        map.put("warm-up-iterations", Integer.toString(stop.warmUpIterations()));
        map.put("time-limit-millis", Long.toString(stop.timeLimitMillis()));
        return map;
    }

    static String resolved(Study study) {
        Truth truth = study.truth();
        String noise = truth.noise().equals(NoiseLaw.NORMAL)
                ? ""
                : "  noise = " + InputText.of(truth.noise()).hocon() + "\n";
        int dimension = truth.model().dimension();
        String gate =
                block(truth.model().gate().id(), truth.model().gate().kinds(dimension), truth.atoms(), Atom::gate);
        String expert = block(
                truth.model().expert().id(), truth.model().expert().kinds(dimension), truth.atoms(), Atom::expert);
        Grid grid = study.grid();
        StartOptions starts = study.starts();
        return String.join(
                "\n",
                "study = " + quoted(study.name()),
                "base-seed = " + study.baseSeed(),
                "truth {",
                "  problem = " + quoted(truth.problem().id()),
                "  input = " + InputText.resolved(truth.input()).hocon(),
                "  gate = " + gate,
                "  expert = " + expert,
                "  variance = " + list(truth.atoms(), atom -> number(atom.variance())),
                noise + "}",
                "grid {",
                "  gate = " + list(grid.gates(), StudyText::quoted),
                "  expert = " + list(grid.experts(), StudyText::quoted),
                "  fitted-experts = " + list(grid.fittedExperts(), String::valueOf),
                "  sample-sizes = " + list(grid.sampleSizes(), String::valueOf),
                "  seeds = " + grid.seeds(),
                "  nested = " + study.nested(),
                "}",
                "fit {",
                "  starts = { oracle = " + starts.oracle() + ", oracle-radii = "
                        + list(starts.oracleRadii(), StudyText::number) + ", random = " + starts.random() + " }",
                lines("bounds", bounds(study.bounds())),
                lines("stop", stop(study.stop())),
                "}",
                "losses = " + list(study.losses(), StudyText::quoted),
                "limits = { max-failure-rate = " + number(study.limits().maxFailureRate()) + " }",
                "");
    }

    private static String block(
            String type, List<ParameterKind> kinds, List<Atom> atoms, Function<Atom, double[]> parameters) {
        StringBuilder text = new StringBuilder("{ type = ").append(quoted(type));
        for (ParameterKind kind : kinds) {
            text.append(", ").append(key(kind)).append(" = ").append(list(atoms, atom -> {
                double[] values = parameters.apply(atom);
                if (kind.length() == 1) {
                    return number(values[kind.offset()]);
                }
                double[] components = Arrays.copyOfRange(values, kind.offset(), kind.offset() + kind.length());
                return Arrays.stream(components)
                        .mapToObj(StudyText::number)
                        .collect(Collectors.joining(", ", "[", "]"));
            }));
        }
        return text.append(" }").toString();
    }

    private static String lines(String name, Map<String, String> entries) {
        StringBuilder text = new StringBuilder("  ").append(name).append(" {\n");
        entries.forEach((key, value) ->
                text.append("    ").append(key).append(" = ").append(value).append('\n'));
        return text.append("  }").toString();
    }

    private static <T> String list(List<T> values, Function<T, String> text) {
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
