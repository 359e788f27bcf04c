package dev.ratelab.study;

import dev.ratelab.data.CorrelatedNormalInput;
import dev.ratelab.data.EmpiricalInput;
import dev.ratelab.data.GridInput;
import dev.ratelab.data.InputDistribution;
import dev.ratelab.data.MixtureInput;
import dev.ratelab.data.NormalInput;
import dev.ratelab.data.QuadratureDesign;
import dev.ratelab.data.ResponseQuadrature;
import dev.ratelab.data.Sample;
import dev.ratelab.data.Truth;
import dev.ratelab.data.UniformInput;
import dev.ratelab.math.Cholesky;
import dev.ratelab.math.Elementary;
import dev.ratelab.model.Block;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.random.Streams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * The expectation under a density truth, as a sample of weighted rows: nodes of the inputs, each with the nodes of a
 * {@link ResponseQuadrature}.
 *
 * <p>Nodes of the inputs are, for smooth models and uniform, normal and correlated normal inputs and mixtures of them (grid
 * inputs tend to uniform ones), for one input {@value #NODES} Gauss-Legendre nodes or {@value #NORMAL_NODES} equally spaced
 * ones, and for two a {@link QuadratureDesign} with {@value #NODES_OF_TWO} nodes in each coordinate. For one uniform, normal
 * or grid input otherwise they are {@value #EQUALLY_SPACED} equally spaced points; for at most {@value #DRAWN} empirical
 * inputs all of them. For everything else they are {@value #DRAWN} rows drawn under a fixed key.
 *
 * <p>Error of the mean log density, for two tanh experts whose means cover about two units fitted by two linear ones: 1e-10
 * nats or less for noise of standard deviation 0.3 and 1, 3e-8 for 0.1; of the coarse rule of the response, which more than
 * {@value #MOST_FINE} nodes of the inputs have, 1e-6 to 6e-6. It is larger where true means are further apart or fitted deviations
 * smaller than true ones: at one input with two means four deviations apart 1e-4 by the coarse rule, and with a fitted deviation half the
 * true one 2e-4 by the fine and 2e-2 by the coarse rule. So each projection is checked by other nodes.
 */
final class DensityProjection {
    /** Nodes of one uniform input, smooth models. */
    static final int NODES = 80;

    /**
     * Nodes of one normal input, smooth models: a tenth of a standard deviation apart, which is closer than Gauss-Hermite nodes
     * are; the outer ones weigh nothing.
     */
    static final int NORMAL_NODES = 160;

    /** Nodes in each coordinate of two inputs, smooth models. */
    static final int NODES_OF_TWO = 64;

    /** Nodes of one input, models with kinks or jumps. */
    static final int EQUALLY_SPACED = 500;

    /** Rows of inputs without a quadrature. */
    static final int DRAWN = 5_000;

    /** The most nodes of the inputs that have all nodes of the fine rule of the response. */
    private static final int MOST_FINE = 1_000;

    private static final double NORMAL_REACH = 8;

    private DensityProjection() {}

    /** Nodes and weights, which sum to one. */
    private record Nodes(double[][] x, double[] weights) {}

    /** Why there is no projection of a density truth, or nothing. */
    static Optional<String> refusal(Truth truth) {
        return ResponseQuadrature.covers(truth.noise())
                ? Optional.empty()
                : Optional.of("needs noise that is normal given the inputs, not "
                        + truth.noise().id() + " noise");
    }

    /**
     * The rows that stand for the truth.
     *
     * @param model the fitted family, which decides with the truth whether all functions are smooth
     * @param observations sum of the weights
     */
    static Sample sample(Truth truth, MixtureOfExperts model, double observations, String key) {
        Nodes inputs = inputs(truth, model, key);
        return rule(inputs).of(truth, inputs.x(), inputs.weights(), observations);
    }

    /** The same with nodes of the response between those of {@link #sample}, no two of them in the same place. */
    static Sample check(Truth truth, MixtureOfExperts model, double observations, String key) {
        Nodes inputs = inputs(truth, model, key);
        return rule(inputs).between().of(truth, inputs.x(), inputs.weights(), observations);
    }

    private static ResponseQuadrature rule(Nodes inputs) {
        return inputs.weights().length <= MOST_FINE ? ResponseQuadrature.FINE : ResponseQuadrature.COARSE;
    }

    /**
     * Mean log density of the response given the inputs, nats; for a gate that models the inputs too, that of its
     * conditional density.
     */
    static double meanLogDensity(MixtureOfExperts model, double[] theta, Sample sample) {
        double[][] scores = new double[model.atoms()][Block.LENGTH];
        double[][] means = new double[model.atoms()][Block.LENGTH];
        double[] score = new double[model.atoms()];
        double[] joint = new double[model.atoms()];
        double sum = 0;
        for (int b = 0; b < sample.blockCount(); b++) {
            Block block = sample.block(b);
            model.gate().values(theta, model.gateOffset(), block, scores);
            model.expert().values(theta, model.expertOffset(), block, means);
            for (int row = 0; row < block.rows(); row++) {
                for (int i = 0; i < score.length; i++) {
                    double variance = model.variance(theta, i);
                    double residual = block.response()[row] - means[i][row];
                    score[i] = scores[i][row];
                    joint[i] =
                            score[i] - 0.5 * (Elementary.log(2 * Math.PI * variance) + residual * residual / variance);
                }
                sum += block.weight()[row] * (Elementary.logSumExp(joint) - Elementary.logSumExp(score));
            }
        }
        return sum / sample.totalWeight();
    }

    private static Nodes inputs(Truth truth, MixtureOfExperts model, String key) {
        InputDistribution input = truth.input();
        int dimension = model.dimension();
        if (input instanceof GridInput grid) {
            // The points of grid inputs tend to the uniform distribution.
            input = InputDistribution.uniform(grid.low(), grid.high());
        }
        Optional<Nodes> rule = smooth(truth.model()) && smooth(model)
                ? smoothRule(input, dimension)
                : equallySpaced(input, dimension, EQUALLY_SPACED);
        if (rule.isPresent()) {
            return rule.get();
        }
        int rows = DRAWN;
        if (input instanceof EmpiricalInput empirical) {
            boolean all = empirical.rows() <= DRAWN;
            rows = all ? empirical.rows() : DRAWN;
            input = empirical.withResample(!all);
        }
        double[][] x = new double[dimension][rows];
        input.fill(Streams.of(key, "input"), 0, rows, 0, x);
        double[] weights = new double[rows];
        Arrays.fill(weights, 1.0 / rows);
        return new Nodes(x, weights);
    }

    private static boolean smooth(MixtureOfExperts model) {
        return model.gate().smooth() && model.expert().smooth();
    }

    /** The nodes of smooth functions, if there are such. */
    private static Optional<Nodes> smoothRule(InputDistribution input, int dimension) {
        if (dimension > 2) {
            return Optional.empty();
        }
        if (input instanceof MixtureInput mixture) {
            return mixture(mixture, dimension);
        }
        if (input instanceof CorrelatedNormalInput normal) {
            return smoothRule(InputDistribution.normal(0, 1), dimension)
                    .map(standard -> new Nodes(transformed(standard.x(), normal), standard.weights()));
        }
        if (input instanceof NormalInput && dimension == 1) {
            return equallySpaced(input, dimension, NORMAL_NODES);
        }
        if (input instanceof UniformInput || input instanceof NormalInput) {
            QuadratureDesign design = QuadratureDesign.of(input, dimension, dimension == 1 ? NODES : NODES_OF_TWO);
            return Optional.of(new Nodes(design.x(), design.weights()));
        }
        return Optional.empty();
    }

    /** Standard normal nodes as nodes of a normal vector. */
    private static double[][] transformed(double[][] z, CorrelatedNormalInput normal) {
        double[] mean = normal.mean();
        double[][] factor = Cholesky.lower(normal.covariance()).orElseThrow();
        double[][] x = new double[z.length][z[0].length];
        for (int j = 0; j < x.length; j++) {
            for (int node = 0; node < x[j].length; node++) {
                double sum = mean[j];
                for (int k = 0; k <= j; k++) {
                    sum += factor[j][k] * z[k][node];
                }
                x[j][node] = sum;
            }
        }
        return x;
    }

    /** The nodes of all components. */
    private static Optional<Nodes> mixture(MixtureInput mixture, int dimension) {
        double total = mixture.components().stream()
                .mapToDouble(MixtureInput.Component::weight)
                .sum();
        List<Nodes> parts = new ArrayList<>();
        for (MixtureInput.Component component : mixture.components()) {
            Optional<Nodes> part = smoothRule(component.distribution(), dimension);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            double share = component.weight() / total;
            parts.add(new Nodes(
                    part.get().x(),
                    Arrays.stream(part.get().weights())
                            .map(weight -> weight * share)
                            .toArray()));
        }
        double[][] x = new double[dimension][];
        for (int j = 0; j < dimension; j++) {
            int column = j;
            x[j] = parts.stream()
                    .flatMapToDouble(part -> Arrays.stream(part.x()[column]))
                    .toArray();
        }
        return Optional.of(new Nodes(
                x,
                parts.stream()
                        .flatMapToDouble(part -> Arrays.stream(part.weights()))
                        .toArray()));
    }

    /** Midpoints of equal intervals, weighted by the density; of normal inputs within {@value #NORMAL_REACH} deviations. */
    private static Optional<Nodes> equallySpaced(InputDistribution input, int dimension, int count) {
        if (dimension > 1) {
            return Optional.empty();
        }
        double[] unit = IntStream.range(0, count)
                .mapToDouble(i -> (2 * i + 1.0) / count - 1)
                .toArray();
        if (input instanceof UniformInput uniform) {
            double half = uniform.high() / 2 - uniform.low() / 2;
            double centre = uniform.low() / 2 + uniform.high() / 2;
            return Optional.of(nodes(unit, centre, half, u -> 1));
        }
        if (input instanceof NormalInput normal) {
            return Optional.of(nodes(
                    unit,
                    normal.mean(),
                    NORMAL_REACH * normal.standardDeviation(),
                    u -> Elementary.exp(-0.5 * NORMAL_REACH * NORMAL_REACH * u * u)));
        }
        return Optional.empty();
    }

    private static Nodes nodes(double[] unit, double centre, double half, DoubleUnaryOperator density) {
        double[] x = new double[unit.length];
        double[] weights = new double[unit.length];
        double total = 0;
        for (int i = 0; i < unit.length; i++) {
            x[i] = centre + half * unit[i];
            weights[i] = density.applyAsDouble(unit[i]);
            total += weights[i];
        }
        for (int i = 0; i < unit.length; i++) {
            weights[i] /= total;
        }
        return new Nodes(new double[][] {x}, weights);
    }
}
