package dev.ratelab.report;

import java.util.List;

/**
 * A shaded band, such as the range between two quantiles.
 *
 * @param label text in the legend; empty for no entry
 * @param colour as in {@link Series}
 * @param spans ascending in x, at least two
 */
public record Band(String label, int colour, List<Span> spans) {

    /**
     * The band at one place.
     *
     * @param x positive and finite
     * @param low positive and finite
     * @param high finite, at least {@code low}
     */
    public record Span(double x, double low, double high) {

        /** @throws IllegalArgumentException if a number is outside its range */
        public Span {
            Ranges.requirePositive("x", x);
            Ranges.requirePositive("low", low);
            Ranges.requirePositive("high", high);
            if (low > high) {
                throw new IllegalArgumentException("low = " + low + " is above high = " + high);
            }
        }
    }

    /** @throws IllegalArgumentException if there are fewer than two spans or x does not ascend */
    public Band {
        Ranges.requireColour(colour);
        spans = List.copyOf(spans);
        if (spans.size() < 2) {
            throw new IllegalArgumentException("a band needs two spans");
        }
        for (int i = 1; i < spans.size(); i++) {
            if (!(spans.get(i - 1).x() < spans.get(i).x())) {
                throw new IllegalArgumentException("the spans of a band must ascend in x");
            }
        }
    }
}
