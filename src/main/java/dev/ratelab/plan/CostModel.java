package dev.ratelab.plan;

import dev.ratelab.model.catalog.Experts;
import dev.ratelab.model.catalog.Gates;
import dev.ratelab.study.Setting;
import dev.ratelab.study.Study;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
        Map<String, Known> uncorrected = new LinkedHashMap<>();
        Map<String, List<CostCorrection.Cell>> cells = new HashMap<>();
        int fits = 0;
        for (SettingTimes cell : SettingTimes.sum(times)) {
            if (!cells.containsKey(cell.setting())) {
                Optional<Known> setting = uncorrected(study, cell);
                if (setting.isEmpty()) {
                    continue;
                }
                uncorrected.put(cell.setting(), setting.get());
                cells.put(cell.setting(), new ArrayList<>());
            }
            if (cell.meanMillis() > 0) {
                Known known = uncorrected.get(cell.setting());
                double rows = known.cost().rowMillis(study.rows(known.setting(), cell.sampleSize()), cell.sampleSize());
                cells.get(cell.setting())
                        .add(new CostCorrection.Cell(
                                cell.warmFits() > 0 ? cell.warmFits() : COLD_WEIGHT * cell.fits(),
                                cell.meanMillis(),
                                known.cost().fixedMillis(),
                                rows,
                                cell.sampleSize() / 1000.0));
                fits += cell.fits();
            }
        }
        List<Known> corrected = new ArrayList<>();
        for (Known one : uncorrected.values()) {
            List<CostCorrection.Cell> ofSetting = cells.get(one.setting().id());
            if (!ofSetting.isEmpty()) {
                corrected.add(new Known(one.setting(), one.cost(), CostCorrection.of(ofSetting)));
            }
        }
        return corrected.isEmpty()
                ? defaults(study)
                : new CostModel(study, List.copyOf(corrected), "the times of " + fits + " " + source + " fits");
    }

    /** A setting of a store, whose families may come from a jar that is not here. */
    private static Optional<Known> uncorrected(Study study, SettingTimes cell) {
        try {
            Setting setting =
                    new Setting(cell.setting(), Gates.of(cell.gate()), Experts.of(cell.expert()), cell.fittedExperts());
            return Optional.of(new Known(setting, DefaultCost.of(study, setting), CostCorrection.NONE));
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
                .thenComparing(other -> !other.setting().gate().sameAs(setting.gate()))
                .thenComparing(other -> !other.setting().expert().sameAs(setting.expert()))
                .thenComparing(other -> Math.abs(other.setting().fittedExperts() - setting.fittedExperts()))
                .thenComparing(other -> other.setting().id());
    }
}
