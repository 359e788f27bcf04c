package dev.ratelab.studyfile;

import dev.ratelab.data.Truth;
import dev.ratelab.math.LinearConstraint;
import dev.ratelab.model.Atom;
import dev.ratelab.model.Expert;
import dev.ratelab.model.Gate;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.ParameterBounds;
import dev.ratelab.model.Problem;
import dev.ratelab.study.Grid;
import dev.ratelab.study.StudyException;
import dev.ratelab.study.StudyKeys;
import dev.ratelab.study.StudyKeys.OfFit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Checks that a study's bounds hold the truth, as it is and as every fitted number of experts can write it. Of fits
 * whose family does not hold the truth nothing is asked.
 */
final class BoundChecks {
    private BoundChecks() {}

    static void refuseTruthOutside(
            Node root, Truth truth, Gate gate, Expert expert, Grid grid, ParameterBounds bounds) {
        List<Integer> holding = grid.fittedExperts().stream()
                .filter(experts -> truth.isHeldBy(gate, expert, experts))
                .toList();
        if (holding.isEmpty()) {
            return;
        }
        for (Atom atom : truth.problem() == Problem.DENSITY ? truth.atoms() : List.<Atom>of()) {
            if (atom.variance() < bounds.minVariance()) {
                throw refuse(root, ParameterBounds.MIN_VARIANCE, "is above the true variance " + atom.variance());
            }
            if (atom.variance() > bounds.maxVariance()) {
                throw refuse(root, ParameterBounds.MAX_VARIANCE, "is below the true variance " + atom.variance());
            }
        }
        double[] theta = truth.parameters();
        LinearConstraint worst = worst(truth.model(), theta, bounds);
        if (worst != null) {
            double needed = worst.excess(theta) + worst.limit();
            throw refuse(root, worst.name(), against(worst.name(), needed));
        }
        for (int experts : holding) {
            refuseNoRoom(root, truth, experts, bounds);
        }
    }

    /** What a bound is, compared with the truth, in the units in which it is written. */
    private static String against(String bound, double needed) {
        boolean least =
                bound.equals(ParameterBounds.MIN_INPUT_VARIANCE) || bound.equals(ParameterBounds.MIN_TEMPERATURE);
        return (least ? "is above the truth's " : "is below the truth's ") + ParameterBounds.inItsUnits(bound, needed);
    }

    /**
     * Refuses bounds in which the truth cannot be written with more atoms. Copies are added one at a time where they
     * leave the smallest excess; copies of one atom share its weight equally, which keeps their biases closest
     * together.
     */
    private static void refuseNoRoom(Node root, Truth truth, int experts, ParameterBounds bounds) {
        int[] copies = new int[truth.atoms().size()];
        Arrays.fill(copies, 1);
        LinearConstraint violated = null;
        double needed = 0;
        for (int total = copies.length + 1; total <= experts; total++) {
            MixtureOfExperts model = truth.model().withAtoms(total);
            boolean usable = model.gate()
                    .refusal(truth.problem(), total, model.dimension())
                    .isEmpty();
            int best = -1;
            double smallest = Double.POSITIVE_INFINITY;
            for (int i = 0; i < copies.length; i++) {
                if (!mayBeCopied(truth, i, copies, experts)) {
                    continue;
                }
                copies[i]++;
                // A number of atoms on the way that the gate cannot have is filled evenly.
                double largest = usable
                        ? largestExcess(
                                constraintsButVariances(model, bounds), model.toParameters(split(truth, copies)))
                        : copies[i];
                copies[i]--;
                if (best < 0 || largest < smallest) {
                    best = i;
                    smallest = largest;
                }
            }
            copies[best]++;
            if (total == experts) {
                double[] theta = model.toParameters(split(truth, copies));
                violated = worst(model, theta, bounds);
                needed = violated == null ? 0 : violated.excess(theta) + violated.limit();
            }
        }
        if (violated != null) {
            throw refuse(
                    root,
                    violated.name(),
                    "leaves no room for the truth written with " + experts + " experts, which needs " + needed);
        }
    }

    /** Whether the group of a true atom is not yet as large as it is with that many experts. */
    private static boolean mayBeCopied(Truth truth, int atom, int[] copies, int experts) {
        Gate gate = truth.model().gate();
        int group = gate.group(atom, copies.length);
        int held = 0;
        for (int j = 0; j < copies.length; j++) {
            held += gate.group(j, copies.length) == group ? copies[j] : 0;
        }
        int needed = 0;
        for (int i = 0; i < experts; i++) {
            needed += gate.group(i, experts) == group ? 1 : 0;
        }
        return held < needed;
    }

    private static List<Atom> split(Truth truth, int[] copies) {
        List<Atom> atoms = new ArrayList<>();
        for (int i = 0; i < copies.length; i++) {
            Atom share = truth.model().copy(truth.atoms().get(i), copies[i]);
            atoms.addAll(Collections.nCopies(copies[i], share));
        }
        return atoms;
    }

    /**
     * The constraint on gate or experts that is violated most, or null. Variances are compared as they are written, not as
     * logarithms.
     */
    private static LinearConstraint worst(MixtureOfExperts model, double[] theta, ParameterBounds bounds) {
        LinearConstraint worst = null;
        double largest = 0;
        for (LinearConstraint constraint : constraintsButVariances(model, bounds)) {
            if (constraint.excess(theta) > largest) {
                largest = constraint.excess(theta);
                worst = constraint;
            }
        }
        return worst;
    }

    private static double largestExcess(List<LinearConstraint> constraints, double[] theta) {
        double largest = Double.NEGATIVE_INFINITY;
        for (LinearConstraint constraint : constraints) {
            largest = Math.max(largest, constraint.excess(theta));
        }
        return largest;
    }

    private static List<LinearConstraint> constraintsButVariances(MixtureOfExperts model, ParameterBounds bounds) {
        return model.constraints(bounds).stream()
                .filter(constraint -> !constraint.name().equals(ParameterBounds.MIN_VARIANCE)
                        && !constraint.name().equals(ParameterBounds.MAX_VARIANCE))
                .toList();
    }

    private static StudyException refuse(Node root, String bound, String what) {
        Node node = root.get(StudyKeys.FIT, "").get(OfFit.BOUNDS, "").get(bound, "");
        return node.refuse(what + ": a study's bounds must hold the truth");
    }
}
