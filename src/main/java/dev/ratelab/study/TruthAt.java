package dev.ratelab.study;

import dev.ratelab.data.Truth;
import dev.ratelab.diagnose.WorstCase;
import dev.ratelab.math.LinearConstraint;
import dev.ratelab.model.ParameterBounds;
import dev.ratelab.model.Problem;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The truth at one sample size, and how far it is from the fixed one.
 *
 * @param truth what data are drawn from, and losses and starts refer to
 * @param point how it was moved
 */
public record TruthAt(Truth truth, TruthPoint point) {
    /** Worst cases take up to seconds, and all seeds of a size share one. A study has a few for each size. */
    private static final Map<String, TruthAt> COMPUTED = new ConcurrentHashMap<>();

    /** The truth of the study file. */
    static TruthAt fixed(Truth truth) {
        return new TruthAt(truth, TruthPoint.FIXED);
    }

    /**
     * The truth on a path; computed once in a JVM. A function of its arguments only.
     *
     * @param truth the fixed truth, in whose family the fit is
     * @param fittedExperts number of fitted experts k, at least those of the truth
     * @param sampleSize number of observations n, at least 1
     * @throws StudyException if so many observations cannot be told apart in double precision
     */
    static TruthAt of(Truth truth, TruthPath path, int fittedExperts, int sampleSize) {
        if (!path.worstCase()) {
            return fixed(truth);
        }
        String key = StudyText.lines(TruthText.identity(truth)) + path.id() + ";experts=" + fittedExperts + ";n="
                + sampleSize;
        return COMPUTED.computeIfAbsent(key, absent -> farthest(truth, path, fittedExperts, sampleSize));
    }

    /**
     * Number of atoms of the moved truth in the cell of the moved atom: that of the path, or else two if some atom can have two and
     * the fit as many as the whole truth then has, else one.
     */
    public static int cell(Truth truth, TruthPath path, int fittedExperts) {
        return path.cell().orElse(available(truth, path, 2, fittedExperts) ? 2 : 1);
    }

    /** Whether an atom of the path can have a cell of so many atoms, and the fit holds the truth then. */
    public static boolean available(Truth truth, TruthPath path, int cell, int fittedExperts) {
        for (int atom = 0; atom < truth.atoms().size(); atom++) {
            if (moves(truth, path, atom, cell, fittedExperts)) {
                return true;
            }
        }
        return false;
    }

    private static boolean moves(Truth truth, TruthPath path, int atom, int cell, int fittedExperts) {
        if (path.atom().orElse(atom + 1) != atom + 1) {
            return false;
        }
        OptionalInt atoms = WorstCase.atoms(truth, atom, cell);
        return atoms.isPresent() && atoms.getAsInt() <= fittedExperts;
    }

    /** The worst case over the atoms of the path; the first of those that get equally far. */
    private static TruthAt farthest(Truth truth, TruthPath path, int fittedExperts, int sampleSize) {
        int cell = cell(truth, path, fittedExperts);
        double deviation = truth.problem() == Problem.DENSITY
                ? 1
                : Math.sqrt(truth.atoms().get(0).variance());
        double radius = deviation / Math.sqrt(sampleSize);
        TruthAt farthest = null;
        for (int atom = 0; atom < truth.atoms().size(); atom++) {
            if (!moves(truth, path, atom, cell, fittedExperts)) {
                continue;
            }
            Optional<WorstCase> worst;
            try {
                worst = WorstCase.of(truth, atom, cell, radius);
            } catch (IllegalArgumentException refused) {
                throw new StudyException(
                        "truth.path = " + path.id() + " at n = " + sampleSize + ": " + refused.getMessage(), refused);
            }
            double delta = worst.orElseThrow().delta();
            if (farthest == null || delta > farthest.point().delta()) {
                farthest = new TruthAt(worst.orElseThrow().model(), new TruthPoint(path.id(), atom + 1, cell, delta));
            }
        }
        if (farthest == null) {
            throw new StudyException("truth.path = " + path.id() + " moves no atom of the truth");
        }
        return farthest;
    }

    /**
     * Refuses a moved truth outside the bounds: estimates could not reach it.
     *
     * @throws StudyException with the bound and what it must hold
     */
    public void refuseOutside(ParameterBounds bounds, int sampleSize) {
        if (!point.moved()) {
            return;
        }
        double[] theta = truth.parameters();
        for (LinearConstraint constraint : truth.model().constraints(bounds)) {
            if (constraint.excess(theta) > 0) {
                double needed = constraint.excess(theta) + constraint.limit();
                throw new StudyException("truth.path = " + point.path() + " at n = " + sampleSize + ": fit.bounds."
                        + constraint.name() + " must hold the moved truth, which needs "
                        + ParameterBounds.inItsUnits(constraint.name(), needed));
            }
        }
    }
}
