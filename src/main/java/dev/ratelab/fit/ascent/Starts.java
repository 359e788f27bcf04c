package dev.ratelab.fit.ascent;

import dev.ratelab.data.Rows;
import dev.ratelab.data.Sample;
import dev.ratelab.data.Truth;
import dev.ratelab.fit.objective.Evaluation;
import dev.ratelab.fit.objective.MixtureLikelihood;
import dev.ratelab.fit.objective.Order;
import dev.ratelab.fit.objective.Standardisation;
import dev.ratelab.math.Elementary;
import dev.ratelab.model.Atom;
import dev.ratelab.model.JointGate;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.ParameterBounds;
import dev.ratelab.model.gate.SoftmaxGate;
import dev.ratelab.random.Stream;
import dev.ratelab.random.Streams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;

/**
 * The starts of a fit. Each has a random stream of its own, keyed by the fit and the number of the start, so that adding a start
 * moves no other.
 */
public final class Starts {
    /** A data-driven start looks at no more rows than this: its purpose is diversity, not precision. */
    private static final int MAX_ROWS = 2000;

    private static final int WARM_UP_ITERATIONS = 10;
    private static final double WARM_UP_GAIN = 1e-3;
    private static final int GATE_VARIATE = 1 << 16;
    private static final int WEIGHTED_ROW_VARIATE = GATE_VARIATE + 1;
    private static final double SMALLEST_VARIANCE_SHARE = 1e-3;

    private Starts() {}

    /**
     * Near-truth starts, then data-driven ones.
     *
     * @param key key of the fit's random streams
     */
    public static List<Start> of(StartOptions options, Truth truth, MixtureOfExperts model, Rows sample, String key) {
        List<Start> starts = new ArrayList<>();
        for (int s = 0; s < options.oracle(); s++) {
            double radius = options.oracleRadii().get(s % options.oracleRadii().size());
            starts.add(oracle(truth, model, radius, Streams.of(key, "oracle-start-" + s)));
        }
        starts.addAll(random(options.random(), model, sample, key));
        return starts;
    }

    /** Data-driven starts. */
    public static List<Start> random(int count, MixtureOfExperts model, Rows sample, String key) {
        List<Start> starts = new ArrayList<>();
        if (count == 0) {
            return starts;
        }
        Standardisation units = Standardisation.of(model, sample);
        Rows standard = units.apply(sample);
        for (int s = 0; s < count; s++) {
            double[] theta = random(model, standard, Streams.of(key, "random-start-" + s));
            starts.add(new Start(Start.Kind.RANDOM, units.toUser(theta)));
        }
        return starts;
    }

    /**
     * The truth split and perturbed: every true atom is used at least once, atoms beyond their number copy a true atom drawn at
     * random, copies share the weight of their atom, and {@code radius} times a standard normal number is added to every
     * parameter (to the logarithm of the variance).
     */
    public static Start oracle(Truth truth, MixtureOfExperts model, double radius, Stream stream) {
        double[] theta = split(truth, model, (i, candidates) -> stream.integer(i, 0, candidates));
        for (int a = 0; a < theta.length; a++) {
            theta[a] += radius * stream.normal(a, 1);
        }
        return new Start(Start.Kind.ORACLE, theta);
    }

    /**
     * The truth split to as many atoms as the model has: every true atom is used at least once, copies share the
     * weight of their atom.
     *
     * @param choice for an atom beyond the number of true ones, and the number of those that it may copy, which of them it copies
     */
    public static double[] split(Truth truth, MixtureOfExperts model, IntBinaryOperator choice) {
        int trueAtoms = truth.atoms().size();
        int[] source = new int[model.atoms()];
        int[] copies = new int[trueAtoms];
        List<List<Integer>> sources = sourcesByGroup(truth, model);
        int[] used = new int[sources.size()];
        for (int i = 0; i < source.length; i++) {
            int group = model.gate().group(i, model.atoms());
            List<Integer> candidates = sources.get(group);
            source[i] = candidates.get(
                    used[group] < candidates.size() ? used[group] : choice.applyAsInt(i, candidates.size()));
            used[group]++;
            copies[source[i]]++;
        }
        List<Atom> atoms = new ArrayList<>();
        for (int j : source) {
            atoms.add(model.copy(truth.atoms().get(j), copies[j]));
        }
        return model.toParameters(atoms);
    }

