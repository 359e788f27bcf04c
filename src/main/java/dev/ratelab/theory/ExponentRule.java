package dev.ratelab.theory;

import dev.ratelab.model.FamilyName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One row of the table of exponents, the resource {@code exponents.md}. The first row that fits a question answers it.
 *
 * @param gates families, each with conditions on its options, such as {@code cosine} or
 *     {@code top-k(scores=softmax/laplace)}; {@code *} for all
 * @param experts {@link ExpertClass} names, or {@code *}
 * @param problem id of a problem, or {@code *}
 * @param cells {@code k=k*} for exactly specified fits, {@code m=1} and {@code m>1} for cells of one and of several atoms of
 *     over-specified ones, {@code k>k*} for losses of a whole over-specified fit
 * @param kinds kinds of parameters, or names of losses; {@code *} for all kinds
 * @param exponent e of {@code n^-e}: {@code 1/2}, {@code 1/4}, {@code 1/r}, {@code 1/(2r)}, {@code flat}, {@code slow} or
 *     {@code unknown}
 * @param status as in {@link Prediction}
 * @param source as in {@link Prediction}
 */
record ExponentRule(
        List<FamilyName> gates,
        Set<String> experts,
        String problem,
        Set<String> cells,
        Set<String> kinds,
        String exponent,
        String status,
        String source) {
    static final String RESOURCE = "exponents.md";
    static final String EXACT_FIT = "k=k*";
    static final String EXACT_CELL = "m=1";
    static final String OVER_CELL = "m>1";
    static final String OVER_FIT = "k>k*";

    private static final String ANY = "*";
    private static final String TEMPERATURE = "temperature";
    private static final String ESTIMATED = "estimated";
    private static final int COLUMNS = 8;

    /** Values of options that are not written out. */
    private static final Map<String, String> DEFAULTS = Map.of(
            TEMPERATURE,
            ESTIMATED,
            "bias",
            "inside",
            "router",
            "sigmoid",
            "scores",
            "softmax",
            "outer",
            "softmax",
            "inner",
            "softmax");

    /** All rows, in order. */
    static List<ExponentRule> all() {
        try (InputStream in = ExponentRule.class.getResourceAsStream(RESOURCE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(2)
                    .map(ExponentRule::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the table of exponents cannot be read", e);
        }
    }

    /** The rule of a row {@code | gate | expert | problem | cell | error of | exponent | status | source |}. */
    static ExponentRule parse(String line) {
        String[] columns = line.strip().replaceAll("^\\| | \\|$", "").split(" \\| ", -1);
        if (columns.length != COLUMNS) {
            throw new IllegalArgumentException("'" + line + "' has " + columns.length + " columns, not " + COLUMNS);
        }
        List<FamilyName> gates = columns[0].equals(ANY)
                ? List.of()
                : words(columns[0]).stream().map(FamilyName::parse).toList();
        return new ExponentRule(
                gates,
                Set.copyOf(words(columns[1])),
                columns[2],
                Set.copyOf(words(columns[3])),
                Set.copyOf(words(columns[4])),
                columns[5],
                columns[6],
                columns[7]);
    }

    private static List<String> words(String text) {
        return List.of(text.split(" ", -1));
    }

    /** Whether the rule answers for an error of a kind of parameter, or for a loss of a whole fit. */
    boolean fits(FamilyName gate, ExpertClass expert, String estimation, String cell, String kind) {
        return (gates.isEmpty() || gates.stream().anyMatch(pattern -> matches(pattern, gate)))
                && (experts.contains(ANY) || experts.contains(expert.id()))
                && (problem.equals(ANY) || problem.equals(estimation))
                && cells.contains(cell)
                && (kinds.contains(kind) || (kinds.contains(ANY) && !PredictedExponents.wholeFit(kind)));
    }

    private static boolean matches(FamilyName pattern, FamilyName gate) {
        if (!pattern.name().equals(gate.name())) {
            return false;
        }
        for (Map.Entry<String, String> condition : pattern.options().entrySet()) {
            String allowed = condition.getValue();
            if (!List.of(allowed.split("/", -1)).contains(option(gate, condition.getKey()))) {
                return false;
            }
        }
        return true;
    }

    /** The family that an option names, {@code fixed} for a temperature that is given, or another value as it is. */
    private static String option(FamilyName gate, String name) {
        String value = gate.options().getOrDefault(name, DEFAULTS.getOrDefault(name, ""));
        if (name.equals(TEMPERATURE)) {
            return value.equals(ESTIMATED) ? ESTIMATED : "fixed";
        }
        int open = value.indexOf('(');
        return open < 0 ? value : value.substring(0, open);
    }
}
