package dev.ratelab.loss;

import dev.ratelab.data.EmpiricalInput;
import dev.ratelab.data.GridInput;
import dev.ratelab.data.InputDistribution;
import dev.ratelab.data.NormalInput;
import dev.ratelab.data.Truth;
import dev.ratelab.data.UniformInput;
import dev.ratelab.model.Atom;
import dev.ratelab.model.Block;
import dev.ratelab.random.Streams;
import java.util.Arrays;
import java.util.Locale;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * The points and weights by which losses average over inputs: a function of the truth alone.
 *
 * <p>One input: 64 nodes of Gauss-Legendre (uniform and grid inputs) or Gauss-Hermite quadrature (normal inputs).
 * Empirical inputs of at most 256 rows: those rows. Otherwise: 256 points of the input distribution with equal weights,
 * from the stream {@code loss-nodes} under a key made of the families, the bits of all true parameters and the input
 * distribution. All losses to one truth use the same
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
        if (truth.model().dimension() == 1) {
            InputDistribution input = truth.input();
            GaussIntegratorFactory factory = new GaussIntegratorFactory();
            if (input instanceof NormalInput normal) {
                double unit = normal.standardDeviation() * Math.sqrt(2);
                return quadrature(factory.hermite(QUADRATURE_NODES), normal.mean(), unit);
            }
            if (input instanceof UniformInput uniform) {
                return quadrature(factory.legendre(QUADRATURE_NODES, uniform.low(), uniform.high()), 0, 1);
            }
            if (input instanceof GridInput grid) {
                return quadrature(factory.legendre(QUADRATURE_NODES, grid.low(), grid.high()), 0, 1);
            }
        }
        return sampled(truth);
    }

    private static LossNodes quadrature(GaussIntegrator rule, double origin, double unit) {
        double[] x = Block.newArray();
        double[] weights = new double[QUADRATURE_NODES];
        double total = 0;
        for (int i = 0; i < QUADRATURE_NODES; i++) {
            double point = rule.getPoint(i);
            x[i] = origin + unit * point;
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
        int count = SAMPLED_NODES;
        if (input instanceof EmpiricalInput empirical) {
            boolean small = empirical.rows() <= SAMPLED_NODES;
            count = small ? empirical.rows() : SAMPLED_NODES;
            input = empirical.withResample(!small);
        }
        double[][] points = new double[truth.model().dimension()][count];
        input.fill(Streams.of(key(truth), "loss-nodes"), 0, count, 0, points);
        double[][] x = new double[points.length][];
        for (int j = 0; j < x.length; j++) {
            x[j] = Arrays.copyOf(points[j], Block.LENGTH);
        }
        double[] weights = new double[count];
        Arrays.fill(weights, 1.0 / count);
        return new LossNodes(new Block(x, Block.newArray(), count), weights);
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
        key.append(' ').append(input.id().toUpperCase(Locale.ROOT));
        append(key, input.numbers());
        return key.toString();
    }

    private static void append(StringBuilder key, double... values) {
        for (double value : values) {
            key.append(' ').append(Long.toHexString(Double.doubleToLongBits(value)));
        }
    }
}
