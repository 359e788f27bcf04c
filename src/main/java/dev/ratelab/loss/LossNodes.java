package dev.ratelab.loss;

import dev.ratelab.data.InputDistribution;
import dev.ratelab.data.InputDistribution.Kind;
import dev.ratelab.data.Truth;
import dev.ratelab.model.Atom;
import dev.ratelab.model.Block;
import dev.ratelab.random.Stream;
import dev.ratelab.random.Streams;
import java.util.Arrays;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * The points and weights by which losses average over inputs: a function of the truth alone.
 *
 * <p>One input: 64 nodes of Gauss-Legendre (uniform and grid inputs) or Gauss-Hermite quadrature (normal inputs). More
 * inputs: 256 points of the input distribution with equal weights, from the stream {@code loss-nodes} under a key made
 * of the families, the bits of all true parameters and the input distribution. All losses to one truth use the same
 * points, so the sampling of the points changes a loss by a factor and hardly its rate.
 *
 * @param block the points
 * @param weights {@code weights[row]}: sum to one; owned by the record, not modified
 */
record LossNodes(Block block, double[] weights) {
    private static final int QUADRATURE_NODES = 64;
    private static final int SAMPLED_NODES = 256;

    /** The nodes of a truth. */
    static LossNodes of(Truth truth) {
        return truth.model().dimension() == 1 ? quadrature(truth.input()) : sampled(truth);
    }

    private static LossNodes quadrature(InputDistribution input) {
        GaussIntegratorFactory factory = new GaussIntegratorFactory();
        boolean normal = input.kind() == Kind.NORMAL;
        GaussIntegrator rule = normal
                ? factory.hermite(QUADRATURE_NODES)
                : factory.legendre(QUADRATURE_NODES, input.first(), input.second());
        double[] x = Block.newArray();
        double[] weights = new double[QUADRATURE_NODES];
        double total = 0;
        for (int i = 0; i < QUADRATURE_NODES; i++) {
            double point = rule.getPoint(i);
            x[i] = normal ? input.first() + input.second() * Math.sqrt(2) * point : point;
            weights[i] = rule.getWeight(i);
            total += weights[i];
        }
        for (int i = 0; i < QUADRATURE_NODES; i++) {
            weights[i] /= total;
        }
        return new LossNodes(new Block(new double[][] {x}, Block.newArray(), QUADRATURE_NODES), weights);
    }

    private static LossNodes sampled(Truth truth) {
        InputDistribution input = truth.input();
        boolean normal = input.kind() == Kind.NORMAL;
        double unit = normal ? input.second() : input.second() - input.first();
        Stream stream = Streams.of(key(truth), "loss-nodes");
        double[][] x = new double[truth.model().dimension()][];
        for (int j = 0; j < x.length; j++) {
            x[j] = Block.newArray();
            for (int i = 0; i < SAMPLED_NODES; i++) {
                x[j][i] = input.first() + unit * (normal ? stream.normal(i, j) : stream.uniform(i, j));
            }
        }
        double[] weights = new double[SAMPLED_NODES];
        Arrays.fill(weights, 1.0 / SAMPLED_NODES);
        return new LossNodes(new Block(x, Block.newArray(), SAMPLED_NODES), weights);
    }

    private static String key(Truth truth) {
        StringBuilder key = new StringBuilder();
        key.append(truth.model().gate().id())
                .append(' ')
                .append(truth.model().expert().id());
        for (Atom atom : truth.atoms()) {
            key.append(" atom");
            append(key, atom.gate());
            append(key, atom.expert());
            append(key, atom.variance());
        }
        InputDistribution input = truth.input();
        key.append(' ').append(input.kind().name());
        append(key, input.first(), input.second());
        return key.toString();
    }

    private static void append(StringBuilder key, double... values) {
        for (double value : values) {
            key.append(' ').append(Long.toHexString(Double.doubleToLongBits(value)));
        }
    }
}
