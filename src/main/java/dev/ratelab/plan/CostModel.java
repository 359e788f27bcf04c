package dev.ratelab.plan;

import dev.ratelab.study.Setting;
import dev.ratelab.study.Study;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Predicts how long fits take: {@link DefaultCost}, corrected for each setting by the times of fits that are known ({@link
 * CostCorrection}). A setting of which none are known is corrected like the one most like it. Predictions order fits and fill tasks;
 * no result depends on them. The same study and times give the same predictions.
 */
public final class CostModel {
    /** What a prediction without known times rests on. */
    public static final String DEFAULT_BASIS =
            "defaults measured on an AMD EPYC virtual machine with JDK 17; may be off by several times";

    /** What a cell without warm fits counts for beside one that has as many: its times are too long, but better than none. */
    private static final double COLD_WEIGHT = 0.05;

    private final Study study;
    private final List<Known> known;
    private final Map<Setting, Known> models = new HashMap<>();
    private final String basis;

    /** The cost of a setting. */
    private record Known(Setting setting, DefaultCost cost, CostCorrection correction) {}

    private CostModel(Study study, List<Known> known, String basis) {
        this.study = study;
        this.known = known;
        this.basis = basis;
    }

    /** The model without known times. */
    public static CostModel defaults(Study study) {
        return new CostModel(study, List.of(), DEFAULT_BASIS);
    }

    /**
     * The model that known times make.
     *
     * @param times times of fits of the study, of any grid; those of families that are not known here are left out; not modified
     * @param source where they come from, such as {@code stored}
     */
    public static CostModel of(Study study, List<SettingTimes> times, String source) {
        Map<Setting, DefaultCost> costs = new HashMap<>();
        Map<String, List<CostCorrection.Cell>> cells = new HashMap<>();
        List<Setting> settings = new ArrayList<>();
        int fits = 0;
        for (SettingTimes cell : SettingTimes.sum(times)) {
            Setting setting = new Setting(cell.setting(), cell.gate(), cell.expert(), cell.fittedExperts());
            if (!cells.containsKey(setting.id())) {
                Optional<DefaultCost> cost = cost(study, setting);
                if (cost.isEmpty()) {
                    continue;
                }
                costs.put(setting, cost.get());
                cells.put(setting.id(), new ArrayList<>());
                settings.add(setting);
            }
            if (cell.meanMillis() > 0) {
                DefaultCost cost = costs.get(setting);
                cells.get(setting.id())
                        .add(new CostCorrection.Cell(
                                cell.warmFits() > 0 ? cell.warmFits() : COLD_WEIGHT * cell.fits(),
                                cell.meanMillis(),
                                cost.fixedMillis(),
                                cost.rowMillis(study.rows(setting, cell.sampleSize()), cell.sampleSize()),
                                cell.sampleSize() / 1000.0));
                fits += cell.fits();
            }
        }
        List<Known> known = new ArrayList<>();
        for (Setting setting : settings) {
            List<CostCorrection.Cell> ofSetting = cells.get(setting.id());
            if (!ofSetting.isEmpty()) {
                known.add(new Known(setting, costs.get(setting), CostCorrection.of(ofSetting)));
            }
        }
        return known.isEmpty()
                ? defaults(study)
                : new CostModel(study, List.copyOf(known), "the times of " + fits + " " + source + " fits");
    }

    /** The default of a setting of a store, whose families may come from a jar that is not here. */
    private static Optional<DefaultCost> cost(Study study, Setting setting) {
        try {
            return Optional.of(DefaultCost.of(study, setting));
        } catch (IllegalArgumentException unknownFamily) {
            return Optional.empty();
        }
    }

    /** Predicted time of one fit, milliseconds; positive. */
    public double millis(Setting setting, int sampleSize) {
        Known model = models.computeIfAbsent(setting, this::model);
        double rows = model.cost().rowMillis(study.rows(setting, sampleSize), sampleSize);
        return model.correction().millis(model.cost().fixedMillis(), rows, sampleSize / 1000.0);
    }

    /** What the predictions rest on, for people. */
    public String basis() {
        return basis;
    }

    private Known model(Setting setting) {
        CostCorrection correction =
                known.stream().min(likeness(setting)).map(Known::correction).orElse(CostCorrection.NONE);
        return new Known(setting, DefaultCost.of(study, setting), correction);
    }

    /** The settings that are most like one come first. */
    private Comparator<Known> likeness(Setting setting) {
        boolean over = DefaultCost.surplus(study, setting) > 0;
        return Comparator.<Known, Boolean>comparing(
                        other -> !other.setting().id().equals(setting.id()))
                .thenComparing(other -> DefaultCost.surplus(study, other.setting()) > 0 != over)
                .thenComparing(other -> !other.setting().gate().equals(setting.gate()))
                .thenComparing(other -> !other.setting().expert().equals(setting.expert()))
                .thenComparing(other -> Math.abs(other.setting().fittedExperts() - setting.fittedExperts()))
                .thenComparing(other -> other.setting().id());
    }
}
