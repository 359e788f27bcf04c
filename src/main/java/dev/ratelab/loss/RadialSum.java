package dev.ratelab.loss;

import dev.ratelab.math.Cholesky;
import java.util.Arrays;
import java.util.Optional;

/**
 * The convex function {@code B(t) = sum_i c_i (|t - p_i|^2 + q_i^2)^(rho_i / 2)} of {@code t} in {@code R^d} and its
 * minimum.
 *
 * <p>With {@code rho = 1} and {@code q = 0} it has a kink at {@code p}, and nearly one where {@code q} is small. The
 * minimum is therefore found by damped Newton steps on {@code B} with {@code q^2 + e^2} in place of {@code q^2} in the
 * terms of power 1, for {@code e} falling to 0, and compared with all kinks. The value at the returned point is within
 * a relative 1e-9 of the minimum.
 */
final class RadialSum {
    private static final int LEVELS = 12;
    private static final int MAX_STEPS = 100;
    private static final int MAX_HALVINGS = 60;
    private static final double STOP = 1e-16;
    private static final double SUFFICIENT = 1e-4;

    private final double[] coefficient;
    private final double[][] centre;
    private final double[] squaredOffset;
    private final int[] power;
    private final int dimension;

    /**
     * Arrays with one entry a term, at least one; owned by the sum.
     *
     * @param coefficient {@code c_i}, at least 0
     * @param centre {@code p_i}, d numbers each
     * @param squaredOffset {@code q_i^2}, at least 0
     * @param power {@code rho_i}, a natural number
     */
    RadialSum(double[] coefficient, double[][] centre, double[] squaredOffset, int[] power) {
        this.coefficient = coefficient;
        this.centre = centre;
        this.squaredOffset = squaredOffset;
        this.power = power;
        this.dimension = centre[0].length;
    }

    /** {@code v^(n / 2)} for {@code v >= 0} and a natural number n. */
    static double halfPower(double v, int n) {
        double result = (n & 1) == 1 ? Math.sqrt(v) : 1;
        for (int i = 0; i < n / 2; i++) {
            result *= v;
        }
        return result;
    }

    /** {@code B(t)}. */
    double value(double[] t) {
        return value(t, 0);
    }

    private double value(double[] t, double squaredSmoothing) {
        double sum = 0;
        for (int i = 0; i < coefficient.length; i++) {
            sum += coefficient[i] * halfPower(squaredRadius(i, t, squaredSmoothing), power[i]);
        }
        return sum;
    }

    private double squaredRadius(int i, double[] t, double squaredSmoothing) {
        double smooth = power[i] == 1 ? squaredSmoothing : 0;
        return MixingMeasure.squaredDistance(t, centre[i], 0, dimension) + squaredOffset[i] + smooth;
    }

    /** A point where {@code B} is smallest. */
    double[] minimise() {
        double[] t = mean();
        double scale = 0;
        for (double[] p : centre) {
            scale = Math.max(scale, MixingMeasure.squaredDistance(p, t, 0, dimension));
        }
        if (scale == 0) {
            return t;
        }
        double squaredSmoothing = scale;
        for (int level = 0; level < LEVELS; level++) {
            descend(t, squaredSmoothing);
            squaredSmoothing *= 0.01;
        }
        t = bestOfCentresAnd(t);
        descend(t, 0);
        return bestOfCentresAnd(t);
    }

    private double[] mean() {
        double[] sum = new double[dimension];
        double total = 0;
        for (int i = 0; i < centre.length; i++) {
            total += coefficient[i];
            for (int c = 0; c < dimension; c++) {
                sum[c] += coefficient[i] * centre[i][c];
            }
        }
        if (!(total > 0)) {
            return centre[0].clone();
        }
        for (int c = 0; c < dimension; c++) {
            sum[c] /= total;
        }
        return sum;
    }

    private double[] bestOfCentresAnd(double[] t) {
        double[] best = t;
        double lowest = value(t);
        for (double[] p : centre) {
            double there = value(p);
            if (there < lowest) {
                lowest = there;
                best = p;
            }
        }
        return best.clone();
    }

    private void descend(double[] t, double squaredSmoothing) {
        double[] gradient = new double[dimension];
        double[] trial = new double[dimension];
        double current = value(t, squaredSmoothing);
        for (int step = 0; step < MAX_STEPS && current > 0; step++) {
            double[][] hessian = new double[dimension][dimension];
            derivatives(t, squaredSmoothing, gradient, hessian);
            double[] direction = newtonDirection(hessian, gradient);
            double decrement = 0;
            for (int c = 0; c < dimension; c++) {
                decrement -= gradient[c] * direction[c];
            }
            if (!(decrement > STOP * current)) {
                return;
            }
            double length = 1;
            double next = current;
            for (int halving = 0; halving < MAX_HALVINGS; halving++) {
                for (int c = 0; c < dimension; c++) {
                    trial[c] = t[c] + length * direction[c];
                }
                next = value(trial, squaredSmoothing);
                if (next <= current - SUFFICIENT * length * decrement) {
                    break;
                }
                length *= 0.5;
            }
            if (!(next < current)) {
                return;
            }
            System.arraycopy(trial, 0, t, 0, dimension);
            current = next;
        }
    }

    private void derivatives(double[] t, double squaredSmoothing, double[] gradient, double[][] hessian) {
        Arrays.fill(gradient, 0);
        for (int i = 0; i < coefficient.length; i++) {
            double v = squaredRadius(i, t, squaredSmoothing);
            if (v == 0) {
                continue;
            }
            double slope = coefficient[i] * power[i] * halfPower(v, power[i]) / v;
            double[] p = centre[i];
            for (int a = 0; a < dimension; a++) {
                double da = t[a] - p[a];
                gradient[a] += slope * da;
                hessian[a][a] += slope;
                for (int b = 0; b < dimension; b++) {
                    hessian[a][b] += slope * (power[i] - 2) * (da / v) * (t[b] - p[b]);
                }
            }
        }
    }

    /**
     * {@code -H^-1 g}, with a multiple of the identity added to H until it is positive definite; zero if no multiple does, as
     * where the derivatives are not numbers.
     *
     * @param hessian its diagonal is modified
     */
    private double[] newtonDirection(double[][] hessian, double[] gradient) {
        double[] diagonal = new double[dimension];
        double[] downhill = new double[dimension];
        double trace = 0;
        for (int a = 0; a < dimension; a++) {
            diagonal[a] = hessian[a][a];
            downhill[a] = -gradient[a];
            trace += diagonal[a];
        }
        // At least the smallest normal number: where all terms are flat, both are zero and no multiple would grow.
        for (double ridge = Math.max(1e-15 * trace, Double.MIN_NORMAL); ridge < Double.POSITIVE_INFINITY; ridge *= 10) {
            for (int a = 0; a < dimension; a++) {
                hessian[a][a] = diagonal[a] + ridge;
            }
            Optional<double[][]> factor = Cholesky.lower(hessian);
            if (factor.isPresent()) {
                return Cholesky.solve(factor.get(), downhill);
            }
        }
        return new double[dimension];
    }
}
