package dev.ratelab.diagnose;

import dev.ratelab.data.InputNodes;
import dev.ratelab.model.Block;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.PredictorFamily;
import java.util.Arrays;

/**
 * Scores, means and their first and second derivatives by the flat parameter vector at the nodes of a design, from nothing but the
 * contracts of the families.
 *
 * <p>First derivatives are computed for a block of nodes at once. Second derivatives of one atom at one node are the
 * contraction that the families give, with a weight of one for that atom and node and zero elsewhere; they are made
 * on demand, node by node, in arrays that the next node overwrites. Not safe for use by several threads.
 */
final class LocalModel {
    private final MixtureOfExperts model;
    private final double[] theta;
    private final InputNodes nodes;
    private final int parameters;

    /** {@code score[atom][node]}. */
    final double[][] score;

    /** {@code mean[atom][node]}. */
    final double[][] mean;

    /** {@code scoreSlope[atom][parameter][node]}; {@code null} where the score does not depend on the parameter. */
    final double[][][] scoreSlope;

    /** {@code meanSlope[atom][parameter][node]}; {@code null} where the mean does not depend on the parameter. */
    final double[][][] meanSlope;

    /** {@code scoreCurvature[atom][a][b]} at the node of the last {@link #bend}. */
    final double[][][] scoreCurvature;

    /** {@code meanCurvature[atom][a][b]} at the node of the last {@link #bend}. */
    final double[][][] meanCurvature;

    /**
     * Evaluates values and first derivatives.
     *
     * @param theta flat parameter vector; not modified
     */
    LocalModel(MixtureOfExperts model, double[] theta, InputNodes nodes) {
        this.model = model;
        this.theta = theta;
        this.nodes = nodes;
        parameters = model.parameterCount();
        int atoms = model.atoms();
        score = new double[atoms][nodes.size()];
        mean = new double[atoms][nodes.size()];
        scoreSlope = new double[atoms][parameters][];
        meanSlope = new double[atoms][parameters][];
        scoreCurvature = new double[atoms][parameters][parameters];
        meanCurvature = new double[atoms][parameters][parameters];
        fill(model.gate(), model.gateOffset(), score, scoreSlope);
        fill(model.expert(), model.expertOffset(), mean, meanSlope);
    }

    MixtureOfExperts model() {
        return model;
    }

    double[] theta() {
        return theta;
    }

    InputNodes nodes() {
        return nodes;
    }

    private void fill(PredictorFamily family, int offset, double[][] values, double[][][] slopes) {
        int atoms = model.atoms();
        int dimension = model.dimension();
        int[][] indices = new int[atoms][];
        double[][][] columns = new double[atoms][][];
        double[][] out = new double[atoms][Block.LENGTH];
        for (int i = 0; i < atoms; i++) {
            indices[i] = family.parametersOf(i, atoms, dimension);
            columns[i] = new double[indices[i].length][Block.LENGTH];
            for (int index : indices[i]) {
                slopes[i][offset + index] = new double[nodes.size()];
            }
        }
        for (int from = 0; from < nodes.size(); from += Block.ROWS) {
            int rows = Math.min(Block.ROWS, nodes.size() - from);
            Block block = block(from, rows);
            family.values(theta, offset, block, out);
            if (!family.affine()) {
                family.jacobian(theta, offset, block, columns);
            }
            for (int i = 0; i < atoms; i++) {
                System.arraycopy(out[i], 0, values[i], from, rows);
                for (int c = 0; c < indices[i].length; c++) {
                    double[] column = slopes[i][offset + indices[i][c]];
                    if (!family.affine()) {
                        System.arraycopy(columns[i][c], 0, column, from, rows);
                    } else if (c == 0) {
                        Arrays.fill(column, from, from + rows, 1);
                    } else {
                        System.arraycopy(nodes.x()[c - 1], from, column, from, rows);
                    }
                }
            }
        }
    }

    private Block block(int from, int rows) {
        double[][] columns = new double[model.dimension()][Block.LENGTH];
        for (int j = 0; j < columns.length; j++) {
            System.arraycopy(nodes.x()[j], from, columns[j], 0, rows);
        }
        return new Block(columns, Block.newArray(), rows);
    }

    /** Computes the second derivatives of all scores and means at a node. */
    void bend(int node) {
        Block block = block(node, 1);
        bend(model.gate(), model.gateOffset(), block, scoreCurvature);
        bend(model.expert(), model.expertOffset(), block, meanCurvature);
    }

    private void bend(PredictorFamily family, int offset, Block block, double[][][] curvature) {
        if (family.affine()) {
            return;
        }
        double[][] weight = new double[model.atoms()][Block.LENGTH];
        for (int i = 0; i < weight.length; i++) {
            for (double[] row : curvature[i]) {
                Arrays.fill(row, 0);
            }
            weight[i][0] = 1;
            family.addCurvature(theta, offset, block, weight, curvature[i]);
            weight[i][0] = 0;
        }
    }
}
