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
}
