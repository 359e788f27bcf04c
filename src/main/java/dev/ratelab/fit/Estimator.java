package dev.ratelab.fit;

import dev.ratelab.data.Rows;
import dev.ratelab.fit.ascent.Deadline;
import dev.ratelab.fit.ascent.ExpectationMaximisation;
import dev.ratelab.fit.ascent.FitStatus;
import dev.ratelab.fit.ascent.NewtonPolish;
import dev.ratelab.fit.ascent.Start;
import dev.ratelab.fit.ascent.StopRule;
import dev.ratelab.fit.ascent.WarmUp;
import dev.ratelab.fit.objective.Evaluation;
import dev.ratelab.fit.objective.Objective;
import dev.ratelab.fit.objective.Order;
import dev.ratelab.fit.objective.Standardisation;
import dev.ratelab.fit.quadratic.FeasibleSet;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.ParameterBounds;
import java.util.ArrayList;
import java.util.List;

/**
 * Maximum likelihood of a mixture of experts on one sample, or least squares where the noise variance is known: EM or
 * Levenberg-Marquardt, then the Newton polish, from each of several starts; the best certified end point is kept. The
 * work is done in standard units ({@link Standardisation}), so that the optimum that is found does not depend on the
 * origin and the units of the data.
 *
 * <p>Immutable; each call of {@link #fit} works in memory of its own.
 */
public final class Estimator {
    /** End points whose log likelihoods differ by less, in nats, count as the same optimum. */
    public static final double SAME_OPTIMUM_NATS = 1e-4;

    private final MixtureOfExperts model;
    private final ParameterBounds bounds;
    private final StopRule stop;

    public Estimator(MixtureOfExperts model, ParameterBounds bounds, StopRule stop) {
        this.model = model;
        this.bounds = bounds;
        this.stop = stop;
    }

    /**
     * The objective at given parameters, nats: the log likelihood; in regression minus the weighted sum of squared residuals over
     * twice the noise variance.
     */
    public static double logLikelihood(MixtureOfExperts model, Rows sample, double[] parameters) {
        Evaluation evaluation = Evaluation.of(model);
        Objective.of(model, sample).evaluate(parameters, Order.VALUE, evaluation);
        return evaluation.logLikelihood;
    }

    /**
     * Fits the model.
     *
     * @param sample the data
     * @param starts at least one start; each is moved to the point of the compact set that is nearest in standard units
     */
    public Estimate fit(Rows sample, List<Start> starts) {
        if (starts.isEmpty()) {
            throw new IllegalArgumentException("a fit needs at least one start");
        }
        Standardisation units = Standardisation.of(model, sample);
        Objective objective = Objective.of(model, units.apply(sample));
        FeasibleSet feasible = new FeasibleSet(units.constraints(model.constraints(bounds)));
        WarmUp warmUp = new WarmUp(objective, bounds, feasible, units, stop.warmUpIterations());
        NewtonPolish polish = new NewtonPolish(model, objective, feasible);
        Deadline deadline = new Deadline(stop.timeLimitMillis());
        List<EndPoint> endPoints = new ArrayList<>();
        for (Start start : starts) {
            double[] feasibleStart = feasible.project(units.toStandard(start.parameters()));
            if (stop.relative()) {
                endPoints.add(stopEarly(start.kind(), feasibleStart, objective, polish, units, deadline));
            } else {
                WarmUp.Result warm = warmUp.run(feasibleStart, deadline);
                NewtonPolish.Result end = polish.run(warm.theta(), stop, deadline);
                endPoints.add(new EndPoint(start.kind(), end, end, warm.iterations() + end.iterations()));
            }
            if (deadline.passed()) {
                break;
            }
        }
        return select(endPoints, units, sample.totalWeight());
    }

    /**
     * EM until the likelihood changes by less than the rule's share of it. The Newton polish goes on from there, but only to
     * tell how far the likelihood could still rise.
     */
    private EndPoint stopEarly(
            Start.Kind kind,
            double[] start,
            Objective objective,
            NewtonPolish polish,
            Standardisation units,
            Deadline deadline) {
        double observations = objective.sample.totalWeight();
        double shift = -observations * units.logScale();
        ExpectationMaximisation em = new ExpectationMaximisation(model, objective, bounds, units, observations);
        WarmUp.Result end = em.run(
                start,
                stop.maxIterations(),
                likelihood -> stop.relativeTolerance() * Math.abs(likelihood + shift),
                deadline);
        FitStatus status = deadline.passed()
                ? FitStatus.TIMEOUT
                : end.iterations() < stop.maxIterations() ? FitStatus.EARLY_STOPPED : FitStatus.MAX_ITERATIONS;
        return new EndPoint(
                kind,
                polish.judge(end.theta(), stop, status),
                polish.run(end.theta(), stop, deadline),
                end.iterations());
    }

    /**
     * The end of one start.
     *
     * @param result the end point
     * @param reference the stationary point that counts as found from this start: the end point itself, unless it was stopped early
     */
    private record EndPoint(
            Start.Kind kind, NewtonPolish.Result result, NewtonPolish.Result reference, int iterations) {
        boolean certified() {
            return result.certificate().status().certified();
        }

        double logLikelihood() {
            return result.logLikelihood();
        }
    }

    private static Estimate select(List<EndPoint> endPoints, Standardisation units, double observations) {
        EndPoint best = endPoints.get(0);
        double highest = Double.NEGATIVE_INFINITY;
        int total = 0;
        for (EndPoint end : endPoints) {
            total += end.iterations();
            if (end.logLikelihood() > highest) {
                highest = end.logLikelihood();
            }
            if (isBetter(end, best)) {
                best = end;
            }
        }
        int certified = 0;
        int same = 0;
        double oracle = Double.NaN;
        double random = Double.NaN;
        double[] oracleParameters = {};
        double[] randomParameters = {};
        for (EndPoint end : endPoints) {
            if (end.certified()) {
                certified++;
                if (Math.abs(end.logLikelihood() - best.logLikelihood()) < SAME_OPTIMUM_NATS) {
                    same++;
                }
            }
            if (!end.reference().certificate().status().certified()) {
                continue;
            }
            double reference = end.reference().logLikelihood();
            if (end.kind() == Start.Kind.ORACLE && !(reference <= oracle)) {
                oracle = reference;
                oracleParameters = end.reference().theta();
            }
            if (end.kind() == Start.Kind.RANDOM && !(reference <= random)) {
                random = reference;
                randomParameters = end.reference().theta();
            }
        }
        double shift = -observations * units.logScale();
        return new Estimate(
                units.toUser(best.result().theta()),
                best.logLikelihood() + shift,
                best.result().certificate(),
                best.kind(),
                best.iterations(),
                total,
                endPoints.size(),
                certified,
                same,
                oracle + shift,
                random + shift,
                oracleParameters.length == 0 ? oracleParameters : units.toUser(oracleParameters),
                randomParameters.length == 0 ? randomParameters : units.toUser(randomParameters),
                Math.max(0, highest - best.logLikelihood()));
    }

    private static boolean isBetter(EndPoint candidate, EndPoint best) {
        if (candidate.certified() != best.certified()) {
            return candidate.certified();
        }
        if (Double.isNaN(best.logLikelihood())) {
            return !Double.isNaN(candidate.logLikelihood());
        }
        return candidate.logLikelihood() > best.logLikelihood();
    }
}
