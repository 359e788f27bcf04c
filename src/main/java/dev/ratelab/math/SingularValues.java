package dev.ratelab.math;

/**
 * Singular values and right singular vectors of a matrix of at least as many rows as columns: Householder reduction to a triangle,
 * then one-sided Jacobi rotations of the columns of the triangle (Hestenes 1958; Demmel and Veselic, <i>Jacobi's method is more
 * accurate than QR</i>, SIAM Journal on Matrix Analysis and Applications 13 (1992) 1204-1245).
 *
 * <p>The matrix itself is decomposed, not its Gram matrix, whose eigenvalues are the squares: a singular value of 1e-10 would
 * be lost there. For columns of unit length the absolute error of every singular value is a small multiple of 2.2e-16.
 *
 * <p>Immutable once made; the arrays given out are copies.
 */
public final class SingularValues {
    private static final double EPSILON = 0x1p-52;
    private static final int MOST_SWEEPS = 60;

    private final double[] values;
    private final double[][] vectors;

    /**
     * Decomposes a matrix.
     *
     * @param columns {@code columns[c][row]}: n columns of m rows, finite, {@code 1 <= n <= m}; not modified
     * @throws IllegalArgumentException if there are no columns, or more columns than rows
     */
    public SingularValues(double[][] columns) {
        int count = columns.length;
        if (count == 0 || columns[0].length < count) {
            throw new IllegalArgumentException(
                    "singular values need at least one column and as many rows as columns, not " + count
                            + " columns of " + (count == 0 ? 0 : columns[0].length) + " rows");
        }
        double[][] work = triangle(columns);
        double[][] right = new double[count][count];
        for (int c = 0; c < count; c++) {
            right[c][c] = 1;
        }
        rotate(work, right);
        values = new double[count];
        vectors = new double[count][];
        boolean[] taken = new boolean[count];
        for (int place = 0; place < count; place++) {
            int largest = -1;
            double best = -1;
            for (int c = 0; c < count; c++) {
                double norm = Vectors.norm(work[c]);
                if (!taken[c] && norm > best) {
                    best = norm;
                    largest = c;
                }
            }
            taken[largest] = true;
            values[place] = best;
            vectors[place] = right[largest];
        }
    }

    /** Number of singular values n. */
    public int size() {
        return values.length;
    }

    /** Singular value {@code i}, in descending order, at least 0. */
    public double value(int i) {
        return values[i];
    }

    /** The smallest singular value. */
    public double smallest() {
        return values[values.length - 1];
    }

    /** The right singular vector of value {@code i}, of unit length: a combination of the columns with the norm {@link #value}. */
    public double[] vector(int i) {
        return vectors[i].clone();
    }

    /** The columns of the triangle R of {@code A = QR}: n columns of n rows. */
    private static double[][] triangle(double[][] columns) {
        int count = columns.length;
        int rows = columns[0].length;
        double[][] a = new double[count][];
        for (int c = 0; c < count; c++) {
            a[c] = columns[c].clone();
        }
        for (int c = 0; c < count; c++) {
            double square = 0;
            for (int i = c; i < rows; i++) {
                square += a[c][i] * a[c][i];
            }
            double length = Math.sqrt(square);
            if (length > 0) {
                double diagonal = a[c][c] > 0 ? -length : length;
                double head = a[c][c] - diagonal;
                a[c][c] = head;
                // |v|^2 / 2 of the reflection's vector v.
                double half = -diagonal * head;
                for (int b = c + 1; b < count; b++) {
                    double sum = 0;
                    for (int i = c; i < rows; i++) {
                        sum += a[c][i] * a[b][i];
                    }
                    double factor = sum / half;
                    for (int i = c; i < rows; i++) {
                        a[b][i] -= factor * a[c][i];
                    }
                }
                a[c][c] = diagonal;
            }
        }
        double[][] triangle = new double[count][count];
        for (int c = 0; c < count; c++) {
            System.arraycopy(a[c], 0, triangle[c], 0, c + 1);
        }
        return triangle;
    }

    /** Rotates pairs of columns until all are orthogonal, and the columns of the right factor with them. */
    private static void rotate(double[][] columns, double[][] right) {
        int count = columns.length;
        boolean rotated = true;
        for (int sweep = 0; sweep < MOST_SWEEPS && rotated; sweep++) {
            rotated = false;
            for (int p = 0; p < count - 1; p++) {
                for (int q = p + 1; q < count; q++) {
                    double alpha = Vectors.dot(columns[p], columns[p]);
                    double beta = Vectors.dot(columns[q], columns[q]);
                    double gamma = Vectors.dot(columns[p], columns[q]);
                    if (Math.abs(gamma) > EPSILON * Math.sqrt(alpha) * Math.sqrt(beta)) {
                        rotated = true;
                        double zeta = (beta - alpha) / (2 * gamma);
                        double tangent = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
                        double cosine = 1 / Math.sqrt(1 + tangent * tangent);
                        turn(columns[p], columns[q], cosine, cosine * tangent);
                        turn(right[p], right[q], cosine, cosine * tangent);
                    }
                }
            }
        }
    }

    private static void turn(double[] p, double[] q, double cosine, double sine) {
        for (int i = 0; i < p.length; i++) {
            double old = p[i];
            p[i] = cosine * old - sine * q[i];
            q[i] = sine * old + cosine * q[i];
        }
    }
}
