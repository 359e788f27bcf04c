package dev.ratelab.math;

/**
 * Eigenvalues and orthonormal eigenvectors of a symmetric matrix: Householder reduction to tridiagonal form, then implicit QL
 * (EISPACK {@code tred2} and {@code tql2}: Martin, Reinsch and Wilkinson 1968; Bowdler, Martin, Reinsch and Wilkinson 1968).
 *
 * <p>Singular and multiple eigenvalues are ordinary cases: vectors are products of reflections and rotations, so that they are
 * finite and orthonormal to rounding for every finite matrix whose squares neither overflow nor underflow as a whole.
 */
public final class SymmetricEigen {
    private static final double EPSILON = 0x1p-52;
    private static final int MAX_SWEEPS = 200;

    private final int size;
    private final double[] values;
    private final double[] offDiagonal;
    private final double[][] v;

    /**
     * Decomposes a matrix.
     *
     * @param matrix symmetric; only the lower triangle is read; not modified
     */
    public SymmetricEigen(double[][] matrix) {
        size = matrix.length;
        values = new double[size];
        offDiagonal = new double[size];
        v = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                v[i][j] = matrix[i][j];
                v[j][i] = matrix[i][j];
            }
        }
        if (size > 0) {
            reduceToTridiagonal();
            accumulateReflections();
            diagonalise();
        }
    }

    /** Number of eigenvalues. */
    public int size() {
        return size;
    }

    /** Eigenvalue {@code i}; in no particular order. */
    public double value(int i) {
        return values[i];
    }

    /** A unit eigenvector of eigenvalue {@code i}: a new array. */
    public double[] vector(int i) {
        double[] vector = new double[size];
        for (int a = 0; a < size; a++) {
            vector[a] = v[a][i];
        }
        return vector;
    }

    private void reduceToTridiagonal() {
        System.arraycopy(v[size - 1], 0, values, 0, size);
        for (int i = size - 1; i > 0; i--) {
            double scale = 0;
            for (int k = 0; k < i; k++) {
                scale += Math.abs(values[k]);
            }
            double h = 0;
            if (scale == 0) {
                offDiagonal[i] = values[i - 1];
                for (int j = 0; j < i; j++) {
                    values[j] = v[i - 1][j];
                    v[i][j] = 0;
                    v[j][i] = 0;
                }
            } else {
                h = reflect(i, scale);
            }
            values[i] = h;
        }
    }

    /** One Householder reflection; returns half the squared length of its vector, in scaled units. */
    private double reflect(int i, double scale) {
        double h = 0;
        for (int k = 0; k < i; k++) {
            values[k] /= scale;
            h += values[k] * values[k];
        }
        double f = values[i - 1];
        double g = f > 0 ? -Math.sqrt(h) : Math.sqrt(h);
        offDiagonal[i] = scale * g;
        h -= f * g;
        values[i - 1] = f - g;
        for (int j = 0; j < i; j++) {
            offDiagonal[j] = 0;
        }
        for (int j = 0; j < i; j++) {
            f = values[j];
            v[j][i] = f;
            g = offDiagonal[j] + v[j][j] * f;
            for (int k = j + 1; k < i; k++) {
                g += v[k][j] * values[k];
                offDiagonal[k] += v[k][j] * f;
            }
            offDiagonal[j] = g;
        }
        f = 0;
        for (int j = 0; j < i; j++) {
            offDiagonal[j] /= h;
            f += offDiagonal[j] * values[j];
        }
        double half = f / (h + h);
        for (int j = 0; j < i; j++) {
            offDiagonal[j] -= half * values[j];
        }
        for (int j = 0; j < i; j++) {
            f = values[j];
            g = offDiagonal[j];
            for (int k = j; k < i; k++) {
                v[k][j] -= f * offDiagonal[k] + g * values[k];
            }
            values[j] = v[i - 1][j];
            v[i][j] = 0;
        }
        return h;
    }

    private void accumulateReflections() {
        for (int i = 0; i < size - 1; i++) {
            v[size - 1][i] = v[i][i];
            v[i][i] = 1;
            double h = values[i + 1];
            if (h != 0) {
                for (int k = 0; k <= i; k++) {
                    values[k] = v[k][i + 1] / h;
                }
                for (int j = 0; j <= i; j++) {
                    double g = 0;
                    for (int k = 0; k <= i; k++) {
                        g += v[k][i + 1] * v[k][j];
                    }
                    for (int k = 0; k <= i; k++) {
                        v[k][j] -= g * values[k];
                    }
                }
            }
            for (int k = 0; k <= i; k++) {
                v[k][i + 1] = 0;
            }
        }
        for (int j = 0; j < size; j++) {
            values[j] = v[size - 1][j];
            v[size - 1][j] = 0;
        }
        v[size - 1][size - 1] = 1;
        System.arraycopy(offDiagonal, 1, offDiagonal, 0, size - 1);
        offDiagonal[size - 1] = 0;
    }

    private void diagonalise() {
        double shift = 0;
        double largest = 0;
        for (int l = 0; l < size; l++) {
            largest = Math.max(largest, Math.abs(values[l]) + Math.abs(offDiagonal[l]));
            int m = l;
            while (m < size - 1 && !negligible(offDiagonal[m], largest)) {
                m++;
            }
            for (int sweep = 0; m > l && sweep < MAX_SWEEPS; sweep++) {
                shift += chooseShift(l);
                sweep(l, m);
                if (negligible(offDiagonal[l], largest)) {
                    break;
                }
            }
            values[l] += shift;
            offDiagonal[l] = 0;
        }
    }

    /** Whether an entry is rounding. Below the normal numbers it always is: rotations by them would not be orthogonal. */
    private static boolean negligible(double entry, double largest) {
        return !(Math.abs(entry) > Math.max(EPSILON * largest, Double.MIN_NORMAL));
    }

    private double chooseShift(int l) {
        double g = values[l];
        double p = (values[l + 1] - g) / (2 * offDiagonal[l]);
        double r = hypotenuse(p, 1);
        double root = p < 0 ? p - r : p + r;
        values[l] = offDiagonal[l] / root;
        values[l + 1] = offDiagonal[l] * root;
        double h = g - values[l];
        for (int i = l + 2; i < size; i++) {
            values[i] -= h;
        }
        return h;
    }

    private void sweep(int l, int m) {
        double p = values[m];
        double c = 1;
        double c2 = 1;
        double c3 = 1;
        double next = offDiagonal[l + 1];
        double s = 0;
        double s2 = 0;
        double second = values[l + 1];
        for (int i = m - 1; i >= l; i--) {
            c3 = c2;
            c2 = c;
            s2 = s;
            double g = c * offDiagonal[i];
            double h = c * p;
            double r = hypotenuse(p, offDiagonal[i]);
            offDiagonal[i + 1] = s * r;
            s = r == 0 ? 0 : offDiagonal[i] / r;
            c = r == 0 ? 1 : p / r;
            p = c * values[i] - s * g;
            values[i + 1] = h + s * (c * g + s * values[i]);
            for (int k = 0; k < size; k++) {
                h = v[k][i + 1];
                v[k][i + 1] = s * v[k][i] + c * h;
                v[k][i] = c * v[k][i] - s * h;
            }
        }
        p = second == 0 ? 0 : -s * s2 * c3 * next * offDiagonal[l] / second;
        offDiagonal[l] = s * p;
        values[l] = c * p;
    }

    /** {@code sqrt(a^2 + b^2)} without overflow. */
    private static double hypotenuse(double a, double b) {
        double large = Math.max(Math.abs(a), Math.abs(b));
        double small = Math.min(Math.abs(a), Math.abs(b));
        if (large == 0) {
            return 0;
        }
        double ratio = small / large;
        return large * Math.sqrt(1 + ratio * ratio);
    }
}
