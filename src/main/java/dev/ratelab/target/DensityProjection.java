package dev.ratelab.target;

import dev.ratelab.data.InputNodes;
import dev.ratelab.data.ResponseQuadrature;
import dev.ratelab.data.Sample;
import dev.ratelab.data.Truth;
import dev.ratelab.math.Elementary;
import dev.ratelab.model.Block;
import dev.ratelab.model.MixtureOfExperts;
import java.util.Optional;

/**
 * The expectation under a density truth, as a sample of weighted rows: nodes of the inputs, each with the nodes of a
 * {@link ResponseQuadrature}.
 *
 * <p>Nodes of the inputs are, for smooth models and uniform, normal and correlated normal inputs and mixtures of them (grid
 * inputs tend to uniform ones), those of {@link InputNodes#smooth} with {@value #NODES} nodes for one input and
 * {@value #NODES_OF_TWO} in each coordinate of two. For one uniform, normal
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

    /** Nodes in each coordinate of two inputs, smooth models. */
    static final int NODES_OF_TWO = 64;

    /** Nodes of one input, models with kinks or jumps. */
    static final int EQUALLY_SPACED = 500;

    /** Rows of inputs without a quadrature. */
    static final int DRAWN = 5_000;

    /** The most nodes of the inputs that have all nodes of the fine rule of the response. */
    private static final int MOST_FINE = 1_000;

    private DensityProjection() {}

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
        InputNodes inputs = inputs(truth, model, key);
        return rule(inputs).of(truth, inputs.x(), inputs.weights(), observations);
    }

    /** The same with nodes of the response between those of {@link #sample}, no two of them in the same place. */
    static Sample check(Truth truth, MixtureOfExperts model, double observations, String key) {
        InputNodes inputs = inputs(truth, model, key);
        return rule(inputs).between().of(truth, inputs.x(), inputs.weights(), observations);
    }

    private static ResponseQuadrature rule(InputNodes inputs) {
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

    private static InputNodes inputs(Truth truth, MixtureOfExperts model, String key) {
        int dimension = model.dimension();
        Optional<InputNodes> rule = Projection.smooth(truth.model()) && Projection.smooth(model)
                ? InputNodes.smooth(truth.input(), dimension, NODES, NODES_OF_TWO)
                : dimension == 1 ? InputNodes.equallySpaced(truth.input(), EQUALLY_SPACED) : Optional.empty();
        return rule.orElseGet(() -> InputNodes.drawn(truth.input(), dimension, DRAWN, key));
    }
}
