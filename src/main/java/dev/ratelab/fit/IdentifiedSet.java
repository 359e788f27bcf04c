package dev.ratelab.fit;

import dev.ratelab.data.Rows;
import dev.ratelab.data.Truth;
import dev.ratelab.fit.ascent.Starts;
import dev.ratelab.fit.objective.Objective;
import dev.ratelab.fit.objective.Standardisation;
import dev.ratelab.fit.quadratic.FeasibleSet;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.ParameterBounds;
import dev.ratelab.random.Stream;
import dev.ratelab.random.Streams;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The parameters that the data cannot tell from the best ones: those of the compact set whose objective is within {@code c} nats of
 * the optimum. Its radius is the largest loss in it.
 *
 * <p><b>The search</b> raises the loss step by step. At each point the objective is replaced by its quadratic approximation and the loss
 * by its gradient (central differences; the loss may have kinks); the best step of that problem ({@link dev.ratelab.fit.quadratic.RidgeModel}) is then led
 * back to the level {@code c} by shortest steps along which the objective rises, so that steps can be long on a thin and curved set. A
 * step is kept if the objective itself is within {@code c} nats and the loss has risen, and the trust region adapts. A search ends
 * when a step promises or brings next to nothing.
 *
 * <p><b>Several searches</b>, because the set need be neither convex nor connected: the first starts at the estimate; of the others those with
 * even numbers leave it towards the flattest direction in both senses, then in random directions; those with odd numbers start at
 * the truth, with its surplus atoms in each cell in turn and then drawn at random, and leave that in a random direction (the first two in
 * both senses of the invariances along which the loss changes, if there are any). Search {@code s} does not depend on how many there
 * are.
 *
 * <p>Declared invariances along which the loss does not change, such as the translations of a gate, are held: along them the set may have
 * no end. Along others, such as the common factor of weights and temperature for the error of a temperature, the search may go.
 *
 * <p>What comes out is a lower bound of the radius: the point is known and so are its deficit and its loss, but there may be a point
 * with a larger loss. The optimum is the highest value that the fit or any of the searches has met: where a search rises above the fit by
 * so much that what was found is no longer in the set, all start again from the optimum there.
 *
 * <p>Not safe for use by several threads.
 */
public final class IdentifiedSet {
    /** Share of the radius within which a search counts as having found it. */
    public static final double SAME_RADIUS = 0.01;

    private static final int ROUNDS = 4;

    private final MixtureOfExperts model;
    private final Rows sample;
    private final double nats;
    private final Standardisation units;
    private final LevelSet set;
    private final double fitted;

    /**
     * The largest loss that was found.
     *
     * @param loss the loss at the point
     * @param parameters the point; within the compact set
     * @param deficit by how much the objective there is below the optimum, nats, between 0 and {@code c}
     * @param gain by how much the optimum that the searches know is above that of the fit, nats, at least 0
     * @param agreeing number of searches whose end point has at least 99 % of the loss
     */
    public record Radius(double loss, double[] parameters, double deficit, double gain, int agreeing) {}

    /**
     * The set around an estimate.
     *
     * @param estimate the best fit to the sample; the optimum is its objective, or that of an uncertified start that lies higher
     * @param nats c, positive
     */
    public IdentifiedSet(MixtureOfExperts model, ParameterBounds bounds, Rows sample, Estimate estimate, double nats) {
        if (!(nats > 0) || nats == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("nats = " + nats + " must be a finite number > 0");
        }
        this.model = model;
        this.sample = sample;
        this.nats = nats;
        units = Standardisation.of(model, sample);
        set = new LevelSet(
                model,
                Objective.of(model, units.apply(sample)),
                new FeasibleSet(units.constraints(model.constraints(bounds))),
                units.toStandard(estimate.parameters()),
                estimate.uncertifiedGain(),
                nats);
        fitted = set.optimum();
    }

    /**
     * The largest value of a loss that the searches find in the set; empty if there is none: the estimate is not in the set, as an
     * uncertified start lies higher; the loss is undefined; or searches keep finding higher optima.
     *
     * @param loss the loss of a parameter vector in the user's units; {@code NaN} where it is undefined
     * @param near what odd searches start at
     * @param searches number of searches, at least 1
     * @param key key of the random streams
     */
    public Optional<Radius> radius(ToDoubleFunction<double[]> loss, Truth near, int searches, String key) {
        if (searches < 1) {
            throw new IllegalArgumentException("searches = " + searches + " must be at least 1");
        }
        ToDoubleFunction<double[]> standard = theta -> loss.applyAsDouble(units.toUser(theta));
        for (int round = 0; round < ROUNDS; round++) {
            set.release(Invariances.of(model, standard, set.centre().theta()));
            LossAscent ascent = new LossAscent(set, standard);
            LossAscent.End best = null;
            double[] losses = new double[searches];
            for (int s = 0; s < searches; s++) {
                Stream stream = Streams.of(key, "identified-set-search-" + s);
                LossAscent.End end = ascent.search(s % 2 == 0 ? set.centre() : truth(near, s / 2, stream), s, stream);
                losses[s] = end == null ? Double.NaN : end.loss();
                if (end != null && (best == null || end.loss() > best.loss())) {
                    best = end;
                }
            }
            if (set.knowsOptimum()) {
                return best == null ? Optional.empty() : verified(loss, best, losses);
            }
            set.recentre();
            if (best != null && set.deficit(best.point()) <= nats) {
                return verified(loss, best, losses);
            }
        }
        return Optional.empty();
    }

    /** The truth with all surplus atoms in one cell, the cells in turn; after the last cell they are drawn at random. */
    private LevelSet.Point truth(Truth near, int cell, Stream stream) {
        boolean inTurn = cell < near.atoms().size();
        double[] theta = Starts.split(
                near, model, (i, candidates) -> inTurn ? cell % candidates : stream.integer(i, 1, candidates));
        return set.nearest(units.toStandard(theta));
    }

    /** The point in the user's units, if it still is in the set there. */
    private Optional<Radius> verified(ToDoubleFunction<double[]> loss, LossAscent.End best, double[] losses) {
        double[] parameters = units.toUser(best.point().theta());
        LevelSet.Point centre = set.centre();
        double offset = Estimator.logLikelihood(model, sample, units.toUser(centre.theta())) - centre.value();
        double deficit = set.optimum() + offset - Estimator.logLikelihood(model, sample, parameters);
        double value = loss.applyAsDouble(parameters);
        if (!(deficit <= nats) || Double.isNaN(value)) {
            return Optional.empty();
        }
        int agreeing = 0;
        for (double other : losses) {
            agreeing += other >= (1 - SAME_RADIUS) * best.loss() ? 1 : 0;
        }
        return Optional.of(
                new Radius(value, parameters, Math.max(0, deficit), Math.max(0, set.optimum() - fitted), agreeing));
    }
}
