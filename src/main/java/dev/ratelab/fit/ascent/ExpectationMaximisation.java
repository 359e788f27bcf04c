package dev.ratelab.fit.ascent;

import dev.ratelab.fit.objective.Evaluation;
import dev.ratelab.fit.objective.Objective;
import dev.ratelab.fit.objective.Order;
import dev.ratelab.fit.objective.Standardisation;
import dev.ratelab.fit.quadratic.FeasibleSet;
import dev.ratelab.fit.quadratic.ScaledProblem;
import dev.ratelab.math.Elementary;
import dev.ratelab.math.LinearConstraint;
import dev.ratelab.math.Vectors;
import dev.ratelab.model.JointGate;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Noise;
import dev.ratelab.model.ParameterBounds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;

/**
 * The EM algorithm for the density problem, with one pass over the sample an iteration.
 *
 * <p>M-step: each expert takes a Gauss-Newton step on its weighted least squares, which is the exact weighted least-squares
 * solution when the mean is linear in its parameters; its variance is the weighted mean squared residual, clipped to the
 * bounds (exact for the given mean, as the objective is unimodal in the variance); the gate takes one Newton step on
 * {@code sum_n sum_i tau_ni log pi_i(x_n)} within its bounds. A step that lowers the observed log likelihood is halved, so the
 * likelihood never falls.
 */
public final class ExpectationMaximisation {
    private static final int MAX_HALVINGS = 12;
    private static final double GATE_RADIUS_PER_ROOT_ROW = 0.5;
    private static final double SINGULAR_PIVOT = 1e-12;

    /**
     * What is added to the diagonal of the scaled Gauss-Newton equations of experts that are not linear in their parameters: nearly
     * singular equations would promise steps far beyond where they hold.
     */
    private static final double DAMPING = 1e-3;

    private final MixtureOfExperts model;
    private final Objective likelihood;
    private final double minVariance;
    private final double maxVariance;
    private final FeasibleSet gateSet;
    private final double observations;
    private Evaluation current;
    private Evaluation trial;

    /**
     * Sets up the algorithm.
     *
     * @param likelihood of the data in standard units
     * @param bounds in the user's units
     * @param observations number of observations that the data stand for
     */
    public ExpectationMaximisation(
            MixtureOfExperts model,
            Objective likelihood,
            ParameterBounds bounds,
            Standardisation units,
            double observations) {
        this.model = model;
        this.likelihood = likelihood;
        minVariance = units.variance(bounds.minVariance());
        maxVariance = units.variance(bounds.maxVariance());
        this.observations = observations;
        List<LinearConstraint> ofGate =
                new ArrayList<>(model.gate().constraints(bounds, model.atoms(), model.dimension()));
        gateSet = new FeasibleSet(units.constraints(ofGate));
        current = Evaluation.of(model);
        trial = Evaluation.of(model);
    }

    /**
     * Iterates from a feasible start until the limit, a step that gains less than {@code smallestGain} nats, or a value that is
     * not finite.
     *
     * @param start not modified
     */
    public WarmUp.Result run(double[] start, int iterations, double smallestGain, Deadline deadline) {
        return run(start, iterations, likelihood -> smallestGain, deadline);
    }

    /**
     * Iterates until an iteration gains less than a number of nats that may depend on the log likelihood.
     *
     * @param smallestGain from the log likelihood in standard units, after each iteration, to nats
     */
    public WarmUp.Result run(double[] start, int iterations, DoubleUnaryOperator smallestGain, Deadline deadline) {
        double[] theta = start.clone();
        likelihood.evaluate(theta, Order.COMPLETE, current);
        int done = 0;
        while (done < iterations && current.isFinite() && !deadline.passed()) {
            double before = current.logLikelihood;
            double[] next = improve(theta);
            if (next == null) {
                break;
            }
            theta = next;
            done++;
            if (current.logLikelihood - before < smallestGain.applyAsDouble(current.logLikelihood)) {
                break;
            }
        }
        return new WarmUp.Result(theta, done);
    }

    /** One iteration; null if no step keeps the likelihood. The current evaluation is that of the returned point. */
    private double[] improve(double[] theta) {
        double[] step = mStep(theta);
        for (int halving = 0; halving < MAX_HALVINGS; halving++) {
            double[] next = Vectors.sum(theta, 1, step);
            likelihood.evaluate(next, Order.COMPLETE, trial);
            if (trial.isFinite() && trial.logLikelihood >= current.logLikelihood) {
                Evaluation previous = current;
                current = trial;
                trial = previous;
                return next;
            }
            for (int a = 0; a < step.length; a++) {
                step[a] *= 0.5;
            }
        }
        return null;
    }

    /**
     * The step that an iteration tries first: the whole M-step, before it is judged by the likelihood.
     *
     * @param theta not modified
     */
    double[] firstStep(double[] theta) {
        likelihood.evaluate(theta, Order.COMPLETE, current);
        return mStep(theta);
    }

