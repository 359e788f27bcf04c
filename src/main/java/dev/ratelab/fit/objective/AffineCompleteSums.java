package dev.ratelab.fit.objective;

import dev.ratelab.math.BlockKernels;
import dev.ratelab.model.Block;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Normaliser;

/**
 * The sums of {@link Order#COMPLETE} for a softmax gate and experts that are both affine in {@code z = (1, x)}, each made once:
 *
 * <pre>
 *   M_i = sum tau_i z z'         mass, and the information -M_i / nu_i of the expert
 *   R_i = sum tau_i r_i z        the gradient R_i / nu_i by the expert
 *   Q_i = sum tau_i r_i^2        squared residuals, and the gradient (Q_i / nu_i - mass) / 2 by the log variance
 *   G_i = sum (tau_i - pi_i) z   the gradient by the gate, i &gt; 1
 *   F_il = sum pi_i pi_l z z'    the information of the gate, i &lt; l
 * </pre>
 *
 * <p>Weights sum to one, so the rest follows: {@code G_1 = -sum_{i>1} G_i}, and the diagonal blocks of the gate's information are
 * {@code sum_{l != i} F_il}. The general sums by predictors and pairs would make half as many again.
 */
final class AffineCompleteSums {
    private final MixtureOfExperts model;
    private final PosteriorBlock posterior;
    private final int size;
    private final double[][] columns;
    private final WeightedProducts[] moments;
    private final double[][][] residualSums;
    private final double[][] squareSums;
    private final double[][][] gateSums;
    private final WeightedProducts[][] gateProducts;
    private final double[] work = Block.newArray();
    private final double[] scratch = Block.newArray();

    AffineCompleteSums(MixtureOfExperts model, PosteriorBlock posterior) {
        this.model = model;
        this.posterior = posterior;
        int atoms = model.atoms();
        size = 1 + model.dimension();
        columns = new double[size][];
        columns[0] = WeightedProducts.ONES;
        moments = new WeightedProducts[atoms];
        gateProducts = new WeightedProducts[atoms][atoms];
        int lanes = BlockKernels.HALF + BlockKernels.PADDING;
        residualSums = new double[atoms][size][lanes];
        squareSums = new double[atoms][lanes];
        gateSums = new double[atoms][size][lanes];
        for (int i = 0; i < atoms; i++) {
            moments[i] = new WeightedProducts(size, size, true);
            for (int l = i + 1; l < atoms; l++) {
                gateProducts[i][l] = new WeightedProducts(size, size, true);
            }
        }
    }

    /** Whether these sums are those of a model. */
    static boolean serve(MixtureOfExperts model) {
        return model.gate().normaliser() == Normaliser.SOFTMAX
                && model.gate().affine()
                && model.expert().affine();
    }

    /** Adds a block whose posterior has been computed. */
    void add(Block block) {
        System.arraycopy(block.columns(), 0, columns, 1, size - 1);
        int atoms = moments.length;
        for (int i = 0; i < atoms; i++) {
            moments[i].add(posterior.responsibility[i], columns, columns, scratch);
            addResiduals(posterior.responsibility[i], posterior.residual[i], squareSums[i], work);
            addColumns(work, residualSums[i]);
        }
        for (int i = 1; i < atoms; i++) {
            BlockKernels.subtract(posterior.responsibility[i], posterior.weight[i], work);
            addColumns(work, gateSums[i]);
        }
        for (int i = 0; i < atoms; i++) {
            for (int l = i + 1; l < atoms; l++) {
                BlockKernels.multiply(posterior.weight[i], posterior.weight[l], work);
                gateProducts[i][l].add(work, columns, columns, scratch);
            }
        }
    }

    /** {@code product = tau r}, and adds {@code tau r^2} to a sum. */
    private static void addResiduals(double[] tau, double[] residual, double[] squares, double[] product) {
        for (int i = 0; i < BlockKernels.HALF; i++) {
            double first = tau[i] * residual[i];
            double second = tau[i + BlockKernels.HALF] * residual[i + BlockKernels.HALF];
            product[i] = first;
            product[i + BlockKernels.HALF] = second;
            squares[i] += first * residual[i] + second * residual[i + BlockKernels.HALF];
        }
    }

    private void addColumns(double[] weight, double[][] sums) {
        BlockKernels.addMoments1(sums[0], sums[1], weight, columns[1]);
        int c = 2;
        for (; c + 3 <= size; c += 3) {
            BlockKernels.addProducts3(
                    sums[c], sums[c + 1], sums[c + 2], weight, columns[c], columns[c + 1], columns[c + 2]);
        }
        for (; c < size; c++) {
            BlockKernels.addProduct(sums[c], weight, columns[c]);
        }
    }

    /** Adds the sums to an evaluation and clears them. */
    void drain(Evaluation out) {
        int atoms = moments.length;
        for (int i = 0; i < atoms; i++) {
            drainExpert(i, out);
            for (int c = 0; c < size && i > 0; c++) {
                double sum = Predictor.drain(gateSums[i][c]);
                out.gradient[gateIndex(i, c)] += sum;
                out.gradient[gateIndex(0, c)] -= sum;
            }
            for (int l = i + 1; l < atoms; l++) {
                drainGate(i, l, out.hessian);
            }
        }
    }

    private void drainExpert(int i, Evaluation out) {
        double inverseVariance = posterior.inverseVariance[i];
        double mass = 0;
        int index = 0;
        for (int a = 0; a < size; a++) {
            for (int b = a; b < size; b++) {
                double sum = moments[i].drain(index++);
                mass = index == 1 ? sum : mass;
                addSymmetric(expertIndex(i, a), expertIndex(i, b), -inverseVariance * sum, out.hessian);
            }
            out.gradient[expertIndex(i, a)] += inverseVariance * Predictor.drain(residualSums[i][a]);
        }
        double squares = Predictor.drain(squareSums[i]);
        int logVariance = model.logVarianceIndex(i);
        out.mass[i] += mass;
        out.squaredResiduals[i] += squares;
        out.gradient[logVariance] += 0.5 * (inverseVariance * squares - mass);
        out.hessian[logVariance][logVariance] -= 0.5 * mass;
    }

    private void drainGate(int i, int l, double[][] hessian) {
        int index = 0;
        for (int a = 0; a < size; a++) {
            for (int b = a; b < size; b++) {
                double sum = gateProducts[i][l].drain(index++);
                addSymmetric(gateIndex(i, a), gateIndex(i, b), -sum, hessian);
                addSymmetric(gateIndex(l, a), gateIndex(l, b), -sum, hessian);
                addSymmetric(gateIndex(i, a), gateIndex(l, b), sum, hessian);
                if (a != b) {
                    addSymmetric(gateIndex(i, b), gateIndex(l, a), sum, hessian);
                }
            }
        }
    }

    private static void addSymmetric(int row, int column, double value, double[][] matrix) {
        matrix[row][column] += value;
        if (row != column) {
            matrix[column][row] += value;
        }
    }

    private int gateIndex(int atom, int column) {
        return model.gateOffset() + atom * size + column;
    }

    private int expertIndex(int atom, int column) {
        return model.expertOffset() + atom * size + column;
    }
}
