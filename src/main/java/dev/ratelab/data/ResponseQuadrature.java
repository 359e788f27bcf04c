package dev.ratelab.data;

import dev.ratelab.math.Elementary;
import dev.ratelab.model.Block;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Problem;
import java.util.Arrays;

/**
 * A quadrature over inputs and response under a density truth: {@code sum_j w_j g(x_j, y_j)} is {@code E g(X, Y)} with weights
 * that sum to one.
 *
 * <p>At each node {@code x} of the inputs, each true expert has the nodes {@code y = h(x, eta_i) + s_i(x) t} with its standard
 * deviation {@code s_i(x)} and equally spaced {@code t} from {@code -reach} to {@code reach}, weighted by the expert's true
 * weight {@code pi_i(x)} and the standard normal density of {@code t}. The trapezoidal rule on a normal density with spacing
 * {@code delta} leaves errors of {@code exp(-2 pi a / delta)}, {@code a} being the distance, in standard deviations, of the
 * nearest complex singularity of {@code g}: for the log density of two normals of the same variance {@code D} standard
 * deviations apart {@code a = pi / D}. Gauss-Hermite nodes of the same number are wider apart in the middle, as half of them
 * have weights that vanish.
 *
 * <p>Nodes that weigh less than {@value #LEAST_WEIGHT} are left out: no sum in double precision sees them.
 *
 * @param nodes number of nodes of each expert, at least 2
 * @param reach the outermost nodes, standard deviations, positive
 */
public record ResponseQuadrature(int nodes, double reach) {
    /** A spacing of a quarter of a standard deviation; the tails beyond weigh 1e-15. */
    public static final ResponseQuadrature FINE = new ResponseQuadrature(65, 8);

    /** A spacing of three quarters of a standard deviation; the tails beyond weigh 2e-9. */
    public static final ResponseQuadrature COARSE = new ResponseQuadrature(17, 6);

    private static final double LEAST_WEIGHT = 1e-18;

    /** A rule of the same spacing whose nodes lie midway between those of this one. */
    public ResponseQuadrature between() {
        return new ResponseQuadrature(nodes - 1, reach * (nodes - 2) / (nodes - 1));
    }

    /** Whether a law of the noise is normal given the inputs: others have no nodes. */
    public static boolean covers(NoiseLaw noise) {
        return noise instanceof NoiseLaw.Normal || noise instanceof NoiseLaw.Heteroscedastic;
    }

    /**
     * The nodes of a truth.
     *
     * @param truth a density truth whose noise, given the inputs, is normal
     * @param x {@code x[j][node]}: d columns of nodes of the inputs; not modified
     * @param weights {@code weights[node]}: their weights, which sum to one; not modified
     * @param observations the sum of the weights of the rows, positive: how many observations they stand for
     * @return weighted rows, the nodes
     * @throws IllegalArgumentException if the truth is a regression or has another law of the noise
     */
    public Sample of(Truth truth, double[][] x, double[] weights, double observations) {
        if (truth.problem() != Problem.DENSITY) {
            throw new IllegalArgumentException("nodes of the response are those of a density");
        }
        if (!covers(truth.noise())) {
            throw new IllegalArgumentException("nodes of the response need normal noise, not "
                    + truth.noise().id() + " noise");
        }
        MixtureOfExperts model = truth.model();
        double[] theta = truth.parameters();
        double[] t = new double[nodes];
        double[] share = shares(t);
        Rows rows = new Rows(model.dimension(), weights.length * nodes * model.atoms());
        Sample inputs = Sample.of(x, weights);
        double[][] scores = new double[model.atoms()][Block.LENGTH];
        double[][] means = new double[model.atoms()][Block.LENGTH];
        double[] expertWeights = new double[model.atoms()];
        for (int b = 0; b < inputs.blockCount(); b++) {
            Block block = inputs.block(b);
            model.gate().values(theta, model.gateOffset(), block, scores);
            model.expert().values(theta, model.expertOffset(), block, means);
            for (int i = 0; i < block.rows(); i++) {
                int node = b * Block.ROWS + i;
                double total = Generator.weights(model.gate().normaliser(), scores, i, expertWeights);
                double unit = truth.noise() instanceof NoiseLaw.Heteroscedastic noise ? noise.deviation(x, node) : 1;
                for (int atom = 0; atom < expertWeights.length; atom++) {
                    double weight = weights[node] * expertWeights[atom] / total;
                    double deviation = unit * Math.sqrt(truth.atoms().get(atom).variance());
                    for (int m = 0; m < nodes; m++) {
                        rows.add(x, node, means[atom][i] + deviation * t[m], weight * share[m]);
                    }
                }
            }
        }
        return rows.sample(observations);
    }

    /** The nodes of a standard normal number and their weights, which sum to one. */
    private double[] shares(double[] t) {
        double[] share = new double[nodes];
        double total = 0;
        for (int m = 0; m < nodes; m++) {
            t[m] = reach * (2.0 * m / (nodes - 1) - 1);
            share[m] = Elementary.exp(-0.5 * t[m] * t[m]);
            total += share[m];
        }
        for (int m = 0; m < nodes; m++) {
            share[m] /= total;
        }
        return share;
    }

    /** Rows that are kept. */
    private static final class Rows {
        private final double[][] x;
        private final double[] y;
        private final double[] weights;
        private int count;
        private double total;

        Rows(int dimension, int most) {
            x = new double[dimension][most];
            y = new double[most];
            weights = new double[most];
        }

        void add(double[][] inputs, int node, double response, double weight) {
            if (!(weight >= LEAST_WEIGHT)) {
                return;
            }
            for (int j = 0; j < x.length; j++) {
                x[j][count] = inputs[j][node];
            }
            y[count] = response;
            weights[count] = weight;
            count++;
            total += weight;
        }

        Sample sample(double observations) {
            double[][] columns = new double[x.length][];
            for (int j = 0; j < x.length; j++) {
                columns[j] = Arrays.copyOf(x[j], count);
            }
            double[] scaled = Arrays.copyOf(weights, count);
            for (int row = 0; row < count; row++) {
                scaled[row] *= observations / total;
            }
            return Sample.of(columns, Arrays.copyOf(y, count), scaled);
        }
    }
}
