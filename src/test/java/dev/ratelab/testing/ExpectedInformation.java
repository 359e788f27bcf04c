package dev.ratelab.testing;

import dev.ratelab.data.InputDistribution;
import dev.ratelab.data.QuadratureDesign;
import dev.ratelab.data.Sample;
import dev.ratelab.data.Truth;
import dev.ratelab.math.GaussRule;
import dev.ratelab.math.SymmetricEigen;
import dev.ratelab.math.Vectors;
import dev.ratelab.model.Block;
import dev.ratelab.model.JointGate;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Normaliser;
import dev.ratelab.model.PredictorFamily;
import dev.ratelab.model.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The expected information of one observation at a truth, by quadrature over the inputs and, in the density problem, over the
 * response of each component, scaled as {@link dev.ratelab.fit.ascent.Certificate} does: by the square roots of the diagonal of the
 * complete-data information. It is a sum of squares of scores, so that rounding is all that can make it indefinite.
 */
public final class ExpectedInformation {
    private final Truth truth;
    private final MixtureOfExperts model;
    private final double[] theta;
    private final double[][] information;
    private final double[] complete;
    private final double[][] scores;
    private final double[][] means;
    private final double[][][] scoreColumns;
    private final double[][][] meanColumns;

    /** Quadrature rows: inputs, component, response in standard deviations from its mean, weight. */
    private record Row(double[] x, int component, double z, double weight) {}

    private ExpectedInformation(Truth truth) {
        this.truth = truth;
        model = truth.model();
        theta = truth.parameters();
        int count = model.parameterCount();
        information = new double[count][count];
        complete = new double[count];
        scores = new double[model.atoms()][Block.LENGTH];
        means = new double[model.atoms()][Block.LENGTH];
        scoreColumns = columns(model.gate());
        meanColumns = columns(model.expert());
    }

    /**
     * The smallest eigenvalue of the scaled information on the complement of the declared invariances.
     *
     * @param inputNodes nodes in each input
     * @param responseNodes nodes in the response of each component; not used in regression
     */
    public static double smallestEigenvalue(Truth truth, int inputNodes, int responseNodes) {
        ExpectedInformation expected = new ExpectedInformation(truth);
        List<Row> rows = expected.rows(inputNodes, responseNodes);
        for (int from = 0; from < rows.size(); from += Block.ROWS) {
            expected.add(rows.subList(from, Math.min(rows.size(), from + Block.ROWS)));
        }
        return expected.smallest();
    }

