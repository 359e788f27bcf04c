package dev.ratelab.diagnose;

import dev.ratelab.data.InputNodes;
import dev.ratelab.math.Cholesky;
import dev.ratelab.math.Elementary;
import dev.ratelab.math.Vectors;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Noise;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The distance in prediction between a truth and a model some of whose parameters are held at a distance from their true values.
 *
 * <p>The displacement of the flat vector is {@code d = D_s s + D_y y}: the held parameters move by {@code U's} with the rows of U
 * orthonormal, so that {@code |s|} is their distance; y moves the others. Directions that change nothing (a gauge), and the
 * difference of parameters that are tied, are kept at zero by the choice of {@code D_s} and {@code D_y}.
 *
 * <p>The residual is {@code f_G - f*} in regression and {@code 2 (sqrt(p_G / p*) - 1)} in the density problem, at the rows and
 * with the square roots of their weights; so the norm is that of {@code L2(mu)}, or twice the norm of
 * {@code sqrt(p_G) - sqrt(p*)}, and the Jacobian at the truth is the design of the Fisher information.
 */
final class HeldProblem {
    /** Length of a part of a unit vector that is rounding. */
    private static final double DEPENDENT = 1e-9;

    private final MixtureOfExperts model;
    private final double[] origin;
    private final InputNodes nodes;
    private final Rows rows;
    private final double[] reference;
    private final double[] rootWeight;
    private final double[][] held;
    private final double[][] free;

    /**
     * Sets the problem up.
     *
     * @param origin a vector that makes the true function; not modified
     * @param reference the true function at the rows
     * @param heldParameters the parameters that are held at a distance, at least one
     * @param zero linear forms of the displacement that are kept at zero
     */
    HeldProblem(
            MixtureOfExperts model,
            double[] origin,
            InputNodes nodes,
            Rows rows,
            double[] reference,
            int[] heldParameters,
            List<double[]> zero) {
        this.model = model;
        this.origin = origin;
        this.nodes = nodes;
        this.rows = rows;
        this.reference = reference;
        rootWeight = new double[rows.size()];
        for (int row = 0; row < rootWeight.length; row++) {
            rootWeight[row] = Math.sqrt(rows.weight()[row]);
        }
        int parameters = origin.length;
        double[][] basis = Vectors.orthogonalComplement(zero.toArray(new double[0][]), parameters);
        double[][] image = new double[basis.length][heldParameters.length];
        for (int b = 0; b < basis.length; b++) {
            for (int h = 0; h < heldParameters.length; h++) {
                image[b][h] = basis[b][heldParameters[h]];
            }
        }
        double[][] range = orthonormal(image);
        if (range.length == heldParameters.length) {
            // All can move: the parameters themselves are coordinates, in which flat directions are often axes.
            range = Vectors.orthogonalComplement(new double[0][], heldParameters.length);
        }
        // coordinates[r][b]: how basis vector b moves coordinate r of the held parameters.
        double[][] coordinates = new double[range.length][basis.length];
        for (int r = 0; r < range.length; r++) {
            coordinates[r] = Vectors.multiply(image, range[r]);
        }
        held = combined(pseudoInverse(coordinates), basis, parameters);
        free = combined(Vectors.orthogonalComplement(coordinates, basis.length), basis, parameters);
    }

    /** An orthonormal basis of the span of rows. */
    private static double[][] orthonormal(double[][] rows) {
        List<double[]> basis = new ArrayList<>();
        for (double[] row : rows) {
            double[] rest = Vectors.rest(row, basis);
            double length = Vectors.norm(rest);
            if (length > DEPENDENT) {
                basis.add(Vectors.scaled(rest, 1 / length));
            }
        }
        return basis.toArray(new double[0][]);
    }

    private static double[][] combined(double[][] combinations, double[][] basis, int parameters) {
        double[][] out = new double[combinations.length][];
        for (int i = 0; i < out.length; i++) {
            out[i] = Vectors.combine(basis, combinations[i], parameters);
        }
        return out;
    }

    /** The rows of {@code (C C')^-1 C} of a matrix C of full row rank. */
    private static double[][] pseudoInverse(double[][] c) {
        int count = c.length;
        double[][] gram = new double[count][count];
        for (int a = 0; a < count; a++) {
            for (int b = 0; b < count; b++) {
                gram[a][b] = Vectors.dot(c[a], c[b]);
            }
        }
        double[][] lower = Cholesky.lower(gram)
                .orElseThrow(() -> new IllegalStateException("held parameters cannot move independently"));
        double[][] rows = c.clone();
        // Forward, then backward substitution, row by row.
        for (int a = 0; a < count; a++) {
            for (int b = 0; b < a; b++) {
                rows[a] = Vectors.sum(rows[a], -lower[a][b], rows[b]);
            }
            rows[a] = Vectors.scaled(rows[a], 1 / lower[a][a]);
        }
        for (int a = count - 1; a >= 0; a--) {
            for (int b = a + 1; b < count; b++) {
                rows[a] = Vectors.sum(rows[a], -lower[b][a], rows[b]);
            }
            rows[a] = Vectors.scaled(rows[a], 1 / lower[a][a]);
        }
        return rows;
    }

    /** Number of coordinates s of the held parameters, at least 1 unless nothing can move. */
    int heldCount() {
        return held.length;
    }

    /** Number of coordinates y of the others. */
    int freeCount() {
        return free.length;
    }

    /** The flat vector at coordinates {@code (s, y)}. */
    double[] theta(double[] point) {
        double[] theta = origin.clone();
        for (int c = 0; c < point.length; c++) {
            Vectors.add(theta, point[c], c < held.length ? held[c] : free[c - held.length]);
        }
        return theta;
    }

    /** Residual and Jacobian by {@code (s, y)}. */
    record Linearisation(double[] residual, double[][] columns) {}

    /** The residual at coordinates {@code (s, y)}. */
    double[] residual(double[] point) {
        LocalModel local = new LocalModel(model, theta(point), nodes);
        double[] residual = new double[rows.size()];
        factors(Coefficients.of(local, rows), residual);
        return residual;
    }

    /** Residual and Jacobian at coordinates {@code (s, y)}: {@code columns[coordinate][row]}. */
    Linearisation linearise(double[] point) {
        LocalModel local = new LocalModel(model, theta(point), nodes);
        Coefficients coefficients = Coefficients.of(local, rows);
        double[] residual = new double[rows.size()];
        double[] factor = factors(coefficients, residual);
        Differentiation derivatives = new Differentiation(local, rows, coefficients);
        int[] atoms = IntStream.range(0, model.atoms()).toArray();
        List<double[]> byParameter = new ArrayList<>();
        for (int a = 0; a < origin.length; a++) {
            double[] column = derivatives.first(Direction.of(a), atoms);
            for (int row = 0; row < column.length; row++) {
                column[row] *= factor[row];
            }
            byParameter.add(column);
        }
        double[][] columns = new double[held.length + free.length][rows.size()];
        for (int c = 0; c < columns.length; c++) {
            double[] direction = c < held.length ? held[c] : free[c - held.length];
            for (int a = 0; a < direction.length; a++) {
                if (direction[a] != 0) {
                    Vectors.add(columns[c], direction[a], byParameter.get(a));
                }
            }
        }
        return new Linearisation(residual, columns);
    }

    /**
     * Fills the residual.
     *
     * @return by what the derivatives of {@link Differentiation} are multiplied, row by row
     */
    private double[] factors(Coefficients coefficients, double[] residual) {
        double[] factor = new double[rows.size()];
        boolean density = model.noise().kind() != Noise.Kind.KNOWN;
        for (int row = 0; row < factor.length; row++) {
            double difference = coefficients.value[row] - reference[row];
            if (density) {
                double half = Elementary.expm1(0.5 * difference);
                residual[row] = 2 * half * rootWeight[row];
                factor[row] = (1 + half) * rootWeight[row];
            } else {
                residual[row] = difference * rootWeight[row];
                factor[row] = rootWeight[row];
            }
        }
        return factor;
    }
}
