package dev.ratelab.model.gate;

import dev.ratelab.math.BlockKernels;
import dev.ratelab.math.Elementary;
import dev.ratelab.math.LinearConstraint;
import dev.ratelab.model.Atom;
import dev.ratelab.model.Block;
import dev.ratelab.model.Description;
import dev.ratelab.model.JointGate;
import dev.ratelab.model.ParameterBounds;
import dev.ratelab.model.ParameterKind;
import dev.ratelab.model.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The Gaussian gate: {@code u_i(x) = log p_i + log N(x; centre_i, covariance_i)}, so that {@code sum_i exp(u_i)} is a
 * density of the inputs, which a density model describes together with the response.
 *
 * <p>Parameters of one atom: {@code gate-bias}, the logarithm of the proportion {@code p}; {@code gate-centre} (d);
 * {@code gate-covariance}, the {@code d (d + 1) / 2} entries on and above the diagonal, row by row, of a positive
 * definite matrix. Flat parameters, atom by atom: the bias {@code b}, of which the proportions are the softmax; the
 * centre; the inverse Cholesky factor {@code R} of the covariance, lower triangular with {@code R' R} the precision,
 * row by row with the logarithms of its diagonal:
 *
 * <pre>
 *   u_i = b_i - log sum_l exp(b_l) + sum_k log R_kk - |z|^2 / 2 - d log(2 pi) / 2,   z = R (x - centre)
 *   du/dcentre = R'z    du/dR_kj = -z_k (x - centre)_j    du/dlog R_kk = 1 - z_k R_kk (x - centre)_k
 * </pre>
 *
 * <p>A score depends on all biases. The same {@code t0} can be added to all of them, nothing else. The bound on biases
 * is on pairwise differences of log proportions; the bound on weights does not apply. The likelihood is unbounded as
 * covariances become singular. There is no regression with this gate: it models the inputs.
 *
 * <p>Source: arXiv 2305.07572.
 */
public final class GaussianGate extends RowGate implements JointGate {
    private static final double[] CANONICAL_BIASES = {0, 0.5, -0.5, 0.25};
    private static final double[] CANONICAL_CENTRES = {1.5, -1, 0.3, -2.2};
    private static final double[] CANONICAL_VARIANCES = {0.5, 1, 0.75, 0.5};
    private static final double HALF_LOG_2_PI = 0.9189385332046727;

    @Override
    public String id() {
        return "gaussian";
    }

    @Override
    public Optional<String> refusal(Problem problem, int atoms, int dimension) {
        return problem == Problem.DENSITY
                ? Optional.empty()
                : Optional.of(id() + " models the inputs too; least squares of y on x does not estimate it");
    }

    @Override
    public Description description() {
        return new Description(
                "u_i = log p_i + log N(x; centre_i, covariance_i), p = softmax of biases; sum_i exp(u_i) = density of"
                        + " x",
                "arXiv 2305.07572",
                SHIFT_OF_BIASES);
    }

    @Override
    public List<ParameterKind> kinds(int dimension) {
        return List.of(
                new ParameterKind(BIAS, 0, 1),
                new ParameterKind("gate-centre", 1, dimension),
                new ParameterKind("gate-covariance", 1 + dimension, TriangularFactor.count(dimension)));
    }

    @Override
    int own(int dimension) {
        return 1 + dimension + TriangularFactor.count(dimension);
    }

    @Override
    int translated(int dimension) {
        return 1;
    }

    @Override
    boolean boundsWeights() {
        return false;
    }

    /** All biases, then the atom's centre and factor. */
    @Override
    public int[] parametersOf(int atom, int atoms, int dimension) {
        int own = own(dimension);
        int[] indices = new int[atoms + own - 1];
        for (int l = 0; l < atoms; l++) {
            indices[l] = l * own;
        }
        for (int c = 1; c < own; c++) {
            indices[atoms + c - 1] = atom * own + c;
        }
        return indices;
    }

    private double[] logProportions(double[] theta, int offset, int atoms, int dimension) {
        double[] logs = new double[atoms];
        for (int i = 0; i < atoms; i++) {
            logs[i] = theta[offset + i * own(dimension)];
        }
        double total = Elementary.logSumExp(logs);
        for (int i = 0; i < atoms; i++) {
            logs[i] -= total;
        }
        return logs;
    }

    @Override
    public void values(double[] theta, int offset, Block block, double[][] out) {
        int dimension = block.columns().length;
        double[] logs = logProportions(theta, offset, out.length, dimension);
        for (int i = 0; i < out.length; i++) {
            int centre = offset + i * own(dimension) + 1;
            double constant = logs[i]
                    + TriangularFactor.logDeterminant(theta, centre + dimension, dimension)
                    - dimension * HALF_LOG_2_PI;
            GaussianKernel.values(theta, centre, constant, block, out[i]);
        }
    }

    @Override
    public void jacobian(double[] theta, int offset, Block block, double[][][] columns) {
        int dimension = block.columns().length;
        int atoms = columns.length;
        double[] logs = logProportions(theta, offset, atoms, dimension);
        for (int i = 0; i < atoms; i++) {
            for (int l = 0; l < atoms; l++) {
                BlockKernels.fill((l == i ? 1 : 0) - Elementary.exp(logs[l]), columns[i][l]);
            }
            GaussianKernel.columns(theta, offset + i * own(dimension) + 1, block, columns[i], atoms);
        }
    }

    @Override
    public void addCurvature(double[] theta, int offset, Block block, double[][] weight, double[][] hessian) {
        int dimension = block.columns().length;
        int own = own(dimension);
        RowSums sums = new RowSums();
        double total = 0;
        for (int i = 0; i < weight.length; i++) {
            total += GaussianKernel.addCurvature(theta, offset + i * own + 1, block, weight[i], sums, hessian);
        }
        double[] logs = logProportions(theta, offset, weight.length, dimension);
        for (int l = 0; l < logs.length; l++) {
            double proportion = Elementary.exp(logs[l]);
            hessian[offset + l * own][offset + l * own] -= total * proportion;
            for (int m = 0; m < logs.length; m++) {
                hessian[offset + l * own][offset + m * own] += total * proportion * Elementary.exp(logs[m]);
            }
        }
    }

    @Override
    public double[][] toAtoms(double[] theta, int offset, int atoms, int dimension) {
        int own = own(dimension);
        double[] logs = logProportions(theta, offset, atoms, dimension);
        double[][] gates = new double[atoms][own];
        for (int i = 0; i < atoms; i++) {
            int centre = offset + i * own + 1;
            gates[i][0] = logs[i];
            System.arraycopy(theta, centre, gates[i], 1, dimension);
            double[][] factor = TriangularFactor.read(theta, centre + dimension, dimension);
            TriangularFactor.writeCovariance(factor, gates[i], 1 + dimension);
        }
        return gates;
    }

    /**
     * {@inheritDoc} Biases need not be logarithms of numbers that sum to one.
     *
     * @throws IllegalArgumentException if a covariance is not positive definite
     */
    @Override
    public void fromAtoms(List<Atom> atoms, int dimension, double[] theta, int offset) {
        for (int i = 0; i < atoms.size(); i++) {
            double[] gate = atoms.get(i).gate();
            int first = offset + i * own(dimension);
            System.arraycopy(gate, 0, theta, first, 1 + dimension);
            double[][] factor =
                    TriangularFactor.ofCovariance(TriangularFactor.readCovariance(gate, 1 + dimension, dimension));
            TriangularFactor.write(factor, theta, first + 1 + dimension);
            if (!Double.isFinite(TriangularFactor.logDeterminant(theta, first + 1 + dimension, dimension))) {
                throw new IllegalArgumentException(
                        "gate-covariance of expert " + (i + 1) + " is not positive definite");
            }
        }
    }

    /** {@inheritDoc} The inverse of a diagonal entry of the factor is the standard deviation of an input given those before it. */
    @Override
    public List<LinearConstraint> constraints(ParameterBounds bounds, int atoms, int dimension) {
        List<LinearConstraint> constraints = new ArrayList<>(super.constraints(bounds, atoms, dimension));
        double smallest = bounds.minInputVariance();
        int count = parameterCount(atoms, dimension);
        for (int i = 0; i < atoms && smallest > 0; i++) {
            for (int j = 0; j < dimension; j++) {
                int index = i * own(dimension) + 1 + dimension + TriangularFactor.index(j, j);
                double limit = -0.5 * Elementary.log(smallest);
                constraints.add(LinearConstraint.ofOne(ParameterBounds.MIN_INPUT_VARIANCE, count, index, 1, limit));
            }
        }
        return constraints;
    }

    /**
     * {@inheritDoc} {@code p_i} is the atom's share of all responsibilities; centre and covariance are its weighted
     * mean and covariance. Parameters of an atom without responsibilities, or with a singular covariance, are set to
     * values that are not finite.
     */
    @Override
    public void maximise(double[][][] moments, double[] theta, int offset) {
        double total = 0;
        for (double[][] moment : moments) {
            total += moment[0][0];
        }
        int dimension = moments[0].length - 1;
        for (int i = 0; i < moments.length; i++) {
            double mass = moments[i][0][0];
            int first = offset + i * own(dimension);
            theta[first] = Elementary.log(mass / total);
            double[][] covariance = new double[dimension][dimension];
            for (int j = 0; j < dimension; j++) {
                theta[first + 1 + j] = moments[i][0][1 + j] / mass;
                for (int l = 0; l <= j; l++) {
                    covariance[j][l] = moments[i][1 + j][1 + l] / mass - theta[first + 1 + j] * theta[first + 1 + l];
                    covariance[l][j] = covariance[j][l];
                }
            }
            TriangularFactor.write(TriangularFactor.ofCovariance(covariance), theta, first + 1 + dimension);
        }
    }

    /**
     * Log proportions 0, 0.5, -0.5, 0.25, up to a constant; centres 1.5, -1, 0.3, -2.2, later ones for later inputs;
     * uncorrelated inputs of variance 0.5, 1, 0.75, 0.5.
     */
    @Override
    double[][] canonicalAtoms(int atoms, int dimension) {
        double[][] rows = GateKernels.tabulated(atoms, dimension, CANONICAL_BIASES, CANONICAL_CENTRES);
        for (int i = 0; i < atoms; i++) {
            double[] row = Arrays.copyOf(rows[i], own(dimension));
            int at = 1 + dimension;
            for (int j = 0; j < dimension; j++) {
                row[at] = GateKernels.cyclic(CANONICAL_VARIANCES, i + j);
                at += dimension - j;
            }
            rows[i] = row;
        }
        return rows;
    }

    @Override
    public InputComponent inputComponent(double[] gate, int dimension) {
        return new InputComponent(
                Arrays.copyOfRange(gate, 1, 1 + dimension),
                TriangularFactor.readCovariance(gate, 1 + dimension, dimension));
    }
}
