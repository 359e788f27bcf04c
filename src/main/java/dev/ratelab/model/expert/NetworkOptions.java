package dev.ratelab.model.expert;

import dev.ratelab.math.Activation;
import dev.ratelab.model.FamilyOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
        FamilyOptions options = FamilyOptions.of(name, texts);
        Activation activation = name.equals(POLYNOMIAL)
                ? Activation.power(options.integer(DEGREE, 1, Activation.MAX_DEGREE, DEFAULT_DEGREE))
                : named(name);
        boolean bias = options.yes(BIAS, true);
        boolean outputWeight = options.yes(OUTPUT_WEIGHT, false);
        int width = options.integer(WIDTH, 1, MAX_WIDTH, 1);
        options.refuseOthers();
        return new NetworkOptions(activation, bias, outputWeight, width);
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
}
