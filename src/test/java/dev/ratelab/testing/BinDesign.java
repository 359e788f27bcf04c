package dev.ratelab.testing;

import dev.ratelab.data.QuadratureDesign;
import dev.ratelab.data.Sample;
import dev.ratelab.data.Truth;
import dev.ratelab.model.Block;
import dev.ratelab.model.JointGate;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Normaliser;
import dev.ratelab.random.Stream;
import dev.ratelab.random.Streams;
import java.util.ArrayList;
import java.util.List;

/**
 * Data of the density problem for so many observations that they are told by their counts in small bins of {@code (x, y)}: the
 * density problem's counterpart of {@link dev.ratelab.data.Generator#quadrature}.
 *
 * <p>Bin c has the expected count {@code e_c = n q_c p(y_c | x_c)}, with the weights {@code q} of a quadrature rule in the inputs
 * times the step of an even grid of responses. Its row has the weight {@code e_c + sqrt(e_c) z_c}, with standard normal {@code z}: the
 * Poisson count where it is large. The weighted log likelihood then has, at the truth, a score with covariance
 * {@code sum_c e_c s_c s_c'}, which is the expected information: exactly, for these bins, not only as they become small. For at every
 * {@code x} the sums over the grid of {@code p s} and of the second derivatives of {@code p}, which are entire functions of {@code y}
 * that fall like a normal density, differ from their integrals, which are zero, by {@code exp(-2 pi^2 / step^2)} with the step
 * {@value #STEP} standard deviations. So kinks and jumps in {@code x} do no harm as long as none moves across a node.
 *
 * <p>A gate that models the inputs has an even grid in its one input too, by the same argument. Bins in which fewer than
 * {@value #FEWEST} observations are expected are left out: all weights are positive.
 *
 * @param x {@code x[j][bin]}
 * @param y {@code y[bin]}
 * @param expected {@code expected[bin]}: expected counts
 */
public record BinDesign(double[][] x, double[] y, double[] expected) {
    /** Steps of grids in standard deviations: {@code exp(-2 pi^2 / 0.8^2) = 4e-14}. */
    private static final double STEP = 0.8;

    /** Half the width of a grid beyond the outermost means, in standard deviations. */
    private static final double REACH = 8;

    private static final double FEWEST = 64;

    /** A place in the inputs with its share of the observations or, if the gate models the inputs, the length of its interval. */
    private record Node(double[] x, double share) {}

    /** One bin. */
    private record Bin(double[] x, double y, double expected) {}

    /**
     * The bins of a truth whose experts have one variance.
     *
     * @param observations the number n of observations
     * @param nodes number of nodes in each input
     */
    public static BinDesign of(Truth truth, double observations, int nodes) {
        MixtureOfExperts model = truth.model();
        double deviation = Math.sqrt(truth.atoms().get(0).variance());
        List<Bin> bins = new ArrayList<>();
        for (Node node : nodes(truth, nodes)) {
            double[] mean = values(truth, node.x(), false);
            double[] weight = values(truth, node.x(), true);
            if (model.gate().normaliser() != Normaliser.JOINT) {
                double total = 0;
                for (double value : weight) {
                    total += value;
                }
                for (int i = 0; i < weight.length; i++) {
                    weight[i] /= total;
                }
            }
            double step = STEP * deviation;
            double low = mean[0];
            double high = mean[0];
            for (double value : mean) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
            for (double y = low - REACH * deviation; y < high + REACH * deviation; y += step) {
                double density = 0;
                for (int i = 0; i < mean.length; i++) {
                    density += weight[i] * normal(y, mean[i], deviation);
                }
                double expected = observations * node.share() * step * density;
                if (expected >= FEWEST) {
                    bins.add(new Bin(node.x(), y, expected));
                }
            }
        }
        double[][] x = new double[model.dimension()][bins.size()];
        double[] y = new double[bins.size()];
        double[] expected = new double[bins.size()];
        for (int c = 0; c < y.length; c++) {
            for (int j = 0; j < x.length; j++) {
                x[j][c] = bins.get(c).x()[j];
            }
            y[c] = bins.get(c).y();
            expected[c] = bins.get(c).expected();
        }
        return new BinDesign(x, y, expected);
    }

    /** The counts of one data set. */
    public Sample sample(String key) {
        Stream stream = Streams.of(key, "noise");
        double[] counts = expected.clone();
        for (int c = 0; c < counts.length; c++) {
            counts[c] += Math.sqrt(counts[c]) * stream.normal(c, 0);
        }
        return Sample.of(x, y, counts);
    }

    private static List<Node> nodes(Truth truth, int count) {
        MixtureOfExperts model = truth.model();
        List<Node> nodes = new ArrayList<>();
        if (!(model.gate() instanceof JointGate gate)) {
            QuadratureDesign design = QuadratureDesign.of(truth.input(), model.dimension(), count);
            for (int q = 0; q < design.weights().length; q++) {
                double[] x = new double[model.dimension()];
                for (int j = 0; j < x.length; j++) {
                    x[j] = design.x()[j][q];
                }
                nodes.add(new Node(x, design.weights()[q]));
            }
            return nodes;
        }
        double narrowest = Double.POSITIVE_INFINITY;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < model.atoms(); i++) {
            JointGate.InputComponent component =
                    gate.inputComponent(truth.atoms().get(i).gate(), 1);
            double deviation = Math.sqrt(component.covariance()[0][0]);
            narrowest = Math.min(narrowest, deviation);
            low = Math.min(low, component.mean()[0] - REACH * deviation);
            high = Math.max(high, component.mean()[0] + REACH * deviation);
        }
        double step = STEP * narrowest;
        for (double x = low; x < high; x += step) {
            nodes.add(new Node(new double[] {x}, step));
        }
        return nodes;
    }

    /** The means of all atoms at one place, or the exponentials of their scores. */
    private static double[] values(Truth truth, double[] x, boolean ofGate) {
        MixtureOfExperts model = truth.model();
        double[][] columns = new double[x.length][Block.LENGTH];
        for (int j = 0; j < x.length; j++) {
            columns[j][0] = x[j];
        }
        Block block = new Block(columns, Block.newArray(), 1);
        double[][] out = new double[model.atoms()][Block.LENGTH];
        if (ofGate) {
            model.gate().values(truth.parameters(), model.gateOffset(), block, out);
        } else {
            model.expert().values(truth.parameters(), model.expertOffset(), block, out);
        }
        double[] values = new double[model.atoms()];
        for (int i = 0; i < values.length; i++) {
            values[i] = ofGate ? Math.exp(out[i][0]) : out[i][0];
        }
        return values;
    }

    private static double normal(double y, double mean, double deviation) {
        double z = (y - mean) / deviation;
        return Math.exp(-0.5 * z * z) / (deviation * Math.sqrt(2 * Math.PI));
    }
}
