package dev.ratelab.diagnose;

import dev.ratelab.math.Elementary;
import java.util.ArrayList;
import java.util.List;

/**
 * The minima of a {@link HeldProblem} at distances of which each is half of the one before: as many as are asked for, and
 * then on until the local exponent has settled, V comes near rounding or there are {@value #MOST_FURTHER} more.
 *
 * <p>Where V is smooth, local exponents approach the limit by steps that halve with the distance, so that the last step is
 * about what is left.
 */
final class ModulusSearch {
    /** The largest distance. */
    static final double LARGEST = 1;

    /** V up to this share of the size of the true function is rounding. */
    private static final double ROUNDING = 1e-14;

    /** Below this share of the size, rounding would show in the exponents of further distances. */
    private static final double SHOWS_ROUNDING = 1e-11;

    /** Change of the local exponent up to which it has settled. */
    private static final double SETTLED = 0.02;

    /** How many distances are added at most. */
    private static final int MOST_FURTHER = 6;

    /** New directions are tried at every second distance. */
    private static final int SCOUTED = 2;

    private final SphereSolver solver;
    private final double size;
    private final List<Double> deltas = new ArrayList<>();
    private final List<SphereSolver.Minimum> best = new ArrayList<>();
    private final List<double[]> known = new ArrayList<>();

    /**
     * Searches.
     *
     * @param size root mean square of the true function, positive
     * @param distances how many distances there are at least, at least 2
     */
    ModulusSearch(HeldProblem problem, double size, int distances) {
        solver = new SphereSolver(problem);
        this.size = size;
        while (deltas.size() < distances || (deltas.size() < distances + MOST_FURTHER && isUnsettled())) {
            descend();
        }
        climb();
    }

    private void descend() {
        int i = deltas.size();
        deltas.add(i == 0 ? LARGEST : deltas.get(i - 1) / 2);
        List<SphereSolver.Minimum> minima = solver.solve(deltas.get(i), known, i % SCOUTED == 0);
        best.add(minima.get(0));
        known.clear();
        minima.forEach(minimum -> known.add(minimum.point()));
    }

    /** Small distances are easier: their minima, scaled up, are starts that the way down may have missed. */
    private void climb() {
        for (int i = best.size() - 2; i >= 0; i--) {
            List<double[]> smaller = List.of(best.get(i + 1).point());
            SphereSolver.Minimum other =
                    solver.solve(deltas.get(i), smaller, false).get(0);
            if (other.norm() < best.get(i).norm()) {
                best.set(i, other);
            }
        }
    }

    /** Whether the last two local exponents differ and a further distance would tell more. */
    private boolean isUnsettled() {
        int last = best.size() - 1;
        if (last < 2 || best.get(last).norm() <= SHOWS_ROUNDING * size) {
            return false;
        }
        return !(Math.abs(exponent(last - 1) - exponent(last - 2)) <= SETTLED);
    }

    private double exponent(int i) {
        return Elementary.log(best.get(i).norm() / best.get(i + 1).norm()) / Elementary.log(2);
    }

    /** The distances, from the largest down. */
    List<Double> deltas() {
        return List.copyOf(deltas);
    }

    /** V at each distance. */
    List<Double> values() {
        return best.stream().map(SphereSolver.Minimum::norm).toList();
    }

    /** Whether V is zero to rounding at the smallest distance. */
    boolean flat() {
        return best.get(best.size() - 1).norm() <= ROUNDING * size;
    }
}
