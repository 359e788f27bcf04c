package dev.ratelab.diagnose;

import dev.ratelab.data.InputNodes;
import dev.ratelab.math.GaussRule;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Noise;
import dev.ratelab.model.Normaliser;

/**
 * The points at which a model is compared with the truth: nodes of the inputs in regression; in the density problem, for each of
 * them, responses y under the true density.
 *
 * <p>Responses of component {@code i} at an input are Gauss-Hermite nodes of {@code N(h_i, nu_i)}, weighted by the component's
 * probability there, so that sums over the rows stand for expectations under the true density, and the first derivatives
 * of the log density have the Fisher information as their Gram matrix.
 *
 * @param node {@code node[row]}: index of the node of the inputs
 * @param y {@code y[row]}: response; zero in regression
 * @param weight {@code weight[row]}: positive, sum to one
 */
record Rows(int[] node, double[] y, double[] weight) {
    private static final int RESPONSES = 14;

    /** The rows of a truth. */
    static Rows of(LocalModel truth) {
        InputNodes nodes = truth.nodes();
        MixtureOfExperts model = truth.model();
        if (model.noise().kind() == Noise.Kind.KNOWN) {
            int[] node = new int[nodes.size()];
            for (int q = 0; q < node.length; q++) {
                node[q] = q;
            }
            return new Rows(node, new double[nodes.size()], nodes.weights());
        }
        GaussRule rule = GaussRule.hermite(RESPONSES);
        int count = nodes.size() * model.atoms() * RESPONSES;
        int[] node = new int[count];
        double[] y = new double[count];
        double[] weight = new double[count];
        double[] share = new double[model.atoms()];
        int row = 0;
        for (int q = 0; q < nodes.size(); q++) {
            Coefficients.shares(truth.score, q, Normaliser.SOFTMAX, share);
            for (int i = 0; i < model.atoms(); i++) {
                double deviation = Math.sqrt(model.variance(truth.theta(), i));
                for (int r = 0; r < RESPONSES; r++) {
                    node[row] = q;
                    y[row] = truth.mean[i][q] + deviation * rule.nodes()[r];
                    weight[row] = nodes.weights()[q] * share[i] * rule.weights()[r];
                    row++;
                }
            }
        }
        return new Rows(node, y, weight);
    }

    int size() {
        return node.length;
    }
}
