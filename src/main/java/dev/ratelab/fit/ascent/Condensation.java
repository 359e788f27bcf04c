package dev.ratelab.fit.ascent;

import dev.ratelab.data.Rows;
import dev.ratelab.data.Sample;
import dev.ratelab.fit.objective.Objective;
import dev.ratelab.math.Elementary;
import dev.ratelab.model.Block;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Problem;
import java.util.Arrays;

/**
 * A few thousand weighted nodes that stand for all rows of a data set with one input, near a parameter vector.
 *
 * <p>The rows of a bin ({@link BinGrid}) with counts n, means m and covariance {@code L L'} of standardised input and residual become the four nodes
 * {@code m + L (+-1, +-1)'}, of n / 4 rows each: they have the same count, means and covariance. So sums over nodes of a function that is
 * smooth in input and residual differ from those over rows by terms of third order in the deviations within bins; of rows that
 * are evenly spread in a bin by terms of fourth order, for the nodes are those of Gauss with two points. Unlike a part of the
 * rows, nodes have the noise of all rows: the log likelihood has its maximum, and its ridges, in almost the same places.
 *
 * <p>Nodes are a way to a better point, which all rows judge. Like any rows with weights, they are not condensed themselves.
 */
public final class Condensation {
    /** Rows from which on nodes are a small part of the rows. */
    public static final int FEWEST_CONDENSED_ROWS = 20_000;

    /** Rows up to which the bins of all parts of a data set that is spread over a cluster have room in its driver. */
    static final int MOST_CONDENSED_ROWS = 1 << 23;

    /** Some thousand nodes. Differences of the log likelihood along a ridge of 100,000 rows are off by up to some nats. */
    static final BinGrid.Resolution COARSE = new BinGrid.Resolution(8, 2);

    /** Some ten thousand nodes, off by some thousandths of a nat there. */
    static final BinGrid.Resolution FINE = new BinGrid.Resolution(32, 3);

    /** Smallest variance in a bin, in squared standard deviations, that is not rounding. */
    private static final double SMALLEST_VARIANCE = 1e-12;

    private final MixtureOfExperts model;
    private final BinGrid grid;
    private final double[] deviations;
    private final double[] input;
    private final double[] residual;
    private final double[] weight;
    private final int[] expert;
    private int nodes;

    private Condensation(MixtureOfExperts model, BinGrid grid, double[] deviations, int most) {
        this.model = model;
        this.grid = grid;
        this.deviations = deviations;
        input = new double[most];
        residual = new double[most];
        weight = new double[most];
        expert = new int[most];
    }

    /**
     * Whether long climbs go partly over weighted nodes that stand for the rows, which makes them several times faster: in the density
     * problem with one input, for some ten thousand to some million rows without weights of their own.
     *
     * @param rows number of rows
     */
    public static boolean condenses(MixtureOfExperts model, int rows) {
        return model.problem() == Problem.DENSITY
                && model.dimension() == 1
                && rows >= FEWEST_CONDENSED_ROWS
                && rows <= MOST_CONDENSED_ROWS;
    }

    /** Whether the rows of a data set are condensed for a model. */
    static boolean serves(MixtureOfExperts model, Rows rows) {
        return !rows.weighted() && condenses(model, rows.size());
    }

    /**
     * The nodes for the rows of an objective, in one pass over them.
     *
     * @param theta flat parameter vector, near which the nodes are to stand for the rows; not modified
     */
    static Sample of(Objective objective, BinGrid.Resolution resolution, double[] theta) {
        MixtureOfExperts model = objective.model;
        double deviation = Math.sqrt(objective.moments().variance(0));
        BinGrid grid =
                new BinGrid(objective.moments().mean(0), deviation > 0 ? deviation : 1, resolution, model.atoms());
        double[] deviations = new double[model.atoms()];
        for (int i = 0; i < deviations.length; i++) {
            deviations[i] = Math.sqrt(Elementary.exp(theta[model.logVarianceIndex(i)]));
        }
        double[] sums = objective.sample.fold(new BinFold(model, grid, theta, deviations));
        int occupied = 0;
        for (int bin = 0; bin < grid.bins(); bin++) {
            occupied += sums[BinFold.NUMBERS * bin] > 0 ? 1 : 0;
        }
        Condensation nodes = new Condensation(model, grid, deviations, 4 * occupied);
        for (int bin = 0; bin < grid.bins(); bin++) {
            nodes.add(bin, sums);
        }
        return nodes.sample(theta);
    }

    private void add(int bin, double[] sums) {
        int at = BinFold.NUMBERS * bin;
        double count = sums[at];
        if (count == 0) {
            return;
        }
        double meanInput = sums[at + 1] / count;
        double meanResidual = sums[at + 2] / count;
        // The Cholesky factor: rows (a, 0) and (b, c).
        double a = root(sums[at + 3] / count - meanInput * meanInput);
        double b = a > 0 ? (sums[at + 4] / count - meanInput * meanResidual) / a : 0;
        double c = root(sums[at + 5] / count - meanResidual * meanResidual - b * b);
        int across = a > 0 ? 2 : 1;
        int along = c > 0 ? 2 : 1;
        for (int p = 0; p < across; p++) {
            for (int q = 0; q < along; q++) {
                int u = 2 * p - 1;
                int v = 2 * q - 1;
                input[nodes] = grid.centre() + grid.deviation() * (grid.input(bin) + meanInput + u * a);
                expert[nodes] = grid.expert(bin);
                residual[nodes] = deviations[expert[nodes]] * (grid.residual(bin) + meanResidual + u * b + v * c);
                weight[nodes] = count / (across * along);
                nodes++;
            }
        }
    }

    private static double root(double variance) {
        return variance > SMALLEST_VARIANCE ? Math.sqrt(variance) : 0;
    }

    /** The nodes as rows: the response is the mean of the node's expert at its input, plus the residual. */
    private Sample sample(double[] theta) {
        double[][] inputs = {Arrays.copyOf(input, nodes)};
        double[] response = Arrays.copyOf(residual, nodes);
        Sample places = Sample.of(inputs, response);
        double[][] means = new double[model.atoms()][Block.LENGTH];
        for (int b = 0; b < places.blockCount(); b++) {
            model.expert().values(theta, model.expertOffset(), places.block(b), means);
            for (int row = 0; row < places.block(b).rows(); row++) {
                int node = b * Block.ROWS + row;
                response[node] += means[expert[node]][row];
            }
        }
        return Sample.of(inputs, response, Arrays.copyOf(weight, nodes));
    }
}
