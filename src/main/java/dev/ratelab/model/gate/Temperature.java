package dev.ratelab.model.gate;

import dev.ratelab.math.Elementary;
import dev.ratelab.model.FamilyOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The temperature {@code tau} of a gate: a parameter, a number, or a number that changes during the EM iterations.
 *
 * @param estimated whether it is a parameter
 * @param from the first temperature, positive; not used if estimated
 * @param to the last temperature, positive; equal to {@code from} unless annealed
 */
record Temperature(boolean estimated, double from, double to) {
    /** The option in study files. */
    static final String OPTION = "temperature";

    /** Stages of an annealed temperature. */
    static final int STAGES = 5;

    private static final String ESTIMATED = "estimated";

    /** A temperature that is a parameter. */
    static Temperature free() {
        return new Temperature(true, 1, 1);
    }

    /** A known temperature. */
    static Temperature fixed(double value) {
        return new Temperature(false, value, value);
    }

    /** Reads {@code estimated} (the default), a number above zero or {@code a:b}. */
    static Temperature read(FamilyOptions options) {
        String text = options.text(OPTION, ESTIMATED);
        if (text.equals(ESTIMATED)) {
            return free();
        }
        String[] parts = text.split(":", -1);
        if (parts.length > 2 || !text.matches("[0-9.eE:+-]+")) {
            throw options.refuse(
                    OPTION, text, "must be " + ESTIMATED + ", a number > 0, or two of them such as 2:0.5 to anneal it");
        }
        double from = options.positive(OPTION, text, parts[0].strip());
        double to = options.positive(OPTION, text, parts[parts.length - 1].strip());
        return new Temperature(false, from, to);
    }

    /** Adds the option to those of a name unless it is the default. */
    void write(Map<String, String> options) {
        if (!estimated) {
            String last = FamilyOptions.numberText(to);
            options.put(OPTION, from == to ? last : FamilyOptions.numberText(from) + ":" + last);
        }
    }

    /** {@code 1 / tau}. */
    double inverse(double[] theta, int shared) {
        return estimated ? Elementary.exp(-theta[shared]) : 1 / to;
    }

    /** The temperature of an atom of which it is the last parameter, if it is one. */
    double of(double[] gate) {
        return estimated ? gate[gate.length - 1] : to;
    }

    /**
     * The fixed temperatures before the last: {@code a (b / a)^(s / 4)} for {@code s = 0, ..., 3}; none unless
     * annealed.
     */
    List<Temperature> earlierStages() {
        List<Temperature> stages = new ArrayList<>();
        for (int s = 0; s < STAGES - 1 && from != to; s++) {
            stages.add(fixed(from * Elementary.pow(to / from, (double) s / (STAGES - 1))));
        }
        return stages;
    }

    /** How it is written in a formula. */
    String symbol() {
        if (estimated) {
            return "tau";
        }
        return from == to ? FamilyOptions.numberText(to) : "tau";
    }
}
