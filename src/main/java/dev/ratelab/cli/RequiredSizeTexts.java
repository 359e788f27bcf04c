package dev.ratelab.cli;

import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.catalog.Experts;
import dev.ratelab.model.catalog.Gates;
import dev.ratelab.rates.Reach;
import dev.ratelab.rates.RequiredSampleSize;
import dev.ratelab.study.Study;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Required sample sizes beside the costs of data and of predictions, for people and for scripts.
 *
 * @param study the study of the store
 * @param costPerSample cost of one sample, or null for no column of costs
 */
record RequiredSizeTexts(Study study, Double costPerSample) {
    /** Above it, numbers are written with an exponent. */
    private static final double LONGEST = 1e7;

    private static final int DIGITS = 3;

    /** One line for each design in the order given, with a line of what is asked above. */
    String text(List<RequiredSampleSize> found) {
        RequiredSampleSize first = found.get(0);
        List<String> titles = new ArrayList<>(List.of("gate", "expert", ">k", ">samples", ">95 % interval", "known"));
        if (costPerSample != null) {
            titles.add(">data cost");
        }
        titles.addAll(List.of(">active experts", ">multiplications", "why"));
        TextTable table = new TextTable(titles.toArray(new String[0]));
        for (RequiredSampleSize one : found) {
            List<String> cells = new ArrayList<>(List.of(
                    one.gate(),
                    one.expert(),
                    Integer.toString(one.fittedExperts()),
                    samples(one),
                    interval(one),
                    one.reach().id()));
            if (costPerSample != null) {
                String cost = number(one.sampleSize() * costPerSample);
                cells.add(one.reach() == Reach.AT_MOST ? "<= " + cost : cost);
            }
            MixtureOfExperts model = model(one);
            cells.add(number(model.activeExperts()));
            cells.add(number(model.multiplicationsPerPrediction()));
            cells.add(one.reason());
            table.add(cells.toArray(new String[0]));
        }
        return String.format(
                        Locale.ROOT,
                        "samples needed for %s <= %s with probability %s; cost of a prediction%n",
                        first.metric(),
                        first.target(),
                        first.probability())
                + table;
    }

    private static String samples(RequiredSampleSize one) {
        if (!one.reach().known()) {
            return "-";
        }
        return (one.reach() == Reach.AT_MOST ? "<= " : "") + number(one.sampleSize());
    }

    private static String interval(RequiredSampleSize one) {
        if (!one.reach().known()) {
            return "-";
        }
        return one.reach() == Reach.AT_MOST
                ? "<= " + number(one.high())
                : "[" + number(one.low()) + ", " + number(one.high()) + "]";
    }

    /** Three digits. */
    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        if (value >= LONGEST || value < 1) {
            return String.format(Locale.ROOT, "%." + DIGITS + "g", value);
        }
        double unit = 1;
        while (value / unit >= 1000) {
            unit *= 10;
        }
        double rounded = Math.rint(value / unit) * unit;
        boolean whole = unit > 1 || value == Math.rint(value);
        return String.format(Locale.ROOT, whole ? "%.0f" : "%." + DIGITS + "g", whole ? rounded : value);
    }

    /** An array with one object for each design, all numbers unrounded. */
    String json(List<RequiredSampleSize> found) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (RequiredSampleSize one : found) {
            MixtureOfExperts model = model(one);
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("setting", one.setting());
            row.put("gate", one.gate());
            row.put("expert", one.expert());
            row.put("problem", one.problem());
            row.put("fitted_experts", one.fittedExperts());
            row.put("metric", one.metric().text());
            row.put("target", one.target());
            row.put("probability", one.probability());
            row.put("reach", one.reach().id());
            row.put("required_samples", Json.number(one.sampleSize()));
            row.put("required_samples_low", Json.number(one.low()));
            row.put("required_samples_high", Json.number(one.high()));
            row.put("data_cost", costPerSample == null ? null : Json.number(one.sampleSize() * costPerSample));
            row.put("active_experts", model.activeExperts());
            row.put("multiplications", model.multiplicationsPerPrediction());
            row.put("slope", Json.number(one.slope()));
            row.put("slope_low", Json.number(one.slopeLow()));
            row.put("slope_high", Json.number(one.slopeHigh()));
            row.put("smallest_sample_size", one.smallestSampleSize());
            row.put("largest_sample_size", one.largestSampleSize());
            row.put("seeds", one.seeds());
            row.put("certified_share", one.certifiedShare());
            row.put("reason", one.reason());
            rows.add(row);
        }
        return Json.of(rows);
    }

    /** The fitted family: a store may hold settings that are no longer in the grid of its study. */
    private MixtureOfExperts model(RequiredSampleSize one) {
        MixtureOfExperts truth = study.truth().model();
        return new MixtureOfExperts(
                Gates.of(one.gate()), Experts.of(one.expert()), truth.noise(), one.fittedExperts(), truth.dimension());
    }
}
