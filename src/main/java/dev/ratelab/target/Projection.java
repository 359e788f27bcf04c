package dev.ratelab.target;

import dev.ratelab.data.EmpiricalInput;
import dev.ratelab.data.Generator;
import dev.ratelab.data.GridInput;
import dev.ratelab.data.InputDistribution;
import dev.ratelab.data.NormalInput;
import dev.ratelab.data.QuadratureDesign;
import dev.ratelab.data.Sample;
import dev.ratelab.data.Truth;
import dev.ratelab.data.UniformInput;
import dev.ratelab.fit.Estimate;
import dev.ratelab.fit.Estimator;
import dev.ratelab.fit.ascent.FitStatus;
import dev.ratelab.fit.ascent.Start;
import dev.ratelab.fit.ascent.StartOptions;
import dev.ratelab.fit.ascent.Starts;
import dev.ratelab.fit.ascent.StopRule;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Noise;
import dev.ratelab.model.ParameterBounds;
import dev.ratelab.model.Problem;
import dev.ratelab.random.Streams;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The projection of a truth on a family that does not hold it, over the study's compact set: what estimates tend to.
 *
 * <p>In regression it is that of the true function {@code f*}, the parameters that minimise
 * {@code E (f_theta(X) - f*(X))^2}, whatever the law of the noise. For densities it is that in Kullback-Leibler
 * divergence, the parameters that maximise {@code E log p_theta(Y | X)} under the truth, or {@code E log p_theta(X, Y)}
 * for a gate that models the inputs.
 *
 * <p>For densities the expectation is that of {@link DensityProjection}. In regression the mean over the inputs is, for at most two uniform or normal inputs and smooth models, that of a {@link
 * QuadratureDesign} (grid inputs tend to uniform ones); for one uniform or grid input otherwise that of {@value #ROWS}
 * equally spaced points; for empirical inputs that of all rows of the data set. All these are exact or nearly so. For
 * other inputs it is the mean over {@value #ROWS} rows drawn under a fixed key: the projection then is itself off by
 * the error of an estimate from so many noise-free rows.
 *
 * <p>It is found as estimates are, from weighted rows that stand for {@value #PRECISION} observations: of the density,
 * or of {@code f*} with noise of its variance, the rows being without noise; {@value #RANDOM_STARTS} data-driven starts, and some near
 * the truth where the families agree. It counts as found if its end point is certified and no other end point is
 * better by more than {@value #GAIN} nat, which is what so many observations cannot tell apart, and if other nodes of the
 * response give the same divergence to {@value #MOST_NODE_ERROR} nats. That it is the best
 * of all local minima is as certain as such starts can make it: functions with kinks or jumps have many, and some
 * where no certificate holds. A function of truth, family, bounds, stop rule (without its time limit) and nodes only.
 * Immutable.
 *
 * @param model the fitted family
 * @param estimate the projection and its certificate
 * @param distance what the family leaves: {@code sqrt(E (f_theta(X) - f*(X))^2)}, units of y; for densities the divergence
 *     {@code E log p*(Y | X) - E log p_theta(Y | X)}, nats
 * @param nodeError by how much the divergence differs between two sets of nodes, nats; 0 in regression
 */
public record Projection(MixtureOfExperts model, Estimate estimate, double distance, double nodeError) {
    /** Rows of the mean over the inputs where there is no quadrature. */
    static final int ROWS = 20_000;

    /** Number of observations that the rows stand for. */
    static final double PRECISION = 1e8;

    static final int RANDOM_STARTS = 24;

    /** By how much an end point without certificate may be better than the projection, nats. */
    static final double GAIN = 1;

    /**
     * The largest such difference of a projection, nats: an expert with a small variance on a line of nodes is better between
     * them than anything is.
     */
    static final double MOST_NODE_ERROR = 1e-3;

    /** The status of a search whose end point is good at the nodes only. */
    static final String BETWEEN_NODES = "BETWEEN_NODES";

    /** The status of a search whose best end point is not certified, while another one is. */
    static final String BETTER_UNCERTIFIED = "BETTER_UNCERTIFIED";

    private static final StartOptions STARTS = new StartOptions(6, List.of(0.1, 0.5, 1.0), RANDOM_STARTS);
    private static final String KEY = "projection";
    private static final double LEAST_SPREAD = 1e-16;

    /**
     * Computes the projection.
     *
     * @param truth the truth, not one that is refused
     * @param model the fitted family; as many inputs as the truth
     * @param bounds the compact set
     * @param stop when the search stops; its time limit is not used
     * @param nodes nodes in each coordinate of the study's quadrature design, if it has one
     */
    static Projection of(
            Truth truth, MixtureOfExperts model, ParameterBounds bounds, StopRule stop, OptionalInt nodes) {
        return truth.problem() == Problem.DENSITY
                ? ofDensity(truth, model, bounds, stop)
                : ofRegression(truth, model, bounds, stop, nodes);
    }

    /**
     * Why a truth has no projection on families that do not hold it, or nothing. The reason completes a sentence whose
     * subject is the projection.
     */
    public static Optional<String> refusal(Truth truth) {
        return truth.problem() == Problem.DENSITY ? DensityProjection.refusal(truth) : Optional.empty();
    }

    private static Projection ofDensity(Truth truth, MixtureOfExperts model, ParameterBounds bounds, StopRule stop) {
        Sample sample = DensityProjection.sample(truth, model, PRECISION, KEY);
        return ofDensity(truth, model, sample, search(truth, model, sample, bounds, stop));
    }

    /** An end point, with its divergence by the nodes of the search and by others. */
    static Projection ofDensity(Truth truth, MixtureOfExperts model, Sample sample, Estimate estimate) {
        double distance = divergence(truth, model, estimate, sample);
        double other = divergence(truth, model, estimate, DensityProjection.check(truth, model, PRECISION, KEY));
        return new Projection(model, estimate, distance, Math.abs(distance - other));
    }

    private static double divergence(Truth truth, MixtureOfExperts model, Estimate estimate, Sample sample) {
        return DensityProjection.meanLogDensity(truth.model(), truth.parameters(), sample)
                - DensityProjection.meanLogDensity(model, estimate.parameters(), sample);
    }

    private static Projection ofRegression(
            Truth truth, MixtureOfExperts model, ParameterBounds bounds, StopRule stop, OptionalInt nodes) {
        Sample sample = sample(truth, model, nodes);
        double weight = sample.totalWeight();
        double variance = weight * spread(sample) / PRECISION;
        MixtureOfExperts exact = new MixtureOfExperts(
                model.gate(), model.expert(), Noise.known(variance), model.atoms(), model.dimension());
        Estimate estimate = search(truth, exact, sample, bounds, stop);
        double squares = Math.max(0, -2 * estimate.logLikelihood() * variance / weight);
        return new Projection(model, estimate, Math.sqrt(squares), 0);
    }

    private static Estimate search(
            Truth truth, MixtureOfExperts model, Sample sample, ParameterBounds bounds, StopRule stop) {
        List<Start> starts = truth.model().isOf(model.gate(), model.expert())
                ? Starts.of(STARTS, truth, model, sample, KEY)
                : Starts.random(RANDOM_STARTS, model, sample, KEY);
        StopRule untimed = new StopRule(stop.predictedGain(), stop.maxIterations(), stop.warmUpIterations(), 0);
        return new Estimator(model, bounds, untimed).fit(sample, starts);
    }

    /** Status of the end point that was kept. */
    FitStatus status() {
        return estimate.certificate().status();
    }

    /** Whether the end point that was kept is certified and the best. */
    boolean found() {
        return status().certified() && estimate.uncertifiedGain() <= GAIN && !(nodeError > MOST_NODE_ERROR);
    }

    /** How the search ended: a status of fits, {@link #BETTER_UNCERTIFIED} or {@link #BETWEEN_NODES}. */
    String outcome() {
        if (!status().certified() || found()) {
            return status().name();
        }
        return nodeError > MOST_NODE_ERROR ? BETWEEN_NODES : BETTER_UNCERTIFIED;
    }

    /** What is wrong with the projection, empty if nothing is. */
    String message() {
        if (!found()) {
            return "no losses: the search for the projection of the truth on the fitted family ended " + outcome();
        }
        if (status() == FitStatus.FLAT) {
            return "the projection of the truth on the fitted family is not unique: losses of parameters are"
                    + " distances from one of its points";
        }
        if (estimate.startsAtOptimum() == 1) {
            return "the projection of the truth on the fitted family was reached by one of " + estimate.starts()
                    + " starts only: there may be a better one";
        }
        return "";
    }

    /** The projection in the place of the truth. */
    Truth inPlaceOf(Truth truth) {
        return new Truth(model, model.toAtoms(estimate.parameters()), truth.input(), truth.noise());
    }

    private static Sample sample(Truth truth, MixtureOfExperts model, OptionalInt nodes) {
        Optional<QuadratureDesign> design = design(truth, model, nodes);
        if (design.isPresent()) {
            double[] weights = Arrays.stream(design.get().weights())
                    .map(weight -> weight * PRECISION)
                    .toArray();
            double[][] x = design.get().x();
            return Sample.of(x, Generator.regressionFunction(truth, x), weights);
        }
        InputDistribution input = truth.input();
        int rows = ROWS;
        if (input instanceof EmpiricalInput empirical) {
            input = empirical.withResample(false);
            rows = empirical.rows();
        } else if (input instanceof UniformInput uniform && model.dimension() == 1) {
            input = InputDistribution.grid(uniform.low(), uniform.high());
        }
        double[][] x = new double[model.dimension()][rows];
        input.fill(Streams.of(KEY, "input"), 0, rows, 0, x);
        return Sample.of(x, Generator.regressionFunction(truth, x));
    }

    private static Optional<QuadratureDesign> design(Truth truth, MixtureOfExperts model, OptionalInt nodes) {
        // The points of grid inputs tend to the uniform distribution.
        InputDistribution input = truth.input() instanceof GridInput grid
                ? InputDistribution.uniform(grid.low(), grid.high())
                : truth.input();
        boolean available = (input instanceof UniformInput || input instanceof NormalInput)
                && model.dimension() <= 2
                && smooth(truth.model())
                && smooth(model);
        return available || nodes.isPresent()
                ? Optional.of(
                        QuadratureDesign.of(input, model.dimension(), nodes.orElse(QuadratureDesign.DEFAULT_NODES)))
                : Optional.empty();
    }

    static boolean smooth(MixtureOfExperts model) {
        return model.gate().smooth() && model.expert().smooth();
    }

    /** The variance of the responses; of a constant function a tiny share of its square, or one if it is zero. */
    private static double spread(Sample sample) {
        double weight = sample.totalWeight();
        double mean = 0;
        double square = 0;
        for (int row = 0; row < sample.size(); row++) {
            mean += sample.weight(row) / weight * sample.y(row);
            square += sample.weight(row) / weight * sample.y(row) * sample.y(row);
        }
        double spread = 0;
        for (int row = 0; row < sample.size(); row++) {
            double difference = sample.y(row) - mean;
            spread += sample.weight(row) / weight * difference * difference;
        }
        double least = LEAST_SPREAD * square;
        return spread > least ? spread : least > 0 ? least : 1;
    }
}
