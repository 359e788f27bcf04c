package dev.ratelab.diagnose;

import dev.ratelab.math.Vectors;
import dev.ratelab.model.MixtureOfExperts;
import java.util.ArrayList;
import java.util.List;

/**
 * Which parameters are anchored so that a declared invariance is taken out: for each direction one parameter of the
 * largest coefficient, the last one of several, so that a translation anchors the last atom. The other parameters span the
 * same derivatives.
 */
final class Gauge {
    private static final double SAME = 1e-9;
    private static final double STEP = 0.123;

    private Gauge() {}

    /** Parameters to anchor for all declared invariances. */
    static boolean[] ofAll(LocalModel local) {
        return anchored(List.of(local.model().invariances(local.theta())), local.theta().length);
    }

    /** Parameters to anchor for {@link #translations}. */
    static boolean[] ofTranslations(LocalModel local) {
        return anchored(translations(local), local.theta().length);
    }

    /**
     * The declared invariances that are mere conventions of the parametrisation: those that do not depend on the parameters, or
     * that add one function of x to the scores of all atoms. Left are those by which a parameter is not identified, such as
     * the common scaling of weights and temperature.
     */
    static List<double[]> translations(LocalModel local) {
        MixtureOfExperts model = local.model();
        double[] moved = local.theta().clone();
        for (int a = 0; a < moved.length; a++) {
            moved[a] += STEP * (1 + a % 3);
        }
        double[][] elsewhere = model.invariances(moved);
        List<double[]> found = new ArrayList<>();
        for (double[] direction : model.invariances(local.theta())) {
            boolean constant = false;
            for (double[] other : elsewhere) {
                constant |= same(direction, other);
            }
            if (constant || shiftsAllScores(local, direction)) {
                found.add(direction);
            }
        }
        return found;
    }

    private static boolean same(double[] a, double[] b) {
        for (int i = 0; i < a.length; i++) {
            if (Math.abs(a[i] - b[i]) > SAME) {
                return false;
            }
        }
        return true;
    }

    private static boolean shiftsAllScores(LocalModel local, double[] direction) {
        double largest = 0;
        double difference = 0;
        for (int q = 0; q < local.nodes().size(); q++) {
            double first = slope(local, 0, direction, q);
            largest = Math.max(largest, Math.abs(first));
            for (int i = 1; i < local.score.length; i++) {
                difference = Math.max(difference, Math.abs(slope(local, i, direction, q) - first));
            }
        }
        return largest > SAME && difference <= SAME * largest;
    }

    private static double slope(LocalModel local, int atom, double[] direction, int q) {
        double sum = 0;
        for (int a = 0; a < direction.length; a++) {
            if (direction[a] != 0 && local.scoreSlope[atom][a] != null) {
                sum += direction[a] * local.scoreSlope[atom][a][q];
            }
        }
        return sum;
    }

    private static boolean[] anchored(List<double[]> directions, int parameters) {
        boolean[] anchored = new boolean[parameters];
        List<double[]> rest = new ArrayList<>();
        directions.forEach(direction -> rest.add(direction.clone()));
        for (int v = 0; v < rest.size(); v++) {
            double[] direction = rest.get(v);
            int pivot = -1;
            double best = 0;
            for (int a = 0; a < parameters; a++) {
                if (Math.abs(direction[a]) >= best * (1 - SAME) && Math.abs(direction[a]) > SAME) {
                    best = Math.abs(direction[a]);
                    pivot = a;
                }
            }
            if (pivot < 0) {
                continue;
            }
            anchored[pivot] = true;
            for (int w = v + 1; w < rest.size(); w++) {
                double factor = rest.get(w)[pivot] / direction[pivot];
                Vectors.add(rest.get(w), -factor, direction);
            }
        }
        return anchored;
    }
}
