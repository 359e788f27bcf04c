package dev.ratelab.fit.quadratic;

import dev.ratelab.math.SymmetricEigen;
import dev.ratelab.math.Vectors;
import java.util.ArrayList;
import java.util.List;

/**
 * The quadratic approximation of an objective near the ridge of its maximum, on which a second function is to be made large: steps
 * that raise a linear function while the objective keeps a level, and shortest steps back to a level.
 *
 * <p>Coordinates {@code z} are those of a {@link ScaledSpace}. With {@code q(z) = g'z - z'Kz / 2} the change of the objective, the two
 * problems are
 * <pre>{@code
 *   ascend:  max l'z   subject to q(z) >= -room, |z| <= radius
 *   restore: min |z|   subject to q(z) >= gain
 * }</pre>
 * within the linear constraints of the compact set. Without these the solutions are {@code z = (K + mu I)^-1 (g + lambda l)} and
 * {@code z = (K + mu I)^-1 g}, one-dimensional searches for {@code mu} in an eigenbasis of {@code K}. With them they are solved on each face
 * of a {@linkplain ScaledSpace#walk way}: a feasible step, not always the best one.
 */
public final class RidgeModel {
    private static final int BISECTIONS = 60;

    /** Share of the largest curvature that the smallest denominator keeps. */
    private static final double SMALLEST_SHIFT = 1e-14;

    private final ScaledSpace space;
    private final double[] gradient;
    private final double[][] curvature;
    private final Face whole;

    /**
     * Sets up the approximation.
     *
     * @param theta the point, feasible; not modified
     * @param byParameters gradient there, finite; not modified
     * @param secondByParameters Hessian there, finite; not modified
     * @param metric diagonal of the metric, positive
     * @param invariances directions that are held fixed
     */
    public RidgeModel(
            FeasibleSet feasible,
            double[] theta,
            double[] byParameters,
            double[][] secondByParameters,
            double[] metric,
            double[][] invariances) {
        space = new ScaledSpace(feasible, theta, metric, invariances);
        gradient = space.gradient(byParameters);
        curvature = space.hessian(secondByParameters);
        for (double[] row : curvature) {
            for (int b = 0; b < row.length; b++) {
                row[b] = -row[b];
            }
        }
        whole = new Face(space.face(List.of()), new double[space.size()]);
    }

    /** Number of coordinates. */
    public int size() {
        return space.size();
    }

    /** A gradient by the parameters as one by the coordinates. */
    public double[] scaled(double[] byParameters) {
        return space.gradient(byParameters);
    }

