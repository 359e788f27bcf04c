package dev.ratelab.diagnose;

import dev.ratelab.data.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The model that is farthest from a truth in one atom among those that so many observations cannot tell from it: the inverse of
 * the modulus of continuity. With {@code V(delta) = r}, {@code r = sigma / sqrt(n)}, it is the model that attains {@code V(delta)}. Drawn
 * from at each n, such models show what minimax lower bounds are about and no fixed truth can show.
 *
 * @param delta distance of the atom from the truth, at most {@link Modulus#LARGEST}
 * @param distance distance in prediction, at most the radius; equal to it, to 1e-6, unless delta is the largest
 * @param model the model: as many atoms as the truth, or one more; its noise and inputs are those of the truth
 */
public record WorstCase(double delta, double distance, Truth model) {
    /** Distances below {@code 2^-SMALLEST} are not searched. */
    private static final int SMALLEST = 30;

    private static final double RELATIVE = 1e-6;
    private static final int MOST_BISECTIONS = 60;

    /**
     * The worst case within a radius.
     *
     * @param atom the true atom, from 0
     * @param cell number of atoms of the model in its cell, 1 or 2
     * @param radius largest distance in prediction, positive: in regression {@code sigma / sqrt(n)}, in units of the response; in
     *     the density problem {@code 1 / sqrt(n)}
     * @return nothing if the cell cannot have so many atoms
     * @throws IllegalArgumentException if the radius is not positive, the atom does not exist, or the radius is below the distances of
     *     models that double precision tells from the truth
     */
    public static Optional<WorstCase> of(Truth truth, int atom, int cell, double radius) {
        if (!(radius > 0 && radius < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("radius = " + radius + " must be positive and finite");
        }
        if (atom < 0 || atom >= truth.atoms().size()) {
            throw new IllegalArgumentException(
                    "atom = " + atom + " must be from 0 to " + (truth.atoms().size() - 1));
        }
        if (cell != 1 && cell != 2) {
            throw new IllegalArgumentException("cell = " + cell + " must be 1 or 2 atoms");
        }
        return new Modulus(truth).problem(atom, cell).map(held -> inverse(truth, held, radius));
    }

    /**
     * Number of atoms of the worst case: as many as the truth has, or more where a cell has two.
     *
     * @param atom the true atom, from 0
     * @param cell number of atoms of the model in its cell, 1 or 2
     * @return nothing if the cell cannot have so many atoms, or nothing of the atom can move
     */
    public static OptionalInt atoms(Truth truth, int atom, int cell) {
        Optional<Modulus.Cell> held = new Modulus(truth)
                .problem(atom, cell)
                .filter(one -> one.problem().heldCount() > 0);
        return held.isPresent() ? OptionalInt.of(held.get().model().atoms()) : OptionalInt.empty();
    }

    private static WorstCase inverse(Truth truth, Modulus.Cell held, double radius) {
        SphereSolver solver = new SphereSolver(held.problem());
        List<double[]> known = new ArrayList<>();
        double high = Modulus.LARGEST;
        SphereSolver.Minimum above = null;
        for (int halving = 0; halving <= SMALLEST; halving++) {
            List<SphereSolver.Minimum> minima = solver.solve(high, known, true);
            SphereSolver.Minimum best = minima.get(0);
            if (best.norm() <= radius) {
                return above == null
                        ? made(truth, held, high, best)
                        : between(truth, held, radius, high, best, 2 * high, above);
            }
            above = best;
            known.clear();
            minima.forEach(minimum -> known.add(minimum.point()));
            high /= 2;
        }
        throw new IllegalArgumentException("radius = " + radius + " is below what double precision resolves");
    }

    /** Bisection on the logarithm of delta: {@code V(low) <= radius < V(high)}. */
    private static WorstCase between(
            Truth truth,
            Modulus.Cell held,
            double radius,
            double low,
            SphereSolver.Minimum inside,
            double high,
            SphereSolver.Minimum outside) {
        SphereSolver solver = new SphereSolver(held.problem());
        double lower = low;
        double upper = high;
        SphereSolver.Minimum best = inside;
        SphereSolver.Minimum beyond = outside;
        for (int step = 0; step < MOST_BISECTIONS && best.norm() < radius * (1 - RELATIVE); step++) {
            double middle = Math.sqrt(lower * upper);
            SphereSolver.Minimum minimum = solver.solve(middle, List.of(best.point(), beyond.point()), false)
                    .get(0);
            if (minimum.norm() <= radius) {
                lower = middle;
                best = minimum;
            } else {
                upper = middle;
                beyond = minimum;
            }
        }
        return made(truth, held, lower, best);
    }

    private static WorstCase made(Truth truth, Modulus.Cell held, double delta, SphereSolver.Minimum minimum) {
        double[] theta = held.problem().theta(minimum.point());
        Truth model = new Truth(held.model(), held.model().toAtoms(theta), truth.input(), truth.noise());
        return new WorstCase(delta, minimum.norm(), model);
    }
}
