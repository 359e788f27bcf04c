package dev.ratelab.fit.ascent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.data.Sample;
import dev.ratelab.fit.objective.Evaluation;
import dev.ratelab.fit.objective.Objective;
import dev.ratelab.fit.objective.Order;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Noise;
import dev.ratelab.model.Normaliser;
import dev.ratelab.testing.ModelCase;
import dev.ratelab.testing.ReferenceModel;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Whether a step is an M-step, block by block, from responsibilities and slopes of scores and means along the step, in plain loops.
 *
 * <p>Each block of an M-step maximises a quadratic {@code g's - s'Is / 2} within a radius, so that {@code g's >= s'Is}, with equality
 * inside; {@code g's} and {@code s'Is} are sums over rows of slopes along {@code s}. A step of the wrong sign has {@code g's < 0}, a
 * step that is too long {@code g's < s'Is}, one that is too short {@code g's > s'Is}.
 */
final class MStepReference {
    private static final double TOLERANCE = 1e-6;
    private static final double DIFFERENCE = 1e-6;

    /** Sums of responsibilities below this are those of rows that do not select an expert. */
    private static final double UNDERFLOW = 1e-200;

    private final String name;
    private final MixtureOfExperts model;
    private final double[] theta;
    private final double[] step;
    private final Sample sample;
    private final ReferenceModel at;
    private final double[][] tau;
    private final Evaluation complete;

    /**
     * Prepares the comparison.
     *
     * @param step the step that is judged, from {@code theta}
     */
    MStepReference(ModelCase c, double[] theta, double[] step, Sample sample) {
        name = c.toString();
        complete = Evaluation.of(c.model());
        Objective.of(c.model(), sample).evaluate(theta, Order.COMPLETE, complete);
        model = c.model();
        this.theta = theta;
        this.step = withEffect(step);
        this.sample = sample;
        at = new ReferenceModel(model, theta, sample);
        tau = at.responsibilities();
    }

    /** The step without parameters that no row can see: these may go anywhere. */
    private double[] withEffect(double[] whole) {
        double[] step = whole.clone();
        for (int a = 0; a < complete.hessian.length; a++) {
            if (complete.hessian[a][a] > -UNDERFLOW) {
                step[a] = 0;
            }
        }
        return step;
    }

    /** Slopes {@code [row][atom]} along the step: those of the scores, and those of the means. */
    private record Slopes(double[][] scores, double[][] means) {}

    /** By differences with two widths, extrapolated, as steps may be long. */
    private Slopes slopesAt(double fraction) {
        ReferenceModel[] at = new ReferenceModel[4];
        for (int s = 0; s < at.length; s++) {
            double moved = (s < 2 ? 1 : 2) * (s % 2 == 0 ? DIFFERENCE : -DIFFERENCE);
            at[s] = new ReferenceModel(model, ModelCase.moved(theta, fraction + moved, step), sample);
        }
        return new Slopes(
                slopes(at[0].scores, at[1].scores, at[2].scores, at[3].scores),
                slopes(at[0].means, at[1].means, at[2].means, at[3].means));
    }

    private static double[][] slopes(double[][] up, double[][] down, double[][] twiceUp, double[][] twiceDown) {
        double[][] slopes = new double[up.length][up[0].length];
        for (int row = 0; row < up.length; row++) {
            for (int i = 0; i < up[row].length; i++) {
                double near = (up[row][i] - down[row][i]) / (2 * DIFFERENCE);
                double wide = (twiceUp[row][i] - twiceDown[row][i]) / (4 * DIFFERENCE);
                slopes[row][i] = (4 * near - wide) / 3;
            }
        }
        return slopes;
    }

    /**
     * Asserts that all blocks are those of an M-step.
     *
     * @param gateRadius most length of the gate's step, in units of the square roots of the diagonal of its information
     */
    void requireMStep(double gateRadius) {
        Slopes slopes = slopesAt(0);
        if (model.gate().normaliser() == Normaliser.JOINT) {
            requireMaximumOfJointGate(slopes);
        } else if (model.atoms() > 1) {
            requireNewtonStepOfGate(slopes, gateRadius);
        }
        double[] squares = new double[model.atoms()];
        double[] explained = new double[model.atoms()];
        double[] mass = new double[model.atoms()];
        for (int i = 0; i < model.atoms(); i++) {
            explained[i] = requireGaussNewtonStepOfExpert(i, slopes.means());
            for (int row = 0; row < tau.length; row++) {
                double residual = sample.y(row) - at.means[row][i];
                squares[i] += tau[row][i] * residual * residual;
                mass[i] += tau[row][i];
            }
        }
        if (model.noise().kind() == Noise.Kind.OWN) {
            for (int i = 0; i < squares.length; i++) {
                if (mass[i] < UNDERFLOW) {
                    continue;
                }
                requireVariance(model.logVarianceIndex(i), squares[i] / mass[i], explained[i] / mass[i]);
            }
        } else {
            double all = Arrays.stream(mass).sum();
            requireVariance(
                    model.logVarianceOffset(),
                    Arrays.stream(squares).sum() / all,
                    Arrays.stream(explained).sum() / all);
        }
    }

    /** {@code sum_n sum_i tau_ni u_ni} rises along the step from where it starts, and no more where it ends. */
    private void requireMaximumOfJointGate(Slopes start) {
        double before = weighted(start.scores());
        assertThat(before).as("%s: slope where the gate's step starts", name).isPositive();
        assertThat(weighted(slopesAt(1).scores()))
                .as("%s: slope where the gate's step ends", name)
                .isCloseTo(0, within(TOLERANCE * before));
    }

    private double weighted(double[][] slopes) {
        double sum = 0;
        for (int row = 0; row < slopes.length; row++) {
            for (int i = 0; i < slopes[row].length; i++) {
                sum += tau[row][i] * slopes[row][i];
            }
        }
        return sum;
    }

    private void requireNewtonStepOfGate(Slopes slopes, double radius) {
        double gain = 0;
        double information = 0;
        for (int row = 0; row < tau.length; row++) {
            double mean = 0;
            double square = 0;
            for (int i = 0; i < tau[row].length; i++) {
                double slope = slopes.scores()[row][i];
                gain += (tau[row][i] - at.weights[row][i]) * slope;
                mean += at.weights[row][i] * slope;
                square += at.weights[row][i] * slope * slope;
            }
            information += square - mean * mean;
        }
        if (isFlat(IntStream.range(0, model.expertOffset()), information)) {
            return;
        }
        assertThat(gain).as("%s: g's of the gate", name).isGreaterThan(information * (1 - TOLERANCE));
        double squares = 0;
        for (int a = 0; a < model.expertOffset(); a++) {
            squares -= complete.hessian[a][a] * step[a] * step[a];
        }
        assertThat(Math.sqrt(squares)).as("%s: length of the gate's step", name).isLessThan(radius * (1 + TOLERANCE));
        if (Math.sqrt(squares) < radius * (1 - 0.01)) {
            assertThat(gain).as("%s: g's of the gate", name).isCloseTo(information, within(TOLERANCE * information));
        }
    }

    /** Asserts it for one expert, and returns {@code g's} times its variance: by how much squared residuals fall. */
    private double requireGaussNewtonStepOfExpert(int atom, double[][] slopes) {
        double explained = 0;
        double squares = 0;
        for (int row = 0; row < tau.length; row++) {
            double slope = slopes[row][atom];
            explained += tau[row][atom] * (sample.y(row) - at.means[row][atom]) * slope;
            squares += tau[row][atom] * slope * slope;
        }
        int[] parameters = model.expert().parametersOf(atom, model.atoms(), model.dimension());
        if (isFlat(Arrays.stream(parameters).map(a -> model.expertOffset() + a), squares)) {
            return 0;
        }
        // Experts that are not linear in their parameters take damped, shorter steps.
        assertThat(explained).as("%s: g's of expert %d", name, atom).isGreaterThan(squares * (1 - TOLERANCE));
        if (model.expert().linearInParameters()) {
            assertThat(explained)
                    .as("%s: g's of expert %d", name, atom)
                    .isCloseTo(squares, within(TOLERANCE * squares));
        }
        return explained;
    }

    /**
     * Whether a block has no step, and should have none, as none of its parameters has any effect: the weight of the only expert of a
     * row is one whatever the gate, a rectified expert may be zero at all rows, and one that no row selects has weights that underflow.
     */
    private boolean isFlat(IntStream parameters, double information) {
        assertThat(information).as("%s: information of a block", name).isNotNegative();
        if (information > 0) {
            return false;
        }
        assertThat(parameters.mapToDouble(a -> complete.gradient[a]).map(Math::abs))
                .as("%s: gradient of a block without a step", name)
                .allMatch(gradient -> gradient < UNDERFLOW);
        return true;
    }

    /** The variance is the mean square of the residuals less what the step explains of it, as exactly as both are known. */
    private void requireVariance(int index, double before, double explained) {
        assertThat(Math.exp(theta[index] + step[index]))
                .as("%s: variance", name)
                .isCloseTo(before - explained, within(TOLERANCE * before));
    }
}
