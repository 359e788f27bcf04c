package dev.ratelab.loss;

import dev.ratelab.math.Elementary;
import dev.ratelab.model.Atom;
import dev.ratelab.model.Block;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Normaliser;
import java.util.List;

/**
 * Weights, means and standard deviations of a model at all nodes: what its conditional densities and its regression function
 * are made of. Weights are the gate's: the softmax of its scores, also for gates that model the inputs, of which this is the
 * weight given {@code x}; or {@code exp} of the scores if they are not normalised.
 */
final class ConditionalDensity {
    /** Half width, in standard deviations, of the interval outside of which a normal density is taken as 0 (3e-18). */
    static final double REACH = 9;

    /** {@code weight[atom][node] = pi_i(x)}. */
    final double[][] weight;

    /** {@code mean[atom][node] = h(x, eta_i)}. */
    final double[][] mean;

    /** {@code deviation[atom] = sqrt(nu_i)}. */
    final double[] deviation;

    ConditionalDensity(MixtureOfExperts model, List<Atom> atoms, LossNodes nodes) {
        double[] theta = model.toParameters(atoms);
        weight = new double[model.atoms()][Block.LENGTH];
        mean = new double[model.atoms()][Block.LENGTH];
        deviation = new double[model.atoms()];
        model.gate().values(theta, model.gateOffset(), nodes.block(), weight);
        model.expert().values(theta, model.expertOffset(), nodes.block(), mean);
        for (int i = 0; i < deviation.length; i++) {
            deviation[i] = Math.sqrt(atoms.get(i).variance());
        }
        if (model.gate().normaliser() == Normaliser.NONE) {
            exponentiate(nodes.block().rows());
            return;
        }
        double[] scores = new double[model.atoms()];
        for (int node = 0; node < nodes.block().rows(); node++) {
            for (int i = 0; i < scores.length; i++) {
                scores[i] = weight[i][node];
            }
            double total = Elementary.logSumExp(scores);
            for (int i = 0; i < scores.length; i++) {
                weight[i][node] = Elementary.exp(scores[i] - total);
            }
        }
    }

    private void exponentiate(int rows) {
        for (double[] ofAtom : weight) {
            for (int node = 0; node < rows; node++) {
                ofAtom[node] = Elementary.exp(ofAtom[node]);
            }
        }
    }

    /** {@code f(x) = sum_i w_i(x) h(x, eta_i)} at a node. */
    double regression(int node) {
        double sum = 0;
        for (int i = 0; i < weight.length; i++) {
            sum += weight[i][node] * mean[i][node];
        }
        return sum;
    }

    /** Smallest standard deviation. */
    double smallestDeviation() {
        double smallest = Double.POSITIVE_INFINITY;
        for (double sd : deviation) {
            smallest = Math.min(smallest, sd);
        }
        return smallest;
    }

    /** Lowest {@code mean - 9 sd} at a node. */
    double low(int node) {
        double low = Double.POSITIVE_INFINITY;
        for (int i = 0; i < deviation.length; i++) {
            low = Math.min(low, mean[i][node] - REACH * deviation[i]);
        }
        return low;
    }

    /** Highest {@code mean + 9 sd} at a node. */
    double high(int node) {
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < deviation.length; i++) {
            high = Math.max(high, mean[i][node] + REACH * deviation[i]);
        }
        return high;
    }
}
