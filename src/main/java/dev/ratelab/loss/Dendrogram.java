package dev.ratelab.loss;

import dev.ratelab.math.Elementary;
import dev.ratelab.model.Atom;
import dev.ratelab.model.Gate;
import dev.ratelab.model.InvariantForm;
import dev.ratelab.model.Merging;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/**
 * The dendrogram of a mixing measure: the two most similar atoms are merged, then the two most similar of what is left, and so on
 * down to one. Of an over-specified fit it puts back together the atoms among which a true one is split.
 *
 * <p>Atoms of masses {@code w_i} (summing to one), gate weights {@code b_i}, expert parameters {@code eta_i} and variances
 * {@code nu_i} have the dissimilarity
 *
 * <pre>
 *   d(i, j) = 1 / (1 / w_i + 1 / w_j) (|b_i - b_j|^2 + |eta_i - eta_j|^2 + |nu_i - nu_j|)
 * </pre>
 *
 * <p>and merge into the atom of mass {@code w_i + w_j} whose other parameters are the means weighted by mass. Gate weights are
 * compared in the gate's invariant form, over a temperature. Of experts with discrete symmetries the equivalent of the
 * lighter atom's parameters that is nearest to the heavier one's is taken. A known variance, that of a regression, does not count.
 *
 * <p>Masses are {@code exp(bias)}, so those at inputs of zero, up to a common factor that the data do not know; summing to one fixes
 * that factor, which scales all dissimilarities alike. The result does not depend on the order of the atoms, to the last bit.
 *
 * <p>Source: arXiv 2510.12744.
 */
public final class Dendrogram {
    private static final Comparator<Entry> ORDER = Comparator.comparingDouble(Entry::logMass)
            .thenComparing(entry -> entry.atom().gate(), Arrays::compare)
            .thenComparing(entry -> entry.atom().expert(), Arrays::compare)
            .thenComparingDouble(entry -> entry.atom().variance());

    private final MixtureOfExperts model;
    private final Merging merging;
    private final InvariantForm coordinates;
    private final EquivalentExperts experts;

    /**
     * The atoms at one stage of the merging.
     *
     * @param atoms the atoms, lightest first
     * @param height dissimilarity of the two most similar ones, at which they merge; infinite for a single atom
     */
    public record Level(List<Atom> atoms, double height) {
        public Level {
            atoms = List.copyOf(atoms);
        }
    }

    private record Entry(Atom atom, double logMass) {}

    private record Pair(int lighter, int heavier, double dissimilarity) {}

    private Dendrogram(MixtureOfExperts model, Merging merging) {
        this.model = model;
        this.merging = merging;
        this.coordinates = model.gate().invariantForm(model.dimension());
        this.experts = new EquivalentExperts(model.expert(), model.dimension());
    }

    /**
     * All levels, that of all atoms first, that of a single atom last.
     *
     * @param model the fitted family; its gate must allow {@linkplain Gate#merging merging}
     * @param atoms finite parameters, variances positive, at least one atom; not modified
     * @throws IllegalArgumentException if atoms of the gate cannot be merged, or there are none
     */
    public static List<Level> of(MixtureOfExperts model, List<Atom> atoms) {
        Merging merging = model.gate()
                .merging()
                .orElseThrow(() -> new IllegalArgumentException(
                        "atoms of the gate " + model.gate().id() + " cannot be merged: "
                                + "their scores are no linear functions of parameters of their own"));
        if (atoms.isEmpty()) {
            throw new IllegalArgumentException("there are no atoms to merge");
        }
        return new Dendrogram(model, merging).levels(atoms);
    }

    /**
     * The level that the dendrogram information criterion chooses: the smallest {@code -(height + log(n) loglik / n)} among the levels
     * of two atoms and more. Above the true number of atoms the height vanishes, below it the likelihood is lost.
     *
     * @param levels all levels of a measure
     * @param logLikelihoods the log likelihood of the data at each of them, nats; a level at which it is not finite is not chosen
     * @param observations number of observations n, at least 1
     * @return an index of a level; the only one if there is one; empty if no level has a finite criterion
     */
    public static OptionalInt chosen(List<Level> levels, double[] logLikelihoods, double observations) {
        if (levels.size() == 1) {
            return OptionalInt.of(0);
        }
        double perObservation = Elementary.log(observations) / observations;
        double best = Double.POSITIVE_INFINITY;
        OptionalInt chosen = OptionalInt.empty();
        for (int level = 0; level < levels.size() - 1; level++) {
            double criterion = -(levels.get(level).height() + perObservation * logLikelihoods[level]);
            if (criterion < best && Double.isFinite(criterion)) {
                best = criterion;
                chosen = OptionalInt.of(level);
            }
        }
        return chosen;
    }

