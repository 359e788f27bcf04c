package dev.ratelab.study;

import dev.ratelab.data.Truth;
import dev.ratelab.fit.ascent.StartOptions;
import dev.ratelab.fit.ascent.StopRule;
import dev.ratelab.loss.LossName;
import dev.ratelab.model.Expert;
import dev.ratelab.model.Gate;
import dev.ratelab.model.ParameterBounds;
import dev.ratelab.model.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A parsed study. Immutable; two studies are equal if their {@linkplain #resolvedText() resolved texts} are.
 *
 * @param name the study's name, for people and directories: nothing random depends on it
 * @param baseSeed base seed of all random streams
 * @param truths the known model, or models
 * @param grid which fits are made
 * @param starts the starts of every fit
 * @param bounds the compact parameter set; it holds the truth
 * @param stop when a fit stops
 * @param nested whether the sample of a smaller size is the beginning of that of a larger one
 * @param losses the losses to compute, one with {@code <j>} for those of all true atoms; empty is all
 * @param limits limits on the whole study
 * @param identifiedSet the radii of the identified set to search for; empty is none
 * @param merge the losses to measure after merging fitted atoms; empty is none
 * @param startKinds the losses to measure for each kind of start; empty is none
 */
public record Study(
        String name,
        long baseSeed,
        Truths truths,
        Grid grid,
        StartOptions starts,
        ParameterBounds bounds,
        StopRule stop,
        boolean nested,
        List<LossName> losses,
        Limits limits,
        Optional<IdentifiedSetOptions> identifiedSet,
        Optional<MergeOptions> merge,
        Optional<StartKindOptions> startKinds) {

    /** The base seed of a study that names none. */
    public static final long DEFAULT_BASE_SEED = 20250303;

    public Study {
        losses = List.copyOf(losses);
    }

    /** The starts of a fit. */
    public StartOptions starts(Setting setting, int sampleSize) {
        return starts.at(
                setting.startRadiusFactor(), sampleSize, grid.sampleSizes().get(0));
    }

    /** The problem that all fits solve. */
    public Problem problem() {
        return truths.problem();
    }

    /** The fixed truth of a setting: where its path begins, whatever the sample size. */
    public Truth truth(Setting setting) {
        return truths.of(setting.gate(), setting.expert());
    }

    /**
     * What the data of a setting are drawn from at a sample size, and losses and starts refer to: the fixed truth, or the worst case of
     * so many observations.
     */
    public Truth truth(Setting setting, int sampleSize) {
        return truthAt(setting, sampleSize).truth();
    }

    public TruthAt truthAt(Setting setting, int sampleSize) {
        return TruthAt.of(truth(setting), setting.path(), setting.fittedExperts(), sampleSize);
    }

    /**
     * Whether the fitted family of a setting is not known to hold the truth: its target is then a projection of the
     * truth.
     */
    public boolean misSpecified(Setting setting) {
        return !truth(setting).isHeldBy(setting.gate(), setting.expert(), setting.fittedExperts());
    }

    /** Number of rows of a sample that stands for {@code sampleSize} observations. */
    public int rows(Setting setting, int sampleSize) {
        if (grid.nodes().isEmpty()) {
            return sampleSize;
        }
        int rows = 1;
        for (int j = 0; j < truth(setting).model().dimension(); j++) {
            rows *= grid.nodes().getAsInt();
        }
        return rows;
    }

    /** Whether the rows of a sample are more than one process may hold: a fit to them is spread. */
    public boolean exceedsMemory(int sampleSize) {
        // The nodes of the quadrature design are few, and weighted.
        return grid.nodes().isEmpty() && sampleSize > limits.rowsInMemory();
    }

    /** Memory that the rows of a fit take in the process that makes it, as they are and in standard units; spread rows take none. */
    public long rowBytes(Setting setting, int sampleSize) {
        return exceedsMemory(sampleSize)
                ? 0
                : 2L * rows(setting, sampleSize) * (truth(setting).model().dimension() + 1) * Double.BYTES;
    }

    /** The truth of the first setting: that of all settings if the study file writes it out. */
    public Truth truth() {
        return truths.of(grid.gates().get(0), grid.experts().get(0));
    }

    /** The fixed truths: one for each gate and expert family of the grid if the truth is named, else the one that is written out. */
    public List<Truth> distinctTruths() {
        if (truths instanceof Truths.Given given) {
            return List.of(given.truth());
        }
        List<Truth> distinct = new ArrayList<>();
        for (Gate gate : grid.gates()) {
            for (Expert expert : grid.experts()) {
                distinct.add(truths.of(gate, expert));
            }
        }
        return distinct;
    }

    /** The study as a study file with every default filled in. Parsing it gives an equal study. */
    public String resolvedText() {
        return StudyText.resolved(this);
    }

    /**
     * Everything that decides the result of a fit apart from its place in the grid: key to canonical text, in a fixed
     * order. Name, losses, limits and what a grid lists are not in it.
     */
    public Map<String, String> identity() {
        return StudyText.identity(this);
    }

    /** The first 16 hexadecimal digits of the SHA-256 of the {@link #identity()}. */
    public String hash() {
        return StudyText.sha256(StudyText.lines(identity())).substring(0, 16);
    }

    /**
     * How this study's identity differs from a stored one.
     *
     * @return lines such as {@code truth.variance[1]: stored 1.0, now 2.0}; empty if stored results are still good
     */
    public List<String> differences(Study stored) {
        Map<String, String> now = identity();
        Map<String, String> before = stored.identity();
        Set<String> keys = new LinkedHashSet<>(before.keySet());
        keys.addAll(now.keySet());
        List<String> differences = new ArrayList<>();
        for (String key : keys) {
            String old = before.getOrDefault(key, "absent");
            String current = now.getOrDefault(key, "absent");
            if (!old.equals(current)) {
                differences.add(key + ": stored " + old + ", now " + current);
            }
        }
        return differences;
    }

    /**
     * The settings in grid order: paths of the truth outermost, then factors of the start radii, then gates, numbers of fitted experts
     * innermost.
     */
    public List<Setting> settings() {
        List<Setting> settings = new ArrayList<>();
        for (TruthPath path : grid.paths()) {
            for (double factor : grid.startRadiusFactors()) {
                addSettings(path, factor, settings);
            }
        }
        return settings;
    }

    private void addSettings(TruthPath path, double factor, List<Setting> settings) {
        for (Gate gate : grid.gates()) {
            for (Expert expert : grid.experts()) {
                for (int experts : grid.fittedExperts()) {
                    settings.add(setting(gate, expert, experts, factor, path));
                }
            }
        }
    }

    private Setting setting(Gate gate, Expert expert, int experts, double factor, TruthPath path) {
        Map<String, String> coordinates = new LinkedHashMap<>(identity());
        if (truths instanceof Truths.Named) {
            coordinates.putAll(TruthText.identity(truths.of(gate, expert)));
        }
        coordinates.put("setting.gate", gate.id());
        coordinates.put("setting.expert", expert.id());
        coordinates.put("setting.fitted-experts", Integer.toString(experts));
        // A base setting has the id that it had before there were factors.
        String radius = "";
        if (factor != 1) {
            coordinates.put("setting.start-radius-factor", StudyText.number(factor));
            radius = "-radius" + StudyText.number(factor);
        }
        // Nor has that of a fixed truth another than before there were paths.
        String moving = "";
        if (path.worstCase()) {
            coordinates.put("setting.truth-path", path.id());
            moving = "-" + path.id();
        }
        String hash = StudyText.sha256(StudyText.lines(coordinates)).substring(0, 8);
        String id =
                gate.id() + "-" + expert.id() + "-" + problem().id() + "-k" + experts + radius + moving + "-" + hash;
        return new Setting(id, gate, expert, experts, factor, path);
    }

    /** Key of the random streams of a data set, see {@link Coordinates#dataKey}. */
    public String dataKey(Truth truth, int sampleSize, int seed) {
        return Coordinates.dataKey(this, truth, sampleSize, seed);
    }

    /** Key of the random streams of a fit's starts, see {@link Coordinates#startKey}. */
    public String startKey(Setting setting, int sampleSize, int seed) {
        return Coordinates.startKey(this, setting, sampleSize, seed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Study study && resolvedText().equals(study.resolvedText());
    }

    @Override
    public int hashCode() {
        return resolvedText().hashCode();
    }
}
