package dev.ratelab.loss;

/** Distances between the predictions of two models, averaged over the inputs. */
final class PredictionLosses {
    private PredictionLosses() {}

    /** {@code sqrt(E_x (f_G(x) - f_G*(x))^2)}: the distance of the regression functions in L2 of the inputs. */
    static double regression(ConditionalDensity fitted, ConditionalDensity truth, double[] nodeWeights) {
        double mean = 0;
        for (int node = 0; node < nodeWeights.length; node++) {
            double difference = fitted.regression(node) - truth.regression(node);
            mean += nodeWeights[node] * difference * difference;
        }
        return Math.sqrt(mean);
    }

    /** {@code sqrt(E_x sum_j (sum_{i in A_j} pi_i(x) - pi*_j(x))^2)}. */
    static double gate(ConditionalDensity fitted, ConditionalDensity truth, VoronoiCells cells, double[] nodeWeights) {
        double[] difference = new double[cells.trueAtoms()];
        double mean = 0;
        for (int node = 0; node < nodeWeights.length; node++) {
            for (int j = 0; j < difference.length; j++) {
                difference[j] = -truth.weight[j][node];
            }
            for (int i = 0; i < cells.cellOf().length; i++) {
                difference[cells.cellOf()[i]] += fitted.weight[i][node];
            }
            double sum = 0;
            for (double d : difference) {
                sum += d * d;
            }
            mean += nodeWeights[node] * sum;
        }
        return Math.sqrt(mean);
    }

    /**
     * {@code sqrt(E_x (h(x, eta_i) - h(x, eta*_j))^2)} of each fitted atom i and the true atom j of its cell: the distance of the
     * expert functions in L2 of the inputs. The weights of the gate do not enter, so an expert is also compared where the gate
     * never uses it.
     */
    static double[] experts(
            ConditionalDensity fitted, ConditionalDensity truth, VoronoiCells cells, double[] nodeWeights) {
        double[] distance = new double[cells.cellOf().length];
        for (int i = 0; i < distance.length; i++) {
            double[] mean = fitted.mean[i];
            double[] trueMean = truth.mean[cells.cellOf()[i]];
            double sum = 0;
            for (int node = 0; node < nodeWeights.length; node++) {
                double difference = mean[node] - trueMean[node];
                sum += nodeWeights[node] * difference * difference;
            }
            distance[i] = Math.sqrt(sum);
        }
        return distance;
    }

    /** Smallest over atoms of {@code E_x pi_i(x)}. */
    static double smallestWeight(ConditionalDensity fitted, double[] nodeWeights) {
        double smallest = Double.POSITIVE_INFINITY;
        for (double[] weight : fitted.weight) {
            double mean = 0;
            for (int node = 0; node < nodeWeights.length; node++) {
                mean += nodeWeights[node] * weight[node];
            }
            smallest = Math.min(smallest, mean);
        }
        return smallest;
    }
}
