package dev.ratelab.model.gate;

import dev.ratelab.model.Atom;
import dev.ratelab.model.Block;
import dev.ratelab.model.Gate;
import dev.ratelab.model.Normaliser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A gate with numbers of atoms and inputs, and what tests compute of it. */
record GateCase(Variant variant, Gate gate, int atoms, int dimension) {
    static final int ROWS = 300;

    /** Gate parameters begin here in the flat vector, so that a forgotten offset shows. */
    static final int OFFSET = 2;

    private static final int TAIL = 3;

    /** Scores by definition, from the parameters of the atoms. */
    interface Reference {
        double[] scores(double[][] atoms, double[] x);
    }

    /** A gate by name, and its scores by definition. */
    record Variant(String id, Reference reference) {}

    /** Number of the gate's parameters. */
    int count() {
        return gate.parameterCount(atoms, dimension);
    }

    /** A flat vector with moderate gate parameters between others. */
    double[] theta(long seed) {
        Random random = new Random(seed);
        double[] theta = new double[OFFSET + count() + TAIL];
        for (int a = 0; a < theta.length; a++) {
            theta[a] = 0.7 * random.nextGaussian();
        }
        return theta;
    }

    /** Rows in a cube, the first of them at zero. */
    Block block(long seed) {
        Random random = new Random(seed);
        double[][] columns = new double[dimension][Block.LENGTH];
        for (int row = 1; row < ROWS; row++) {
            for (double[] column : columns) {
                column[row] = -2 + 4 * random.nextDouble();
            }
        }
        return new Block(columns, Block.newArray(), ROWS);
    }

    static double[] row(Block block, int row) {
        double[] x = new double[block.columns().length];
        for (int j = 0; j < x.length; j++) {
            x[j] = block.columns()[j][row];
        }
        return x;
    }

    double[][] scores(double[] theta, Block block) {
        double[][] out = new double[atoms][Block.LENGTH];
        gate.values(theta, OFFSET, block, out);
        return out;
    }

    /** Derivatives of the scores: {@code [atom][parameter of the gate][row]}. */
    double[][][] jacobian(double[] theta, Block block) {
        double[][][] columns = new double[atoms][][];
        double[][][] all = new double[atoms][count()][Block.LENGTH];
        for (int i = 0; i < atoms; i++) {
            int[] indices = gate.parametersOf(i, atoms, dimension);
            columns[i] = new double[indices.length][];
            for (int c = 0; c < indices.length; c++) {
                columns[i][c] = all[i][indices[c]];
                Arrays.fill(columns[i][c], 7);
            }
        }
        GateKernels.columns(gate, theta, OFFSET, block, columns);
        return all;
    }

    /** Whether a score takes part in the softmax. */
    static boolean included(double score) {
        return score > -1e299;
    }

    /** Weights {@code [row][atom]} of scores. */
    static double[][] weights(Normaliser normaliser, double[][] scores) {
        double[][] weights = new double[ROWS][scores.length];
        for (int row = 0; row < ROWS; row++) {
            double max = Double.NEGATIVE_INFINITY;
            for (double[] score : scores) {
                max = Math.max(max, score[row]);
            }
            double shift = normaliser == Normaliser.SOFTMAX ? max : 0;
            double sum = 0;
            for (int i = 0; i < scores.length; i++) {
                weights[row][i] = Math.exp(scores[i][row] - shift);
                sum += weights[row][i];
            }
            for (int i = 0; i < scores.length && normaliser == Normaliser.SOFTMAX; i++) {
                weights[row][i] /= sum;
            }
        }
        return weights;
    }

    double[][] weights(double[] theta, Block block) {
        return weights(gate.normaliser(), scores(theta, block));
    }

    List<Atom> toAtoms(double[] theta) {
        List<Atom> list = new ArrayList<>();
        for (double[] gateParameters : gate.toAtoms(theta, OFFSET, atoms, dimension)) {
            list.add(new Atom(gateParameters, new double[0], 1));
        }
        return list;
    }

    double[] fromAtoms(List<Atom> list) {
        double[] theta = new double[OFFSET + count() + TAIL];
        gate.fromAtoms(list, dimension, theta, OFFSET);
        return theta;
    }

    /** The place of each atom when those of each group are put in reverse order. */
    int[] reversedWithinGroups() {
        int[] order = new int[atoms];
        for (int i = 0; i < atoms; i++) {
            int first = i;
            while (first > 0 && gate.group(first - 1, atoms) == gate.group(i, atoms)) {
                first--;
            }
            int last = i;
            while (last < atoms - 1 && gate.group(last + 1, atoms) == gate.group(i, atoms)) {
                last++;
            }
            order[i] = first + last - i;
        }
        return order;
    }

    @Override
    public String toString() {
        return gate.id() + " k=" + atoms + " d=" + dimension;
    }
}