    /** The true atoms that atoms of each group of the model may copy: those of the same group, or all if there is none. */
    private static List<List<Integer>> sourcesByGroup(Truth truth, MixtureOfExperts model) {
        int trueAtoms = truth.atoms().size();
        List<List<Integer>> sources = new ArrayList<>();
        for (int g = 0; g <= model.gate().group(model.atoms() - 1, model.atoms()); g++) {
            int group = g;
            List<Integer> same = IntStream.range(0, trueAtoms)
                    .filter(j -> truth.model().gate().group(j, trueAtoms) == group)
                    .boxed()
                    .toList();
            sources.add(same.isEmpty() ? IntStream.range(0, trueAtoms).boxed().toList() : same);
        }
        return sources;
    }

    /**
     * A start from the data: up to {@value #MAX_ROWS} rows (of weighted ones as many, drawn by their weights) are
     * divided among {@code k} of them, drawn at random, by distance in the standardised {@code (x, y)} space; each
     * expert is fitted to its rows by least squares; all variances are the pooled mean squared residual; the gate is
     * even.
     */
    private static double[] random(MixtureOfExperts model, Rows sample, Stream stream) {
        int rows = Math.min(MAX_ROWS, sample.size());
        int dimension = model.dimension();
        double[][] points = new double[rows][dimension + 1];
        int[] numbers = new int[rows];
        double[] cumulative = cumulative(sample.weights());
        for (int r = 0; r < rows; r++) {
            numbers[r] = rows == sample.size() ? r : stream.integer(r, 0, sample.size());
            if (sample.weighted()) {
                numbers[r] = weightedRow(cumulative, stream.uniform(r, WEIGHTED_ROW_VARIATE));
            }
        }
        Sample picked = sample.pick(numbers);
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < dimension; j++) {
                points[r][j] = picked.x(j, r);
            }
            points[r][dimension] = picked.y(r);
        }
        int[] group = nearestCentre(points, model.atoms(), stream);
        double[] theta = new double[model.parameterCount()];
        int width = model.expert().parameterCount(dimension);
        double squares = 0;
        for (int i = 0; i < model.atoms(); i++) {
            double[] fitted = fitGroup(model, points, group, i, stream);
            System.arraycopy(fitted, 0, theta, model.expertOffset() + i * width, width);
            squares += fitted[width];
        }
        double spread = variance(points, dimension);
        double pooled = Math.max(squares / rows, SMALLEST_VARIANCE_SHARE * spread);
        double logVariance = Elementary.log(pooled > 0 ? pooled : 1);
        Arrays.fill(theta, model.logVarianceOffset(), theta.length, logVariance);
        startGate(model, points, group, stream, theta);
        return theta;
    }

    /**
     * The gate of a data-driven start: even for gates whose scores are affine in the inputs, the groups' own moments for gates that
     * model the inputs, and standard normal parameters for others, which may be singular at zero.
     */
    private static void startGate(
            MixtureOfExperts model, double[][] points, int[] group, Stream stream, double[] theta) {
        if (model.gate() instanceof JointGate joint) {
            joint.maximise(moments(model, points, group), theta, model.gateOffset());
        } else if (!model.gate().affine()) {
            for (int a = model.gateOffset(); a < model.expertOffset(); a++) {
                theta[a] = stream.normal(a, GATE_VARIATE);
            }
        }
    }

    /** Moments of {@code (1, x)} by group, with one observation's share of all others so that none is singular. */
    private static double[][][] moments(MixtureOfExperts model, double[][] points, int[] group) {
        int size = 1 + model.dimension();
        double[][][] moments = new double[model.atoms()][size][size];
        for (int r = 0; r < points.length; r++) {
            for (int i = 0; i < moments.length; i++) {
                double share = (i == group[r] ? 1 : 0) + (model.dimension() + 2.0) / points.length;
                for (int a = 0; a < size; a++) {
                    for (int b = 0; b < size; b++) {
                        double left = a == 0 ? 1 : points[r][a - 1];
                        double right = b == 0 ? 1 : points[r][b - 1];
                        moments[i][a][b] += share * left * right;
                    }
                }
            }
        }
        return moments;
    }

    /** Running sums of numbers. */
    private static double[] cumulative(double[] numbers) {
        double[] sums = new double[numbers.length];
        double sum = 0;
        for (int i = 0; i < sums.length; i++) {
            sum += numbers[i];
            sums[i] = sum;
        }
        return sums;
    }

    /** The row at a share {@code u} in (0, 1) of the total weight. */
    private static int weightedRow(double[] cumulative, double u) {
        int found = Arrays.binarySearch(cumulative, u * cumulative[cumulative.length - 1]);
        return Math.min(found < 0 ? -found - 1 : found, cumulative.length - 1);
    }

    private static int[] nearestCentre(double[][] points, int atoms, Stream stream) {
        int columns = points[0].length;
        double[] inverse = new double[columns];
        for (int c = 0; c < columns; c++) {
            double spread = variance(points, c);
            inverse[c] = spread > 0 ? 1 / spread : 0;
        }
        double[][] centres = new double[atoms][];
        for (int i = 0; i < atoms; i++) {
            centres[i] = points[stream.integer(i, 1, points.length)];
        }
        int[] group = new int[points.length];
        for (int r = 0; r < points.length; r++) {
            double nearest = Double.POSITIVE_INFINITY;
            for (int i = 0; i < atoms; i++) {
                double distance = 0;
                for (int c = 0; c < columns; c++) {
                    double difference = points[r][c] - centres[i][c];
                    distance += difference * difference * inverse[c];
                }
                if (distance < nearest) {
                    nearest = distance;
                    group[r] = i;
                }
            }
        }
        return group;
    }

    private static double variance(double[][] points, int column) {
        double mean = 0;
        for (double[] point : points) {
            mean += point[column] / points.length;
        }
        double sum = 0;
        for (double[] point : points) {
            sum += (point[column] - mean) * (point[column] - mean);
        }
        return sum / points.length;
    }

    /** Expert parameters fitted to one group by EM with one atom, which is least squares; then the sum of squared residuals. */
    private static double[] fitGroup(MixtureOfExperts model, double[][] points, int[] group, int atom, Stream stream) {
        int dimension = model.dimension();
        int width = model.expert().parameterCount(dimension);
        int size = 0;
        for (int g : group) {
            size += g == atom ? 1 : 0;
        }
        double[] fitted = new double[width + 1];
        for (int c = 0; c < width; c++) {
            fitted[c] = stream.normal(atom, 2 + c);
        }
        if (size == 0) {
            return fitted;
        }
        double[][] x = new double[dimension][size];
        double[] y = new double[size];
        int next = 0;
        for (int r = 0; r < points.length; r++) {
            if (group[r] == atom) {
                for (int j = 0; j < dimension; j++) {
                    x[j][next] = points[r][j];
                }
                y[next++] = points[r][dimension];
            }
        }
        Sample rows = Sample.of(x, y);
        MixtureOfExperts single = new MixtureOfExperts(new SoftmaxGate(), model.expert(), 1, dimension);
        double[] start = new double[single.parameterCount()];
        System.arraycopy(fitted, 0, start, single.expertOffset(), width);
        Standardisation units = Standardisation.of(single, rows);
        ExpectationMaximisation em = new ExpectationMaximisation(
                single, new MixtureLikelihood(single, units.apply(rows)), ParameterBounds.none(), units, size);
        double[] end = units.toUser(em.run(units.toStandard(start), WARM_UP_ITERATIONS, WARM_UP_GAIN, new Deadline(0))
                .theta());
        System.arraycopy(end, single.expertOffset(), fitted, 0, width);
        Evaluation evaluation = new Evaluation(end.length, 1);
        new MixtureLikelihood(single, rows).evaluate(end, Order.COMPLETE, evaluation);
        fitted[width] = evaluation.squaredResiduals[0];
        return fitted;
    }
}
