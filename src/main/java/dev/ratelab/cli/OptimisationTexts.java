package dev.ratelab.cli;

import dev.ratelab.loss.LossName;
import dev.ratelab.rates.OptimisationEffect;
import dev.ratelab.rates.OptimisationError;
import dev.ratelab.rates.Percent;
import dev.ratelab.rates.SettingCoordinates;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The error of the optimisation, for people and for scripts.
 *
 * @param errors how often and by how much, by setting and size
 * @param effects the effect on the slope of one loss; empty if the study has not stored it
 * @param metric that loss
 */
record OptimisationTexts(List<OptimisationError> errors, List<OptimisationEffect> effects, LossName metric) {

    /** Two tables, the second of which is one line if there is no effect to show. */
    String text() {
        TextTable cells = new TextTable(
                "gate",
                "expert",
                ">k",
                ">radius",
                ">n",
                ">data sets",
                ">compared",
                ">random worse",
                ">by nats",
                ">oracle worse",
                ">by nats");
        for (OptimisationError one : errors) {
            cells.add(
                    one.coordinates().fitted().gate(),
                    one.coordinates().fitted().expert(),
                    Integer.toString(one.coordinates().fitted().fittedExperts()),
                    number("%.3g", one.coordinates().fitted().startRadiusFactor()),
                    Integer.toString(one.sampleSize()),
                    Integer.toString(one.fits()),
                    Integer.toString(one.compared()),
                    percent(one.randomWorse()),
                    number("%.3g", one.randomDeficit()),
                    percent(one.oracleWorse()),
                    number("%.3g", one.oracleDeficit()));
        }
        String shares = String.format(
                        Locale.ROOT,
                        "share of data sets on which one kind of start ends more than %s nat below the other, and the median%n",
                        OptimisationError.WORSE_NATS)
                + cells;
        if (effects.isEmpty()) {
            return shares
                    + String.format(
                            Locale.ROOT,
                            "%nno slopes of %s by kind of start: its study has no block start-kinds with that metric%n",
                            metric);
        }
        TextTable slopes = new TextTable(
                "gate",
                "expert",
                ">k",
                ">radius",
                ">all starts",
                ">oracle",
                ">random",
                ">random - oracle",
                ">95 % interval");
        for (OptimisationEffect one : effects) {
            slopes.add(
                    one.coordinates().fitted().gate(),
                    one.coordinates().fitted().expert(),
                    Integer.toString(one.coordinates().fitted().fittedExperts()),
                    number("%.3g", one.coordinates().fitted().startRadiusFactor()),
                    number("%.3f", one.kept()),
                    number("%.3f", one.oracle()),
                    number("%.3f", one.random()),
                    number("%.3f", one.difference()),
                    Double.isFinite(one.differenceLow())
                            ? "[" + number("%.3f", one.differenceLow()) + ", " + number("%.3f", one.differenceHigh())
                                    + "]"
                            : "-");
        }
        return shares + String.format(Locale.ROOT, "%nslopes of %s by kind of start%n", metric) + slopes;
    }

    private static String percent(double share) {
        return Double.isFinite(share) ? Percent.text(share, 1) : "-";
    }

    private static String number(String format, double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "-";
    }

    /** An object with the arrays {@code errors} and {@code effects}. */
    String json() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("errors", errors.stream().map(OptimisationTexts::entries).toList());
        object.put("effects", effects.stream().map(OptimisationTexts::entries).toList());
        return Json.of(object);
    }

    private static Map<String, Object> entries(OptimisationError one) {
        Map<String, Object> map = entries(one.coordinates());
        map.put("sample_size", one.sampleSize());
        map.put("fits", one.fits());
        map.put("compared", one.compared());
        map.put("without_oracle", one.withoutOracle());
        map.put("without_random", one.withoutRandom());
        map.put("random_worse", Json.number(one.randomWorse()));
        map.put("oracle_worse", Json.number(one.oracleWorse()));
        map.put("random_deficit", Json.number(one.randomDeficit()));
        map.put("oracle_deficit", Json.number(one.oracleDeficit()));
        return map;
    }

    private static Map<String, Object> entries(OptimisationEffect one) {
        Map<String, Object> map = entries(one.coordinates());
        map.put("metric", one.metric().text());
        map.put("slope", Json.number(one.kept()));
        map.put("slope_oracle", Json.number(one.oracle()));
        map.put("slope_random", Json.number(one.random()));
        map.put("difference", Json.number(one.difference()));
        map.put("difference_low", Json.number(one.differenceLow()));
        map.put("difference_high", Json.number(one.differenceHigh()));
        return map;
    }

    private static Map<String, Object> entries(SettingCoordinates one) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("setting", one.id());
        map.put("gate", one.fitted().gate());
        map.put("expert", one.fitted().expert());
        map.put("problem", one.fitted().problem());
        map.put("fitted_experts", one.fitted().fittedExperts());
        map.put("start_radius_factor", one.fitted().startRadiusFactor());
        map.put("truth_path", one.truthPath());
        return map;
    }
}
