package dev.ratelab.cli;

import dev.ratelab.plan.CostModel;
import dev.ratelab.plan.Plan;
import dev.ratelab.rates.SeedDecision;
import dev.ratelab.run.FitKey;
import dev.ratelab.run.FitRow;
import dev.ratelab.spark.Session;
import dev.ratelab.store.StoreLayout;
import dev.ratelab.study.AdaptiveSeeds;
import dev.ratelab.study.Study;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The plan of a study as far as it is known. Where seeds are adaptive it ends with the next decision, which needs fits that are yet to
 * be made.
 *
 * @param plan what is known to be made
 * @param costs what predicts its times
 * @param most largest number of fits that the study can come to
 * @param decisions for each setting if seeds are adaptive, else empty
 */
record SeedPlan(Plan plan, CostModel costs, int most, List<SeedDecision> decisions) {

    /** The plan of a study and a store. Reads the stored fits, and so starts Spark, only if seeds are adaptive and there are fits. */
    static SeedPlan of(Study study, StoreLayout layout) throws IOException {
        Set<FitKey> stored = layout.storedFits();
        CostModel costs = CostModel.of(study, layout.times(), "stored");
        Plan most = Plan.of(study, costs, stored, setting -> study.grid().seeds());
        if (study.grid().adaptive().isEmpty()) {
            return new SeedPlan(most, costs, most.total(), List.of());
        }
        Map<String, SeedDecision> decisions = SeedDecision.of(study, stored.isEmpty() ? List.of() : fits(layout));
        Plan plan = Plan.of(
                study, costs, stored, setting -> decisions.get(setting.id()).seeds());
        return new SeedPlan(plan, costs, most.total(), List.copyOf(decisions.values()));
    }

    /** The same fits, in the order of other times. */
    SeedPlan with(Study study, StoreLayout layout, CostModel other) throws IOException {
        Map<String, Integer> seeds = new HashMap<>();
        for (SeedDecision decision : decisions) {
            seeds.put(decision.setting(), decision.seeds());
        }
        int all = study.grid().seeds();
        Plan again = Plan.of(study, other, layout.storedFits(), setting -> seeds.getOrDefault(setting.id(), all));
        return new SeedPlan(again, other, most, decisions);
    }

    private static List<FitRow> fits(StoreLayout layout) {
        try (Session session = Session.start("plan")) {
            return session.fits(layout);
        }
    }

    /** What {@code --json} adds for adaptive seeds. */
    void addTo(Map<String, Object> result) {
        if (decisions.isEmpty()) {
            return;
        }
        result.put("most", most);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (SeedDecision decision : decisions) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("setting", decision.setting());
            row.put("seeds", decision.seeds());
            row.put("slope_error", Json.number(decision.slopeError()));
            row.put("state", decision.state().id());
            rows.add(row);
        }
        result.put("seeds", rows);
    }

    /** A line for each setting of a study with adaptive seeds, for people; empty if there is none. */
    static String text(Study study, Collection<SeedDecision> decisions) {
        StringBuilder text = new StringBuilder();
        for (SeedDecision decision : decisions) {
            AdaptiveSeeds rule = study.grid().adaptive().orElseThrow();
            String error = Double.isNaN(decision.slopeError())
                    ? "not known"
                    : String.format(Locale.ROOT, "%.4f", decision.slopeError());
            text.append(String.format(
                    Locale.ROOT,
                    "%s: %d seeds, standard error of the slope of %s %s, target %s: %s%n",
                    decision.setting(),
                    decision.seeds(),
                    rule.metric(),
                    error,
                    rule.targetSlopeError(),
                    meaning(decision)));
        }
        return text.toString();
    }

    private static String meaning(SeedDecision decision) {
        return switch (decision.state()) {
            case OPEN -> "fits are missing, then more seeds may follow";
            case MET -> "met";
            case MISSED -> "missed with the most seeds allowed";
            case NO_LOSS -> "no fit has this loss";
        };
    }
}
