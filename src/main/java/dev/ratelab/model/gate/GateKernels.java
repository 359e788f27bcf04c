package dev.ratelab.model.gate;

import dev.ratelab.math.BlockKernels;
import dev.ratelab.math.Elementary;
import dev.ratelab.model.Atom;
import dev.ratelab.model.Block;
import dev.ratelab.model.Gate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What several gates compute alike. */
final class GateKernels {
    private static final double[] FALLS = {2, 3, 1.5, 2.5, 1};

    private GateKernels() {}

    /** {@code out = sum_j theta[first + j] x_j}, {@code j} ascending. */
    static void linear(double[] theta, int first, Block block, double[] out) {
        double[][] x = block.columns();
        BlockKernels.scale(theta[first], x[0], out);
        for (int j = 1; j < x.length; j++) {
            BlockKernels.addScaled(theta[first + j], x[j], out);
        }
    }

    /** {@code out += value}. */
    static void addConstant(double value, double[] out) {
        for (int i = 0; i < Block.ROWS; i++) {
            out[i] += value;
        }
    }

    /** {@code out = a + value}. */
    static void shift(double[] a, double value, double[] out) {
        for (int i = 0; i < Block.ROWS; i++) {
            out[i] = a[i] + value;
        }
    }

    /** The Jacobian of any gate, also of an affine one. */
    static void columns(Gate gate, double[] theta, int offset, Block block, double[][][] columns) {
        if (!gate.affine()) {
            gate.jacobian(theta, offset, block, columns);
            return;
        }
        for (double[][] atom : columns) {
            BlockKernels.fill(1, atom[0]);
            for (int j = 0; j < block.columns().length; j++) {
                System.arraycopy(block.columns()[j], 0, atom[1 + j], 0, Block.ROWS);
            }
        }
    }

    /** Zero-filled block arrays. */
    static double[][] arrays(int count) {
        return new double[count][Block.LENGTH];
    }

    /** All unit vectors. */
    static double[][] identity(int size) {
        double[][] directions = new double[size][size];
        for (int a = 0; a < size; a++) {
            directions[a][a] = 1;
        }
        return directions;
    }

    /** Atoms of which only the gate parameters {@code from} to {@code to}, exclusive, are left. */
    static List<Atom> slices(List<Atom> atoms, int from, int to) {
        List<Atom> slices = new ArrayList<>(atoms.size());
        for (Atom atom : atoms) {
            slices.add(new Atom(Arrays.copyOfRange(atom.gate(), from, to), atom.expert(), atom.variance()));
        }
        return slices;
    }

    /** {@code log(1 / (1 + e^-z))}. */
    static double logSigmoid(double z) {
        return Math.min(z, 0) - Elementary.log(1 + Elementary.exp(-Math.abs(z)));
    }

    /**
     * Rows {@code (bias, weight)} of linear scores the largest of which changes from atom to atom where the first input passes
     * {@code k - 1} points that divide its canonical interval evenly: weights fall by 2, 3, 1.5, 2.5, 1, 2, ... from atom to atom,
     * biases make neighbours equal at these points, and the last row is zero. Weights of every second further input are 1 for
     * atoms 2, 4, ..., of the others 1 for atoms 3, 6, ..., counted from 1; else they are zero.
     */
    static double[][] ordered(int atoms, int dimension) {
        double[][] rows = new double[atoms][1 + dimension];
        for (int i = atoms - 1; i >= 0; i--) {
            if (i < atoms - 1) {
                double step = FALLS[i % FALLS.length];
                double crossing = Gate.CANONICAL_RANGE * (1 - 2.0 * (i + 1) / atoms);
                rows[i][0] = rows[i + 1][0] - step * crossing;
                rows[i][1] = rows[i + 1][1] + step;
            }
            for (int j = 2; j <= dimension; j++) {
                rows[i][j] = (j % 2 == 0 ? i % 2 == 1 : i % 3 == 2) ? 1 : 0;
            }
        }
        return rows;
    }

    /**
     * Entry {@code index} of a table that goes on for ever: each time round, numbers grow by a quarter.
     */
    static double cyclic(double[] table, int index) {
        int round = index / table.length;
        return table[index % table.length] * (1 + 0.25 * round);
    }

    /** Rows of biases and weights from {@link #cyclic} tables; the weights of further inputs take later entries of their table. */
    static double[][] tabulated(int atoms, int dimension, double[] biases, double[] weights) {
        double[][] rows = new double[atoms][1 + dimension];
        for (int i = 0; i < atoms; i++) {
            rows[i][0] = cyclic(biases, i);
            for (int j = 0; j < dimension; j++) {
                rows[i][1 + j] = cyclic(weights, i + j);
            }
        }
        return rows;
    }
}