    /** The direction, of length 1, along which the objective curves downwards least but for {@code rank} others. */
    public double[] flattest(int rank) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < whole.value.length; i++) {
            order.add(i);
        }
        order.sort((left, right) -> Double.compare(whole.value[left], whole.value[right]));
        return whole.vector[order.get(rank % order.size())];
    }

    /**
     * The linear function whose maximum over {@code z'Kz <= 1} lies in the whitened direction {@code normal}: {@code K^(1/2) normal}.
     * Upward curvature counts as none.
     */
    public double[] whitened(double[] normal) {
        double[] coordinates = new double[normal.length];
        double least = SMALLEST_SHIFT * whole.largest;
        for (int i = 0; i < coordinates.length; i++) {
            coordinates[i] = Math.sqrt(Math.max(whole.value[i], least)) * normal[i];
        }
        return Vectors.combine(whole.vector, coordinates, coordinates.length);
    }

    /**
     * A step that raises a linear function.
     *
     * @param slope {@code l}, by the coordinates; not modified
     * @param room what the objective may fall, nats, at least 0
     * @param radius largest length
     */
    public Step ascend(double[] slope, double room, double radius) {
        return climb(
                radius,
                slope,
                (face, z, rest) ->
                        face.ascend(Vectors.multiply(face.free, slope), Math.max(0, room + change(z)), rest));
    }

    /**
     * A step that raises the objective, no longer than it need be.
     *
     * @param gain wanted increase, nats, positive; a step that the approximation does not give it ends at its maximum
     * @param radius largest length
     */
    public Step restore(double gain, double radius) {
        return climb(radius, gradient, (face, z, rest) -> face.restore(gain - change(z), rest));
    }

    private interface FaceStep {
        double[] of(Face face, double[] z, double rest);
    }

    private Step climb(double radius, double[] slope, FaceStep solver) {
        double[] end = space.walk(
                radius,
                List.of(),
                (number, free, z, rest) -> solver.of(number == 0 ? whole : new Face(free, z), z, rest));
        return new Step(space.unscaled(end), Vectors.norm(end), Vectors.dot(slope, end));
    }

    /** Change of the objective by a step. */
    private double change(double[] z) {
        return Vectors.dot(gradient, z) - 0.5 * Vectors.dot(z, Vectors.multiply(curvature, z));
    }

    /**
     * A step.
     *
     * @param delta change of the parameters
     * @param length length in the scaled metric
     * @param rise predicted rise of the linear function
     */
    public record Step(double[] delta, double length, double rise) {}

    /** The approximation on a face of the compact set, at a point of it, in an eigenbasis of its curvature. */
    private final class Face {
        private final double[][] free;
        private final double[] value;
        private final double[][] vector;
        private final double[] rise;
        private final double largest;
        private final double leastShift;

        /**
         * Decomposes the curvature.
         *
         * @param free orthonormal rows that span the face
         * @param z a point of the face
         */
        Face(double[][] free, double[] z) {
            this.free = free;
            double[] pull = Vectors.multiply(curvature, z);
            for (int a = 0; a < pull.length; a++) {
                pull[a] = gradient[a] - pull[a];
            }
            double[] slope = Vectors.multiply(free, pull);
            int size = free.length;
            SymmetricEigen eigen = new SymmetricEigen(Vectors.congruence(free, curvature));
            value = new double[size];
            vector = new double[size][];
            rise = new double[size];
            double smallestValue = Double.POSITIVE_INFINITY;
            double largestValue = 0;
            for (int i = 0; i < size; i++) {
                value[i] = eigen.value(i);
                vector[i] = eigen.vector(i);
                rise[i] = Vectors.dot(vector[i], slope);
                smallestValue = Math.min(smallestValue, value[i]);
                largestValue = Math.max(largestValue, Math.abs(value[i]));
            }
            largest = largestValue;
            leastShift = Math.max(0, -smallestValue) + SMALLEST_SHIFT * Math.max(largestValue, Double.MIN_NORMAL);
        }

        double[] ascend(double[] slope, double room, double radius) {
            double norm = Vectors.norm(slope);
            if (!(norm > 0)) {
                return new double[slope.length];
            }
            double[] unit = Vectors.multiply(vector, slope);
            for (int i = 0; i < unit.length; i++) {
                unit[i] /= norm;
            }
            double straight = 0;
            for (int i = 0; i < unit.length; i++) {
                straight += radius * unit[i] * (rise[i] - 0.5 * value[i] * radius * unit[i]);
            }
            if (straight >= -room) {
                return combine(unit, radius);
            }
            double low = leastShift;
            double[] step = boundary(unit, room, low);
            if (Vectors.norm(step) <= radius) {
                return combine(step, 1);
            }
            double high = Math.max(largest, low);
            for (int i = 0; i < BISECTIONS && Vectors.norm(step) > radius; i++) {
                high *= 4;
                step = boundary(unit, room, high);
            }
            for (int i = 0; i < BISECTIONS && high > low * (1 + 1e-6); i++) {
                double middle = Math.sqrt(low) * Math.sqrt(high);
                double[] candidate = boundary(unit, room, middle);
                if (Vectors.norm(candidate) > radius) {
                    low = middle;
                } else {
                    high = middle;
                    step = candidate;
                }
            }
            return within(radius, step);
        }

        /**
         * {@code (K + mu I)^-1 (g + lambda l)} with the largest {@code lambda} at which {@code q >= -room}: {@code q} is a quadratic in it. The
         * length is infinite if there is no such limit.
         */
        private double[] boundary(double[] slope, double room, double mu) {
            double constant = room;
            double linear = 0;
            double square = 0;
            for (int i = 0; i < slope.length; i++) {
                double inverse = 1 / (value[i] + mu);
                constant += rise[i] * rise[i] * inverse * (1 - 0.5 * value[i] * inverse);
                linear += mu * rise[i] * slope[i] * inverse * inverse;
                square -= 0.5 * value[i] * slope[i] * slope[i] * inverse * inverse;
            }
            double lambda = Double.MAX_VALUE;
            if (!(constant > 0)) {
                lambda = square < 0 && linear > 0 ? -linear / square : 0;
            } else if (square < 0) {
                double root = Math.sqrt(linear * linear - 4 * square * constant);
                lambda = linear > 0 ? (linear + root) / (-2 * square) : 2 * constant / (root - linear);
            }
            double[] step = new double[slope.length];
            for (int i = 0; i < step.length; i++) {
                step[i] = (rise[i] + lambda * slope[i]) / (value[i] + mu);
            }
            return step;
        }

        double[] restore(double gain, double radius) {
            double low = leastShift;
            if (!(gain > 0)) {
                return new double[rise.length];
            }
            double high = low;
            while (gain(high) > gain && high < Double.MAX_VALUE / 8) {
                low = high;
                high = Math.max(4 * high, SMALLEST_SHIFT * largest);
            }
            for (int i = 0; i < BISECTIONS && high > low * (1 + 1e-6); i++) {
                double middle = Math.sqrt(low) * Math.sqrt(high);
                if (gain(middle) > gain) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            double[] step = new double[rise.length];
            for (int i = 0; i < step.length; i++) {
                step[i] = rise[i] / (value[i] + low);
            }
            return within(radius, step);
        }

        private double gain(double mu) {
            double sum = 0;
            for (int i = 0; i < rise.length; i++) {
                double inverse = 1 / (value[i] + mu);
                sum += rise[i] * rise[i] * inverse * (1 - 0.5 * value[i] * inverse);
            }
            return sum;
        }

        private double[] within(double radius, double[] step) {
            double length = Vectors.norm(step);
            return combine(step, length > radius ? radius / length : 1);
        }

        private double[] combine(double[] coordinates, double factor) {
            return Vectors.combine(vector, Vectors.scaled(coordinates, factor), coordinates.length);
        }
    }
}
