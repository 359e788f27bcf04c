package dev.ratelab.run;

import dev.ratelab.data.Rows;
import dev.ratelab.data.RowsLostException;
import dev.ratelab.data.Truth;
import dev.ratelab.fit.Estimate;
import dev.ratelab.fit.Estimator;
import dev.ratelab.fit.ascent.Certificate;
import dev.ratelab.fit.ascent.FitStatus;
import dev.ratelab.fit.ascent.Starts;
import dev.ratelab.loss.LossEvaluator;
import dev.ratelab.loss.LossName;
import dev.ratelab.loss.VoronoiCells;
import dev.ratelab.model.Atom;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.ParameterKind;
import dev.ratelab.study.Setting;
import dev.ratelab.study.Study;
import dev.ratelab.study.TruthAt;
import dev.ratelab.study.TruthPoint;
import dev.ratelab.target.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Makes the fits of a study, one at a time, in plain Java: draw the data, fit, certify, measure the losses.
 *
 * <p>Every fit gives one row, whatever happens: a failure is a row with the status {@link FitStatus#ERROR} and a message. All
 * columns but the time and the host depend on the study and the coordinates only. Safe for use by several threads.
 */
public final class FitRunner {
    private static final double NANOS_PER_MILLI = 1e6;

    private final Study study;
    private final RowSource source;
    private final String studyHash;
    private final Map<String, Setting> settings;
    private final Map<FitKey, Target> targets = new ConcurrentHashMap<>();

    /** A runner on data sets of this machine. */
    public FitRunner(Study study) {
        this(study, RowSource.local(study));
    }

    /** A runner on data sets from elsewhere. */
    public FitRunner(Study study, RowSource source) {
        this.study = study;
        this.source = source;
        this.studyHash = study.hash();
        this.settings = study.settings().stream().collect(Collectors.toMap(Setting::id, setting -> setting));
    }

    /**
     * Makes one fit.
     *
     * @param key coordinates of a setting of this study
     * @throws IllegalArgumentException if the study has no such setting
     * @throws RowsLostException if the data set is elsewhere and cannot be had any more
     */
    public FitRow run(FitKey key) {
        Setting setting = settings.get(key.setting());
        if (setting == null) {
            throw new IllegalArgumentException("the study has no setting '" + key.setting() + "'; it has "
                    + settings.keySet().stream().sorted().collect(Collectors.joining(", ")));
        }
        long start = System.nanoTime();
        try {
            return fit(setting, key, start);
        } catch (RowsLostException lost) {
            throw lost;
        } catch (Exception | StackOverflowError | AssertionError failure) {
            return failed(setting, key, failure, start);
        }
    }

    private FitRow fit(Setting setting, FitKey key, long startNanos) {
        TruthAt at = study.truthAt(setting, key.sampleSize());
        at.refuseOutside(study.bounds(), key.sampleSize());
        Truth truth = at.truth();
        // A fixed truth has one target for all sizes.
        FitKey place = new FitKey(setting.id(), at.point().moved() ? key.sampleSize() : 1, 1);
        Target target = targets.computeIfAbsent(place, absent -> Target.of(study, setting, key.sampleSize()));
        Rows sample = source.rows(setting, key.sampleSize(), key.seed());
        MixtureOfExperts model = setting.model(truth);
        Estimate estimate = new Estimator(model, study.bounds(), study.stop())
                .fit(
                        sample,
                        Starts.of(
                                study.starts(setting, key.sampleSize()),
                                target.start(),
                                model,
                                sample,
                                study.startKey(setting, key.sampleSize(), key.seed())));
        Certificate certificate = estimate.certificate();
        boolean finite = certificate.status() != FitStatus.NON_FINITE;
        List<Atom> atoms = model.toAtoms(estimate.parameters());
        LossEvaluator.Evaluation measured = target.losses()
                .filter(evaluator -> finite)
                .map(evaluator -> evaluator.evaluate(model, atoms))
                .orElseGet(() -> new LossEvaluator.Evaluation(Map.of(), Optional.empty()));
        Map<LossName, Double> losses = new TreeMap<>(selected(measured.losses()));
        if (study.identifiedSet().isPresent()
                && target.losses().isPresent()
                && certificate.status().certified()) {
            losses.putAll(IdentifiedSetLosses.of(
                    study.identifiedSet().get(),
                    model,
                    study.bounds(),
                    sample,
                    estimate,
                    target.start(),
                    target.losses().get(),
                    study.startKey(setting, key.sampleSize(), key.seed())));
        }
        if (study.startKinds().isPresent() && target.losses().isPresent()) {
            losses.putAll(study.startKinds()
                    .get()
                    .losses(model, estimate, target.losses().get()));
        }
        // An estimate that is not finite has no losses, and its atoms cannot be merged.
        if (study.merge().isPresent()
                && model.gate().merging().isPresent()
                && !measured.losses().isEmpty()) {
            losses.putAll(MergedLosses.of(
                    study.merge().get(),
                    model,
                    sample,
                    atoms,
                    target.start().atoms().size(),
                    target.losses().get()));
        }
        return new FitRow(
                key,
                fitted(setting),
                certificate,
                target.message(),
                new StartSummary(
                        estimate.iterations(),
                        estimate.totalIterations(),
                        estimate.starts(),
                        estimate.certifiedStarts(),
                        estimate.startsAtOptimum(),
                        estimate.startKind().id()),
                new Likelihoods(
                        estimate.logLikelihood(),
                        estimate.oracleLogLikelihood(),
                        estimate.randomLogLikelihood(),
                        estimate.uncertifiedGain(),
                        Estimator.logLikelihood(truth.model(), sample, truth.parameters())),
                new LinkedHashMap<>(losses),
                stored(model, atoms, measured.cells()),
                target.kind(),
                target.status(),
                at.point(),
                Provenance.here(millisSince(startNanos), studyHash));
    }

    private FittedSetting fitted(Setting setting) {
        return new FittedSetting(
                setting.gate().id(),
                setting.expert().id(),
                study.problem().id(),
                setting.fittedExperts(),
                setting.startRadiusFactor());
    }

    private FitRow failed(Setting setting, FitKey key, Throwable failure, long startNanos) {
        return new FitRow(
                key,
                fitted(setting),
                Certificate.none(FitStatus.ERROR),
                failure.toString(),
                StartSummary.NONE,
                Likelihoods.UNKNOWN,
                Map.of(),
                List.of(),
                study.misSpecified(setting) ? Target.PROJECTION : Target.TRUTH,
                "",
                TruthPoint.unknown(setting.path()),
                Provenance.here(millisSince(startNanos), studyHash));
    }

    private Map<LossName, Double> selected(Map<LossName, Double> all) {
        if (study.losses().isEmpty()) {
            return all;
        }
        Map<LossName, Double> chosen = new LinkedHashMap<>(all);
        chosen.keySet().removeIf(name -> !study.losses().contains(name.pattern()));
        return chosen;
    }

    /** Atoms as they are stored: parameters by kind, cells counted from 1, or 0 where there are none. */
    private static List<FitRow.StoredAtom> stored(
            MixtureOfExperts model, List<Atom> atoms, Optional<VoronoiCells> cells) {
        List<FitRow.StoredAtom> list = new ArrayList<>();
        for (int i = 0; i < atoms.size(); i++) {
            Atom atom = atoms.get(i);
            list.add(new FitRow.StoredAtom(
                    cells.isPresent() ? cells.get().cellOf()[i] + 1 : 0,
                    byKind(model.gate().kinds(model.dimension()), atom.gate()),
                    byKind(model.expert().kinds(model.dimension()), atom.expert()),
                    atom.variance()));
        }
        return list;
    }

    /** The parameters of one atom, grouped by the names of their kinds. */
    public static Map<String, List<Double>> byKind(List<ParameterKind> kinds, double[] parameters) {
        Map<String, List<Double>> map = new LinkedHashMap<>();
        for (ParameterKind kind : kinds) {
            List<Double> values = new ArrayList<>();
            for (int c = 0; c < kind.length(); c++) {
                values.add(parameters[kind.offset() + c]);
            }
            map.put(kind.name(), values);
        }
        return map;
    }

    private static double millisSince(long startNanos) {
        return (System.nanoTime() - startNanos) / NANOS_PER_MILLI;
    }
}