    private double[] mStep(double[] theta) {
        double[] step = new double[theta.length];
        gateStep(theta, step);
        double[] squares = new double[model.atoms()];
        for (int i = 0; i < model.atoms(); i++) {
            squares[i] = expertStep(i, theta, step);
        }
        if (model.noise().kind() == Noise.Kind.OWN) {
            for (int i = 0; i < model.atoms(); i++) {
                varianceStep(model.logVarianceIndex(i), squares[i], current.mass[i], theta, step);
            }
        } else {
            double sum = 0;
            double mass = 0;
            for (int i = 0; i < model.atoms(); i++) {
                sum += squares[i];
                mass += current.mass[i];
            }
            varianceStep(model.logVarianceOffset(), sum, mass, theta, step);
        }
        return step;
    }

    private void gateStep(double[] theta, double[] step) {
        if (model.gate() instanceof JointGate joint) {
            closedFormGateStep(joint, theta, step);
        } else {
            newtonGateStep(theta, step);
        }
    }

    private void closedFormGateStep(JointGate joint, double[] theta, double[] step) {
        double[] best = theta.clone();
        joint.maximise(current.moments, best, model.gateOffset());
        int count = model.expertOffset() - model.gateOffset();
        for (int a = 0; a < count; a++) {
            if (!Double.isFinite(best[model.gateOffset() + a])) {
                // An atom without observations, or with all of them at one point: the gate keeps its place.
                return;
            }
        }
        double[] gate = gateSet.project(Arrays.copyOf(best, count));
        for (int a = 0; a < count; a++) {
            step[model.gateOffset() + a] = gate[a] - theta[model.gateOffset() + a];
        }
    }

    private void newtonGateStep(double[] theta, double[] step) {
        int count = model.expertOffset() - model.gateOffset();
        Evaluation gate = new Evaluation(count, 0);
        double[] metric = new double[count];
        double largest = 0;
        for (int a = 0; a < count; a++) {
            gate.gradient[a] = current.gradient[a];
            System.arraycopy(current.hessian[a], 0, gate.hessian[a], 0, count);
            metric[a] = Math.sqrt(Math.max(0, -current.hessian[a][a]));
            largest = Math.max(largest, metric[a]);
        }
        if (largest == 0) {
            return;
        }
        for (int a = 0; a < count; a++) {
            metric[a] = Math.max(metric[a], 1e-6 * largest);
        }
        double[] gateTheta = Arrays.copyOf(theta, count);
        ScaledProblem problem = new ScaledProblem(
                gateSet,
                gateTheta,
                gate.gradient,
                gate.hessian,
                metric,
                model.gate().invariances(theta, model.gateOffset(), model.atoms(), model.dimension()));
        double[] delta = problem.maximise(GATE_RADIUS_PER_ROOT_ROW * Math.sqrt(observations))
                .delta();
        System.arraycopy(delta, 0, step, model.gateOffset(), count);
    }

    /**
     * Weighted least squares of one expert. An expert whose equations are singular keeps its mean.
     *
     * @return the weighted sum of squared residuals that the step promises, at most
     */
    private double expertStep(int atom, double[] theta, double[] step) {
        int[] indices = model.expert().parametersOf(atom, model.atoms(), model.dimension());
        int size = indices.length;
        double variance = model.variance(theta, atom);
        if (!(current.mass[atom] > 0)) {
            return 0;
        }
        double[][] normal = new double[size][size];
        double[] right = new double[size];
        double[] unit = new double[size];
        for (int a = 0; a < size; a++) {
            int row = model.expertOffset() + indices[a];
            // A parameter without any effect keeps its value and does not hold back the others.
            unit[a] = current.hessian[row][row] < 0 ? Math.sqrt(-current.hessian[row][row]) : 1;
        }
        for (int a = 0; a < size; a++) {
            int row = model.expertOffset() + indices[a];
            right[a] = current.gradient[row] / unit[a];
            for (int b = 0; b < size; b++) {
                normal[a][b] = -current.hessian[row][model.expertOffset() + indices[b]] / (unit[a] * unit[b]);
            }
        }
        for (int a = 0; a < size && !model.expert().linearInParameters(); a++) {
            normal[a][a] += DAMPING;
        }
        double explained = 0;
        double[] delta = solve(normal, right);
        for (int a = 0; a < delta.length; a++) {
            step[model.expertOffset() + indices[a]] = delta[a] / unit[a];
            explained += delta[a] * right[a] * variance;
        }
        return current.squaredResiduals[atom] - explained;
    }

    private void varianceStep(int index, double squares, double mass, double[] theta, double[] step) {
        if (!(mass > 0)) {
            return;
        }
        double updated = Math.min(Math.max(squares / mass, minVariance), maxVariance);
        if (updated > 0) {
            step[index] = Elementary.log(updated) - theta[index];
        }
    }

    private static double[] solve(double[][] normal, double[] right) {
        for (double[] row : normal) {
            for (double entry : row) {
                if (!Double.isFinite(entry)) {
                    return new double[0];
                }
            }
        }
        try {
            return new CholeskyDecomposition(
                            new Array2DRowRealMatrix(normal, false),
                            CholeskyDecomposition.DEFAULT_RELATIVE_SYMMETRY_THRESHOLD,
                            SINGULAR_PIVOT)
                    .getSolver()
                    .solve(new ArrayRealVector(right, false))
                    .toArray();
        } catch (NonPositiveDefiniteMatrixException singular) {
            return new double[0];
        }
    }
}
