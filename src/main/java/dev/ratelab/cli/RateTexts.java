package dev.ratelab.cli;

import dev.ratelab.data.Assumptions;
import dev.ratelab.rates.GateStatus;
import dev.ratelab.rates.RateRow;
import dev.ratelab.rates.Trust;
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
     * One line for each rate of a base setting that is defined over certified or over all finite fits, in the order given. The last
     * column names the gates that failed, or else those that warn.
     *
     * @param all whether to show rates for which theory has no prediction too
     */
    static TextTable table(List<RateRow> rates, boolean all) {
        TextTable table = new TextTable(
                "gate",
                "expert",
                ">k",
                "metric",
                ">slope",
                ">95 % interval",
                ">theory",
                "verdict",
                ">certified",
                "gates");
        for (RateRow rate : rates) {
            boolean predicted = !Double.isNaN(rate.predictedSlope());
            boolean defined = !Double.isNaN(rate.slope())
                    || !Double.isNaN(rate.inference().slopeFinite());
            boolean base = rate.inference().startRadiusFactor() == 1;
            if (!defined || !base || !(predicted || all)) {
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
                    String.format(Locale.ROOT, "%.1f %%", 100 * rate.certifiedShare()),
                    gates(rate.inference().trust()));
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

    private static String gates(Trust trust) {
        List<String> failed = trust.names(GateStatus.FAILED);
        if (!failed.isEmpty()) {
            return "failed: " + String.join(", ", failed);
        }
        List<String> warnings = trust.warnings();
        if (!warnings.isEmpty()) {
            return "warned: " + String.join(", ", warnings);
        }
        return trust.gates().isEmpty() ? "-" : "passed";
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value);
    }
}