    private double[][][] columns(PredictorFamily family) {
        double[][][] columns = new double[model.atoms()][][];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = new double[family.parametersOf(i, columns.length, model.dimension()).length][Block.LENGTH];
        }
        return columns;
    }

    private List<Row> rows(int inputNodes, int responseNodes) {
        List<Row> rows = new ArrayList<>();
        if (model.gate() instanceof JointGate gate) {
            double total = 0;
            for (int i = 0; i < model.atoms(); i++) {
                total += mass(i);
            }
            QuadratureDesign normal =
                    QuadratureDesign.of(InputDistribution.normal(0, 1), model.dimension(), inputNodes);
            for (int i = 0; i < model.atoms(); i++) {
                JointGate.InputComponent component =
                        gate.inputComponent(truth.atoms().get(i).gate(), model.dimension());
                for (int q = 0; q < normal.weights().length; q++) {
                    double[] x = new double[model.dimension()];
                    for (int j = 0; j < x.length; j++) {
                        // Canonical covariances are diagonal.
                        x[j] = component.mean()[j] + Math.sqrt(component.covariance()[j][j]) * normal.x()[j][q];
                    }
                    addResponses(x, i, normal.weights()[q] * mass(i) / total, responseNodes, rows);
                }
            }
            return rows;
        }
        QuadratureDesign design = QuadratureDesign.of(truth.input(), model.dimension(), inputNodes);
        for (int q = 0; q < design.weights().length; q++) {
            double[] x = new double[model.dimension()];
            for (int j = 0; j < x.length; j++) {
                x[j] = design.x()[j][q];
            }
            if (truth.problem() == Problem.REGRESSION) {
                rows.add(new Row(x, 0, 0, design.weights()[q]));
            } else {
                for (int i = 0; i < model.atoms(); i++) {
                    addResponses(x, i, design.weights()[q], responseNodes, rows);
                }
            }
        }
        return rows;
    }

    private double mass(int atom) {
        return Math.exp(model.gate().mass().log(truth.atoms().get(atom).gate(), model.dimension()));
    }

    private static void addResponses(double[] x, int component, double weight, int nodes, List<Row> rows) {
        GaussRule rule = GaussRule.hermite(nodes);
        for (int m = 0; m < nodes; m++) {
            rows.add(new Row(x, component, rule.nodes()[m], weight * rule.weights()[m]));
        }
    }

    private void add(List<Row> rows) {
        double[][] x = new double[model.dimension()][rows.size()];
        for (int row = 0; row < rows.size(); row++) {
            for (int j = 0; j < x.length; j++) {
                x[j][row] = rows.get(row).x()[j];
            }
        }
        Block block = Sample.of(x, new double[rows.size()]).block(0);
        model.gate().values(theta, model.gateOffset(), block, scores);
        model.expert().values(theta, model.expertOffset(), block, means);
        fill(model.gate(), model.gateOffset(), block, scoreColumns);
        fill(model.expert(), model.expertOffset(), block, meanColumns);
        for (int row = 0; row < rows.size(); row++) {
            if (truth.problem() == Problem.REGRESSION) {
                addRegression(rows.get(row), row);
            } else {
                addDensity(rows.get(row), row);
            }
        }
    }

    private void fill(PredictorFamily family, int offset, Block block, double[][][] columns) {
        if (!family.affine()) {
            family.jacobian(theta, offset, block, columns);
            return;
        }
        for (double[][] atom : columns) {
            Arrays.fill(atom[0], 1);
            for (int j = 0; j < block.columns().length; j++) {
                System.arraycopy(block.columns()[j], 0, atom[1 + j], 0, Block.ROWS);
            }
        }
    }

    private double[] weights(int row) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double[] score : scores) {
            largest = Math.max(largest, score[row]);
        }
        boolean normalised = model.gate().normaliser() != Normaliser.NONE;
        double[] weights = new double[scores.length];
        double total = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.exp(scores[i][row] - (normalised ? largest : 0));
            total += weights[i];
        }
        for (int i = 0; i < weights.length && normalised; i++) {
            weights[i] /= total;
        }
        return weights;
    }

    private void addRegression(Row at, int row) {
        double[] weights = weights(row);
        double function = 0;
        for (int i = 0; i < weights.length; i++) {
            function += weights[i] * means[i][row];
        }
        double[] derivative = new double[theta.length];
        for (int i = 0; i < weights.length; i++) {
            double centre = model.gate().normaliser() == Normaliser.NONE ? 0 : function;
            addColumns(
                    model.gate(),
                    model.gateOffset(),
                    i,
                    scoreColumns,
                    row,
                    weights[i] * (means[i][row] - centre),
                    derivative);
            addColumns(model.expert(), model.expertOffset(), i, meanColumns, row, weights[i], derivative);
        }
        addSquare(derivative, at.weight());
        addDiagonal(derivative, at.weight());
    }

    private void addDensity(Row at, int row) {
        boolean joint = model.gate().normaliser() == Normaliser.JOINT;
        double[] weights = weights(row);
        int atoms = weights.length;
        double rowWeight = at.weight() * (joint ? 1 : weights[at.component()]);
        if (rowWeight == 0) {
            return;
        }
        double y = means[at.component()][row] + Math.sqrt(model.variance(theta, at.component())) * at.z();
        double[] posterior = new double[atoms];
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < atoms; i++) {
            double variance = model.variance(theta, i);
            double residual = y - means[i][row];
            posterior[i] = Math.log(weights[i]) - 0.5 * Math.log(variance) - 0.5 * residual * residual / variance;
            largest = Math.max(largest, posterior[i]);
        }
        double total = 0;
        for (int i = 0; i < atoms; i++) {
            posterior[i] = Math.exp(posterior[i] - largest);
            total += posterior[i];
        }
        double[] observed = new double[theta.length];
        double[] known = new double[theta.length];
        for (int i = 0; i < atoms; i++) {
            posterior[i] /= total;
            double label = i == at.component() ? 1 : 0;
            double prior = joint ? 0 : weights[i];
            double variance = model.variance(theta, i);
            double residual = (y - means[i][row]) / variance;
            double half = 0.5 * (residual * residual * variance - 1);
            addColumns(model.gate(), model.gateOffset(), i, scoreColumns, row, posterior[i] - prior, observed);
            addColumns(model.gate(), model.gateOffset(), i, scoreColumns, row, label - prior, known);
            addColumns(model.expert(), model.expertOffset(), i, meanColumns, row, posterior[i] * residual, observed);
            addColumns(model.expert(), model.expertOffset(), i, meanColumns, row, label * residual, known);
            observed[model.logVarianceIndex(i)] += posterior[i] * half;
            known[model.logVarianceIndex(i)] += label * half;
        }
        addSquare(observed, rowWeight);
        addDiagonal(known, rowWeight);
    }

    private void addColumns(
            PredictorFamily family, int offset, int atom, double[][][] columns, int row, double factor, double[] out) {
        int[] indices = family.parametersOf(atom, model.atoms(), model.dimension());
        for (int c = 0; c < indices.length; c++) {
            out[offset + indices[c]] += factor * columns[atom][c][row];
        }
    }

    private void addSquare(double[] score, double weight) {
        for (int a = 0; a < score.length; a++) {
            double scaled = weight * score[a];
            for (int b = 0; b < score.length && scaled != 0; b++) {
                information[a][b] += scaled * score[b];
            }
        }
    }

    private void addDiagonal(double[] score, double weight) {
        for (int a = 0; a < score.length; a++) {
            complete[a] += weight * score[a] * score[a];
        }
    }

    private double smallest() {
        int count = theta.length;
        double largest = 0;
        for (double value : complete) {
            largest = Math.max(largest, value);
        }
        double[] unit = new double[count];
        for (int a = 0; a < count; a++) {
            unit[a] = Math.sqrt(Math.max(complete[a], 1e-24 * largest));
        }
        double[][] scaled = new double[count][count];
        for (int a = 0; a < count; a++) {
            for (int b = 0; b < count; b++) {
                scaled[a][b] = information[a][b] / (unit[a] * unit[b]);
            }
        }
        double[][] directions = model.invariances(theta);
        for (double[] direction : directions) {
            for (int a = 0; a < count; a++) {
                direction[a] *= unit[a];
            }
        }
        SymmetricEigen eigen =
                new SymmetricEigen(Vectors.congruence(Vectors.orthogonalComplement(directions, count), scaled));
        double smallest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < eigen.size(); i++) {
            smallest = Math.min(smallest, eigen.value(i));
        }
        return smallest;
    }
}
