package dev.ratelab.fit.quadratic;

import dev.ratelab.math.SymmetricEigen;
import dev.ratelab.math.Vectors;

/**
 * The concave or indefinite quadratic {@code g's + s'Hs / 2} in an orthonormal eigenbasis of {@code H}: its maximiser in a ball
 * and its predicted gain.
 */
public final class QuadraticModel {
    private final double[] slope;
    private final double[] curvature;
    private final double[][] eigenvectors;

    /**
     * Decomposes a quadratic.
     *
     * @param gradient g; not modified
     * @param hessian H, symmetric; not modified
     */
    QuadraticModel(double[] gradient, double[][] hessian) {
        int size = gradient.length;
        slope = new double[size];
        curvature = new double[size];
        eigenvectors = new double[size][];
        if (size > 0) {
            SymmetricEigen eigen = new SymmetricEigen(hessian);
            for (int i = 0; i < size; i++) {
                curvature[i] = -eigen.value(i);
                eigenvectors[i] = eigen.vector(i);
                slope[i] = Vectors.dot(eigenvectors[i], gradient);
            }
        }
    }

    public int size() {
        return slope.length;
    }

    /** Eigenvalue {@code i} of {@code -H}. */
    public double curvature(int i) {
        return curvature[i];
    }

    /** Component {@code i} of the gradient in the eigenbasis. */
    public double slope(int i) {
        return slope[i];
    }

    public double smallestCurvature() {
        double smallest = Double.POSITIVE_INFINITY;
        for (double value : curvature) {
            smallest = Math.min(smallest, value);
        }
        return smallest;
    }

    public double largestCurvature() {
        double largest = Double.NEGATIVE_INFINITY;
        for (double value : curvature) {
            largest = Math.max(largest, value);
        }
        return largest;
    }

    /**
     * The global maximiser in the ball of a radius, by the secular equation {@code |(-H + mu I)^-1 g| = radius} (Moré and Sorensen
     * 1983), the hard case included.
     */
    double[] maximiser(double radius) {
        int size = size();
        if (size == 0) {
            return new double[0];
        }
        double smallest = smallestCurvature();
        double lower = Math.max(0, -smallest);
        double floor = lower + 1e-14 * Math.max(largestCurvature(), lower);
        if (smallest > 0 && stepNorm(0) <= radius) {
            return step(0, 0);
        }
        if (stepNorm(floor) < radius) {
            return step(floor, radius);
        }
        double low = floor;
        double high = lower + slopeNorm() / radius + floor;
        while (high < Double.MAX_VALUE && stepNorm(high) > radius) {
            high = 2 * high + Double.MIN_NORMAL;
        }
        // Bisection on a logarithmic scale of mu - lower, then the step is scaled to the radius exactly.
        for (int iteration = 0; iteration < 200 && high - low > 1e-12 * (high - lower); iteration++) {
            double offsetLow = Math.max(low - lower, 1e-18 * high);
            double middle = lower + Math.sqrt(offsetLow * (high - lower));
            if (middle <= low || middle >= high) {
                middle = 0.5 * (low + high);
            }
            if (stepNorm(middle) > radius) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return step(high, 0);
    }

    /** A step with the opposite component along the most ascending curvature. */
    double[] mirrored(double[] step) {
        double[] axis = eigenvectors[mostAscending()];
        return Vectors.sum(step, -2 * Vectors.dot(axis, step), axis);
    }

    /** {@code (-H)^-1 g} on the eigenvectors whose curvature is above a threshold, zero on the others. */
    double[] newtonStep(double threshold) {
        double[] coordinates = new double[size()];
        for (int i = 0; i < coordinates.length; i++) {
            coordinates[i] = curvature[i] > threshold ? slope[i] / curvature[i] : 0;
        }
        return Vectors.combine(eigenvectors, coordinates, coordinates.length);
    }

    private int mostAscending() {
        int most = 0;
        for (int i = 1; i < curvature.length; i++) {
            if (curvature[i] < curvature[most]) {
                most = i;
            }
        }
        return most;
    }

    private double slopeNorm() {
        return Vectors.norm(slope);
    }

    private double stepNorm(double mu) {
        double sum = 0;
        for (int i = 0; i < slope.length; i++) {
            double component = component(i, mu);
            sum += component * component;
        }
        return Math.sqrt(sum);
    }

    private double component(int i, double mu) {
        double denominator = curvature[i] + mu;
        if (slope[i] == 0) {
            return 0;
        }
        return denominator > 0 ? slope[i] / denominator : Double.POSITIVE_INFINITY;
    }

    /** The step of a multiplier; with a positive radius it is completed along the most ascending curvature (hard case). */
    private double[] step(double mu, double radius) {
        double[] coordinates = new double[size()];
        for (int i = 0; i < coordinates.length; i++) {
            coordinates[i] = component(i, mu);
        }
        if (radius > 0) {
            int most = mostAscending();
            double rest = radius * radius - Vectors.dot(coordinates, coordinates);
            double along = coordinates[most];
            double sign = slope[most] < 0 ? -1 : 1;
            coordinates[most] = sign * Math.sqrt(Math.max(0, rest + along * along));
        }
        return Vectors.combine(eigenvectors, coordinates, coordinates.length);
    }
}
