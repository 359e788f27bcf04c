package dev.ratelab.cli;

import dev.ratelab.data.Assumptions;
import dev.ratelab.rates.CheckStatus;
import dev.ratelab.rates.Percent;
import dev.ratelab.rates.RateRow;
import dev.ratelab.rates.Trust;
import dev.ratelab.study.Setting;
import dev.ratelab.study.Study;
import dev.ratelab.study.TruthPoint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Rates as a table for people. */
final class RateTexts {
    private RateTexts() {}

    /**
     * One line for each rate of a base setting that is defined over certified or over all finite fits, in the order given; where there
     * are worst-case paths of the truth, a column names the path. The last column names the checks that failed, or else those that warn.
     *
     * @param all whether to show rates too for which theory has no prediction, neither here nor, of a worst-case path, at the fixed truth
     */
    static TextTable table(List<RateRow> rates, boolean all) {
        boolean paths = rates.stream().anyMatch(RateTexts::moved);
        List<String> columns = new ArrayList<>(List.of("gate", "expert", ">k"));
        if (paths) {
            columns.add("truth");
        }
        columns.addAll(List.of("metric", ">slope", ">95 % interval", ">theory", "verdict", ">certified", "gates"));
        TextTable table = new TextTable(columns.toArray(String[]::new));
        Set<List<Object>> predictedAtFixed = new HashSet<>();
        for (RateRow rate : rates) {
            if (!moved(rate) && !Double.isNaN(rate.predicted().slope())) {
                predictedAtFixed.add(loss(rate));
            }
        }
        for (RateRow rate : rates) {
            boolean predicted = !Double.isNaN(rate.predicted().slope());
            boolean defined = !Double.isNaN(rate.slope()) || !Double.isNaN(rate.slopeFinite());
            boolean base = rate.setting().fitted().startRadiusFactor() == 1;
            boolean asked = predicted || all || predictedAtFixed.contains(loss(rate));
            if (!defined || !base || !asked) {
                continue;
            }
            List<String> row = new ArrayList<>(List.of(
                    rate.setting().fitted().gate(),
                    rate.setting().fitted().expert(),
                    Integer.toString(rate.setting().fitted().fittedExperts())));
            if (paths) {
                row.add(rate.setting().truthPath());
            }
            row.addAll(List.of(
                    rate.metric().text(),
                    number(rate.slope()),
                    "[" + number(rate.slopes().mean().low()) + ", "
                            + number(rate.slopes().mean().high()) + "]",
                    predicted ? number(rate.predicted().slope()) : "-",
                    rate.verdict().id(),
                    Percent.text(rate.window().certifiedShare(), 1),
                    checks(rate.trust())));
            table.add(row.toArray(String[]::new));
        }
        return table;
    }

    private static boolean moved(RateRow rate) {
        return !rate.setting().truthPath().equals(TruthPoint.FIXED.path());
    }

    /** A loss of a fitted family, whatever the path of the truth. */
    private static List<Object> loss(RateRow rate) {
        return List.of(
                rate.setting().fitted().gate(),
                rate.setting().fitted().expert(),
                rate.setting().fitted().problem(),
                rate.setting().fitted().fittedExperts(),
                rate.metric());
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

    private static String checks(Trust trust) {
        List<String> failed = trust.names(CheckStatus.FAILED);
        if (!failed.isEmpty()) {
            return "failed: " + String.join(", ", failed);
        }
        List<String> warnings = trust.warnings();
        if (!warnings.isEmpty()) {
            return "warned: " + String.join(", ", warnings);
        }
        return trust.checks().isEmpty() ? "-" : "passed";
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value);
    }
}