    private List<Level> levels(List<Atom> atoms) {
        double[] logMasses = atoms.stream().mapToDouble(this::logMass).sorted().toArray();
        double total = Elementary.logSumExp(logMasses);
        List<Entry> entries = new ArrayList<>();
        for (Atom atom : atoms) {
            entries.add(new Entry(atom, logMass(atom)));
        }
        List<Level> levels = new ArrayList<>();
        while (true) {
            entries.sort(ORDER);
            List<Atom> left = entries.stream().map(Entry::atom).toList();
            if (entries.size() == 1) {
                levels.add(new Level(left, Double.POSITIVE_INFINITY));
                return levels;
            }
            Pair pair = mostSimilar(entries, total);
            levels.add(new Level(left, pair.dissimilarity()));
            Entry merged = merged(entries.get(pair.lighter()), entries.get(pair.heavier()));
            entries.remove(pair.heavier());
            entries.remove(pair.lighter());
            entries.add(merged);
        }
    }

    private double logMass(Atom atom) {
        return model.gate().mass().log(atom.gate(), model.dimension());
    }

    private Pair mostSimilar(List<Entry> entries, double total) {
        Pair best = new Pair(0, 1, Double.POSITIVE_INFINITY);
        for (int i = 0; i < entries.size(); i++) {
            for (int j = i + 1; j < entries.size(); j++) {
                double dissimilarity = dissimilarity(entries.get(i), entries.get(j), total);
                if (dissimilarity < best.dissimilarity()) {
                    best = new Pair(i, j, dissimilarity);
                }
            }
        }
        return best;
    }

    private double dissimilarity(Entry lighter, Entry heavier, double total) {
        // The factor as the lighter mass times the heavier share: of a vanishing mass it is zero, not one over infinity
        // plus infinity.
        double light = Elementary.exp(lighter.logMass() - total);
        double share = 1 / (1 + Elementary.exp(lighter.logMass() - heavier.logMass()));
        double[] first = coordinates.of(lighter.atom().gate());
        double[] second = coordinates.of(heavier.atom().gate());
        double[] expert =
                experts.nearest(lighter.atom().expert(), heavier.atom().expert());
        double variance = model.problem() == Problem.DENSITY
                ? Math.abs(lighter.atom().variance() - heavier.atom().variance())
                : 0;
        return light
                * share
                * (MixingMeasure.squaredDistance(first, second, 1, first.length - 1)
                        + MixingMeasure.squaredDistance(expert, heavier.atom().expert(), 0, expert.length)
                        + variance);
    }

    private Entry merged(Entry lighter, Entry heavier) {
        double logMass = Elementary.logSumExp(new double[] {lighter.logMass(), heavier.logMass()});
        double share = Elementary.exp(lighter.logMass() - logMass);
        double[] gate = mean(lighter.atom().gate(), heavier.atom().gate(), share);
        merging.setLogMass(gate, logMass);
        double[] expert = mean(
                experts.nearest(lighter.atom().expert(), heavier.atom().expert()),
                heavier.atom().expert(),
                share);
        double variance = between(lighter.atom().variance(), heavier.atom().variance(), share);
        return new Entry(new Atom(gate, expert, variance), logMass);
    }

    private static double[] mean(double[] lighter, double[] heavier, double share) {
        double[] mean = new double[heavier.length];
        for (int c = 0; c < mean.length; c++) {
            mean[c] = between(lighter[c], heavier[c], share);
        }
        return mean;
    }

    /** The mean as a step from the heavier value, so that that of equal values is that value exactly. */
    private static double between(double lighter, double heavier, double share) {
        return heavier + share * (lighter - heavier);
    }
}
