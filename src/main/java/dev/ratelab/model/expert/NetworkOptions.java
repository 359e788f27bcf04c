package dev.ratelab.model.expert;

import dev.ratelab.math.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The shape of a {@link NetworkExpert}.
 *
 * @param activation activation of the hidden units
 * @param bias whether units have biases; without them {@code b_u = 0}
 * @param outputWeight whether units have free output weights; without them {@code c_u = 1}
 * @param width number of hidden units, 1 to {@link #MAX_WIDTH}
 */
public record NetworkOptions(Activation activation, boolean bias, boolean outputWeight, int width) {
    /** Largest number of hidden units: an atom has up to {@code width! 4^width} equivalent parameter vectors. */
    public static final int MAX_WIDTH = 4;

    static final String POLYNOMIAL = "polynomial";
    private static final String DEGREE = "degree";
    private static final String BIAS = "bias";
    private static final String OUTPUT_WEIGHT = "output-weight";
    private static final String WIDTH = "width";
    private static final int DEFAULT_DEGREE = 2;

    public NetworkOptions {
        if (width < 1 || width > MAX_WIDTH) {
            throw new IllegalArgumentException("width = " + width + " must be between 1 and " + MAX_WIDTH);
        }
    }

    /** One hidden unit with a bias and without an output weight. */
    public static NetworkOptions of(Activation activation) {
        return new NetworkOptions(activation, true, false, 1);
    }

    /** These options with or without biases. */
    public NetworkOptions withBias(boolean newBias) {
        return new NetworkOptions(activation, newBias, outputWeight, width);
    }

    /** These options with or without free output weights. */
    public NetworkOptions withOutputWeight(boolean newOutputWeight) {
        return new NetworkOptions(activation, bias, newOutputWeight, width);
    }

    /** These options with that many hidden units. */
    public NetworkOptions withWidth(int newWidth) {
        return new NetworkOptions(activation, bias, outputWeight, newWidth);
    }

    /**
     * Options from the texts of a study file; those left out have their defaults.
     *
     * @param name {@code sigmoid}, {@code tanh}, {@code gelu}, {@code silu}, {@code relu}, {@code sine} or
     *     {@code polynomial}
     * @param texts {@code bias} (yes, no; default yes), {@code output-weight} (yes, no; default no), {@code width} (1 to 4;
     *     default 1), for polynomials {@code degree} (1 to {@link Activation#MAX_DEGREE}; default 2)
     * @throws IllegalArgumentException naming an unknown name or option, or a value that is not allowed
     */
    public static NetworkOptions parse(String name, Map<String, String> texts) {
        boolean polynomial = name.equals(POLYNOMIAL);
        Set<String> known = new TreeSet<>(Set.of(BIAS, OUTPUT_WEIGHT, WIDTH));
        if (polynomial) {
            known.add(DEGREE);
        }
        Activation activation = polynomial
                ? Activation.power(number(name, texts, DEGREE, DEFAULT_DEGREE, Activation.MAX_DEGREE))
                : named(name);
        for (String option : new TreeSet<>(texts.keySet())) {
            if (!known.contains(option)) {
                throw new IllegalArgumentException(
                        "expert " + name + " has no option '" + option + "'; it has: " + String.join(", ", known));
            }
        }
        return new NetworkOptions(
                activation,
                yes(name, texts, BIAS, true),
                yes(name, texts, OUTPUT_WEIGHT, false),
                number(name, texts, WIDTH, 1, MAX_WIDTH));
    }

    /** The canonical name: options that have their defaults are left out, but not the degree. */
    public String id() {
        List<String> parts = new ArrayList<>();
        if (activation.name().equals(POLYNOMIAL)) {
            parts.add(DEGREE + "=" + activation.homogeneity());
        }
        if (!bias) {
            parts.add(BIAS + "=no");
        }
        if (outputWeight) {
            parts.add(OUTPUT_WEIGHT + "=yes");
        }
        if (width > 1) {
            parts.add(WIDTH + "=" + width);
        }
        return parts.isEmpty() ? activation.name() : activation.name() + "(" + String.join(",", parts) + ")";
    }

    /** Index of the first expert weight among an atom's parameters. */
    int weightOffset() {
        return bias ? width : 0;
    }

    /** Index of the first output weight, if there are any. */
    int outputOffset(int dimension) {
        return weightOffset() + width * dimension;
    }

    /** Index within an atom of unit {@code u}'s bias ({@code j = -1}) or of its weight for input {@code j}. */
    int parameter(int u, int j, int dimension) {
        return j < 0 ? u : weightOffset() + u * dimension + j;
    }

    /** Number of parameters of one atom. */
    int parameterCount(int dimension) {
        return outputOffset(dimension) + (outputWeight ? width : 0);
    }

    private static Activation named(String name) {
        List<String> names = new ArrayList<>();
        for (Activation activation : Activation.named()) {
            if (activation.name().equals(name)) {
                return activation;
            }
            names.add(activation.name());
        }
        throw new IllegalArgumentException(
                "unknown activation '" + name + "'; known: " + String.join(", ", names) + ", " + POLYNOMIAL);
    }

    private static boolean yes(String name, Map<String, String> texts, String option, boolean byDefault) {
        String text = texts.get(option);
        if (text == null) {
            return byDefault;
        }
        if (!text.equals("yes") && !text.equals("no")) {
            throw new IllegalArgumentException(
                    "option " + option + " = '" + text + "' of expert " + name + " must be yes or no");
        }
        return text.equals("yes");
    }

    private static int number(String name, Map<String, String> texts, String option, int byDefault, int largest) {
        String text = texts.get(option);
        if (text == null) {
            return byDefault;
        }
        if (text.matches("[1-9][0-9]{0,8}")) {
            int value = Integer.parseInt(text);
            if (value <= largest) {
                return value;
            }
        }
        throw new IllegalArgumentException("option " + option + " = '" + text + "' of expert " + name
                + " must be a whole number from 1 to " + largest);
    }
}
