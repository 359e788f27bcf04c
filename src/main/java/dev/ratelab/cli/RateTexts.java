package dev.ratelab.cli;

import dev.ratelab.data.Assumptions;
import dev.ratelab.rates.RateRow;
import dev.ratelab.study.Setting;
import dev.ratelab.study.Study;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Rates as a table for people. */
final class RateTexts {
    private RateTexts() {}

    /**
     * One line for each rate that is defined, in the order given.
     *
     * @param all whether to show rates for which theory has no prediction too
     */
    static TextTable table(List<RateRow> rates, boolean all) {
        TextTable table = new TextTable(
                "gate", "expert", ">k", "metric", ">slope", ">95 % interval", ">theory", "verdict", ">certified");
        for (RateRow rate : rates) {
            boolean predicted = !Double.isNaN(rate.predictedSlope());
            if (Double.isNaN(rate.slope()) || !(predicted || all)) {
                continue;
            }
            table.add(
                    rate.gate(),
                    rate.expert(),
                    Integer.toString(rate.fittedExperts()),
                    rate.metric(),
                    number(rate.slope()),
                    "[" + number(rate.slopeLow()) + ", " + number(rate.slopeHigh()) + "]",
                    predicted ? number(rate.predictedSlope()) : "-",
                    rate.verdict().id(),
                    String.format(Locale.ROOT, "%.1f %%", 100 * rate.certifiedShare()));
        }
        return table;
    }

    /** A line for each assumption of the theory that a truth of the study violates; nothing if there is none. */
    static String violations(Study study) {
        Set<String> lines = new LinkedHashSet<>();
        for (Setting setting : study.settings()) {
            lines.addAll(Assumptions.violatedBy(study.truth(setting)));
        }
        return lines.stream()
                .map(line -> "outside the theory's assumptions: " + line + "\n")
                .collect(Collectors.joining());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
