package dev.ratelab.data;

/** Checks and arithmetic that the input distributions share. */
final class InputChecks {
    private InputChecks() {}

    static void requireFinite(double... parameters) {
        for (double parameter : parameters) {
            if (!Double.isFinite(parameter)) {
                throw new IllegalArgumentException("the input distribution has a parameter that is not finite");
            }
        }
    }

    static void requireInterval(double low, double high) {
        requireFinite(low, high);
        if (!(low < high)) {
            throw new IllegalArgumentException("low = " + low + " must be below high = " + high);
        }
    }

    static void requirePositive(String name, double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException(name + " = " + value + " must be positive");
        }
    }

    static void requireDimension(InputDistribution input, int columns) {
        if (input.dimension().orElse(columns) != columns) {
            int needed = input.dimension().getAsInt();
            throw new IllegalArgumentException(input.id() + " inputs need "
                    + (needed == 1 ? "one input" : needed + " inputs") + ", the model has " + columns);
        }
    }

    /** Maps each value to {@code origin + unit value}. */
    static void scale(double[] values, double origin, double unit) {
        for (int i = 0; i < values.length; i++) {
            values[i] = origin + unit * values[i];
        }
    }
}
