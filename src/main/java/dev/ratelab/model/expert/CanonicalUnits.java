package dev.ratelab.model.expert;

import dev.ratelab.math.Activation;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Biases and weights of experts or hidden units for studies that give no numbers. They were chosen such that the smallest eigenvalue
 * of the information is large with most gates: functions that bend or change sign at different inputs, at different speeds.
 *
 * @param biases one for each unit, from the first on again after the last, then a quarter larger
 * @param weights for the first input, likewise; those for later inputs are half of later entries
 */
record CanonicalUnits(double[] biases, double[] weights) {
    /** Unit {@code u} of atom {@code i} is unit {@code i + ATOMS u} of these. */
    static final int ATOMS = 4;

    private static final double[] OUTPUTS = {2, -1.5, 1, -2.5, 1.5, -1, -2, 2.5};
    private static final CanonicalUnits HINGES = of("-4 -2.5 3 2 -1.5 -2 -1 -2", "4 -4 -1.5 1 -2 3 2 -1.5");
    private static final CanonicalUnits SOFT_HINGES = of("-2 -1.5 2 1 -1 -1.5 -0.5 -1", "2 -2 -1 0.5 -1.5 2.5 1.5 -1");
    private static final Map<String, CanonicalUnits> BY_ACTIVATION = Map.of(
            "sigmoid",
            of("1 6 -4 6 -5 -3 4 2", "5 -6 -5 4 3 4 6 -3"),
            "tanh",
            of("1 4 -2 4 -3 -2 3 1", "4 -4 -3 2.5 2 3 4 -2"),
            "gelu",
            SOFT_HINGES,
            "silu",
            SOFT_HINGES,
            "relu",
            HINGES,
            "sine",
            of("0.5 1.5 -2 1 -1 0.5 2 -0.5", "1.5 3.5 -2.5 0.5 -3 1 2 -4"));
    private static final CanonicalUnits POWERS = of("1 -2 3 -4 2 1 -1 3", "1 1.5 1 -2 -1 2 1.5 -0.5");

    static CanonicalUnits of(String biases, String weights) {
        return new CanonicalUnits(numbers(biases), numbers(weights));
    }

    private static double[] numbers(String text) {
        return Stream.of(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    /** Those of an activation. */
    static CanonicalUnits of(Activation activation) {
        return BY_ACTIVATION.getOrDefault(activation.name(), POWERS);
    }

    /** The noise variance that keeps experts of an activation apart. */
    static double variance(Activation activation) {
        return switch (activation.name()) {
            case "sigmoid" -> 0.0025;
            case "tanh" -> 0.01;
            case "sine" -> 0.04;
            default -> 0.25;
        };
    }

    double bias(int unit) {
        return entry(biases, unit);
    }

    double weight(int unit, int input) {
        return (input == 0 ? 1 : 0.5) * entry(weights, unit + input);
    }

    double output(int unit) {
        return entry(OUTPUTS, unit);
    }

    /** Rows of a bias and its weights. */
    double[][] rows(int count, int inputs) {
        double[][] rows = new double[count][1 + inputs];
        for (int i = 0; i < count; i++) {
            rows[i][0] = bias(i);
            for (int j = 0; j < inputs; j++) {
                rows[i][1 + j] = weight(i, j);
            }
        }
        return rows;
    }

    private static double entry(double[] table, int index) {
        int round = index / table.length;
        return table[index % table.length] * (1 + 0.25 * round);
    }
}
