package dev.ratelab.report;

/** Checks of numbers that go into figures. */
final class Ranges {
    private Ranges() {}

    static void requireFinite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " = " + value + " must be finite");
        }
    }

    static void requirePositive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    name + " = " + value + " must be positive and finite, for it has a place on a logarithmic axis");
        }
    }

    static void requireColour(int colour) {
        if (colour < 0) {
            throw new IllegalArgumentException("colour = " + colour + " must be at least 0");
        }
    }
}
