package dev.ratelab.math;

import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/** Small dense linear algebra on arrays, in a fixed order of operations. */
public final class Vectors {
    private Vectors() {}

    /** {@code a'b}. */
    public static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** Euclidean norm. */
    public static double norm(double[] a) {
        return Math.sqrt(dot(a, a));
    }

    /** {@code a + factor b}. */
    public static double[] sum(double[] a, double factor, double[] b) {
        double[] out = a.clone();
        add(out, factor, b);
        return out;
    }

    /** Adds {@code factor b} to {@code a}, which is modified. */
    public static void add(double[] a, double factor, double[] b) {
        for (int i = 0; i < a.length; i++) {
            a[i] += factor * b[i];
        }
    }

    /** {@code factor a}. */
    public static double[] scaled(double[] a, double factor) {
        double[] out = a.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] *= factor;
        }
        return out;
    }

    /** What of a vector is orthogonal to the span of orthonormal ones (Gram and Schmidt, each projection done twice). */
    public static double[] rest(double[] vector, List<double[]> orthonormal) {
        double[] rest = vector.clone();
        for (int pass = 0; pass < 2; pass++) {
            for (double[] unit : orthonormal) {
                add(rest, -dot(rest, unit), unit);
            }
        }
        return rest;
    }

    /** {@code matrix v}. */
    public static double[] multiply(double[][] matrix, double[] v) {
        double[] out = new double[matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            out[i] = dot(matrix[i], v);
        }
        return out;
    }

    /** {@code sum_i v_i rows[i]}, a vector of {@code length} entries. */
    public static double[] combine(double[][] rows, double[] v, int length) {
        double[] out = new double[length];
        for (int i = 0; i < rows.length; i++) {
            add(out, v[i], rows[i]);
        }
        return out;
    }

    /** {@code basis matrix basis'}: a quadratic form in the coordinates of a basis given by its rows. */
    public static double[][] congruence(double[][] basis, double[][] matrix) {
        int size = basis.length;
        double[][] half = new double[size][];
        for (int i = 0; i < size; i++) {
            half[i] = multiply(matrix, basis[i]);
        }
        double[][] out = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int l = 0; l <= i; l++) {
                out[i][l] = dot(half[i], basis[l]);
                out[l][i] = out[i][l];
            }
        }
        return out;
    }

    /**
     * An orthonormal basis, as rows, of all vectors of {@code length} entries that are orthogonal to the given ones.
     *
     * @param vectors linearly independent; not modified
     */
    public static double[][] orthogonalComplement(double[][] vectors, int length) {
        int count = vectors.length;
        double[][] basis = new double[length - count][length];
        if (count == 0) {
            for (int a = 0; a < length; a++) {
                basis[a][a] = 1;
            }
            return basis;
        }
        double[][] columns = new double[length][count];
        for (int i = 0; i < count; i++) {
            for (int a = 0; a < length; a++) {
                columns[a][i] = vectors[i][a];
            }
        }
        RealMatrix q = new QRDecomposition(new Array2DRowRealMatrix(columns, false)).getQ();
        for (int i = count; i < length; i++) {
            basis[i - count] = q.getColumn(i);
        }
        return basis;
    }
}
