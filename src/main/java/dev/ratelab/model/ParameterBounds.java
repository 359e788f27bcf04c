package dev.ratelab.model;

import dev.ratelab.math.Elementary;

/**
 * The compact parameter set of a study. An infinite upper bound, or a zero lower one, is no bound.
 *
 * @param gateBiasDifference largest {@code |b0_i - b0_l|} over pairs of atoms (gates that are not shift invariant: largest
 *     {@code |b0_i|}); positive
 * @param gateWeightDifference largest {@code |b1_i - b1_l|} over pairs, for each input coordinate; positive
 * @param minVariance smallest noise variance of an expert, in squared units of {@code y}; at least 0
 * @param maxVariance largest noise variance; above {@code minVariance}
 * @param expertParameter largest {@code |value|} of every parameter of an expert; positive
 * @param minInputVariance gates that model the inputs: smallest variance of an input given those before it, within a component; at
 *     least 0
 * @param minTemperature smallest temperature that a gate estimates; at least 0
 * @param maxTemperature largest temperature that a gate estimates; above {@code minTemperature}
 */
public record ParameterBounds(
        double gateBiasDifference,
        double gateWeightDifference,
        double minVariance,
        double maxVariance,
        double expertParameter,
        double minInputVariance,
        double minTemperature,
        double maxTemperature) {
    /** Name of the bound on differences of gate biases in study files and in rows. */
    public static final String GATE_BIAS_DIFFERENCE = "gate-bias-difference";

    /** Name of the bound on differences of gate weights. */
    public static final String GATE_WEIGHT_DIFFERENCE = "gate-weight-difference";

    /** Name of the lower bound on the noise variance. */
    public static final String MIN_VARIANCE = "min-variance";

    /** Name of the upper bound on the noise variance. */
    public static final String MAX_VARIANCE = "max-variance";

    /** Name of the bound on the parameters of experts. */
    public static final String EXPERT_PARAMETER = "expert-parameter";

    /** Name of the lower bound on variances of inputs. */
    public static final String MIN_INPUT_VARIANCE = "min-input-variance";

    /** Name of the lower bound on an estimated temperature. */
    public static final String MIN_TEMPERATURE = "min-temperature";

    /** Name of the upper bound on an estimated temperature. */
    public static final String MAX_TEMPERATURE = "max-temperature";

    /** Bounds on gate and noise alone. */
    public ParameterBounds(
            double gateBiasDifference, double gateWeightDifference, double minVariance, double maxVariance) {
        this(gateBiasDifference, gateWeightDifference, minVariance, maxVariance, Double.POSITIVE_INFINITY, 0);
    }

    /** Bounds on everything but temperatures. */
    public ParameterBounds(
            double gateBiasDifference,
            double gateWeightDifference,
            double minVariance,
            double maxVariance,
            double expertParameter,
            double minInputVariance) {
        this(
                gateBiasDifference,
                gateWeightDifference,
                minVariance,
                maxVariance,
                expertParameter,
                minInputVariance,
                0,
                Double.POSITIVE_INFINITY);
    }

    public ParameterBounds {
        requirePositive(EXPERT_PARAMETER, expertParameter);
        requireNotNegative(MIN_INPUT_VARIANCE, minInputVariance);
        requirePositive(GATE_BIAS_DIFFERENCE, gateBiasDifference);
        requirePositive(GATE_WEIGHT_DIFFERENCE, gateWeightDifference);
        requireRange(MIN_VARIANCE, minVariance, MAX_VARIANCE, maxVariance);
        requireRange(MIN_TEMPERATURE, minTemperature, MAX_TEMPERATURE, maxTemperature);
    }

    private static void requirePositive(String name, double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException(name + " = " + value + " must be a number > 0");
        }
    }

    private static void requireNotNegative(String name, double value) {
        if (!(value >= 0) || value == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(name + " = " + value + " must be a finite number >= 0");
        }
    }

    private static void requireRange(String lowerName, double lower, String upperName, double upper) {
        requireNotNegative(lowerName, lower);
        if (!(upper > lower)) {
            throw new IllegalArgumentException(
                    upperName + " = " + upper + " must be above " + lowerName + " = " + lower);
        }
    }

    /** No bound at all. */
    public static ParameterBounds none() {
        return new ParameterBounds(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0, Double.POSITIVE_INFINITY);
    }

    /** These bounds with another smallest variance. */
    public ParameterBounds withMinVariance(double variance) {
        return new ParameterBounds(
                gateBiasDifference,
                gateWeightDifference,
                variance,
                maxVariance,
                expertParameter,
                minInputVariance,
                minTemperature,
                maxTemperature);
    }

    /** These bounds with others on an estimated temperature. */
    public ParameterBounds withTemperature(double smallest, double largest) {
        return new ParameterBounds(
                gateBiasDifference,
                gateWeightDifference,
                minVariance,
                maxVariance,
                expertParameter,
                minInputVariance,
                smallest,
                largest);
    }

    /**
     * The value of a bound that a linear constraint needs, in the units in which it is written.
     *
     * @param bound name of the bound
     * @param needed least limit of its constraint
     */
    public static double inItsUnits(String bound, double needed) {
        return switch (bound) {
            case MIN_INPUT_VARIANCE -> Elementary.exp(-2 * needed);
            case MIN_TEMPERATURE, MIN_VARIANCE -> Elementary.exp(-needed);
            case MAX_TEMPERATURE, MAX_VARIANCE -> Elementary.exp(needed);
            default -> needed;
        };
    }
}
