package dev.ratelab.fit.ascent;

import dev.ratelab.data.Rows;
import dev.ratelab.data.Sample;
import dev.ratelab.fit.objective.Objective;
import dev.ratelab.fit.objective.Standardisation;
import dev.ratelab.fit.quadratic.FeasibleSet;
import dev.ratelab.model.Gate;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.ParameterBounds;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The iterations before the Newton polish: EM in the density problem, Levenberg-Marquardt in regression. The iterations are divided
 * evenly among the gates of the model's {@link Gate#schedule}, so an annealed gate goes through its temperatures here.
 *
 * <p>With many rows the later iterations of EM are made with the nodes of a {@link Condensation}, unless that lowers the likelihood.
 */
public final class WarmUp {
    /** A stage ends when an iteration gains less, in nats. */
    private static final double SMALLEST_GAIN = 1e-3;

    /** EM with the model's own gate ends sooner, in nats: on a ridge it converges linearly, and Newton steps gain more. */
    private static final double SMALLEST_LAST_EM_GAIN = 0.3;

    /** Iterations of EM with all rows before those with nodes: experts and variances have to be about right. */
    private static final int BEFORE_NODES = 8;

    private final List<Stage> stages = new ArrayList<>();
    private final int iterations;

    /** The iterations with one gate. */
    private interface Stage {
        Result run(double[] start, int iterations, Deadline deadline);
    }

    /**
     * Result of a run.
     *
     * @param theta last point
     * @param iterations iterations made
     */
    public record Result(double[] theta, int iterations) {}

    /**
     * Sets up the stages.
     *
     * @param objective of the data in standard units; serves the stage that has the model's own gate
     * @param bounds in the user's units
     * @param feasible the compact set in standard units
     * @param iterations limit on the iterations of all stages together
     */
    public WarmUp(
            Objective objective, ParameterBounds bounds, FeasibleSet feasible, Standardisation units, int iterations) {
        this.iterations = iterations;
        MixtureOfExperts model = objective.model;
        Rows sample = objective.sample;
        List<Gate> schedule = model.gate().schedule();
        for (int s = 0; s < schedule.size(); s++) {
            Gate gate = schedule.get(s);
            double smallestEmGain = s < schedule.size() - 1 ? SMALLEST_GAIN : SMALLEST_LAST_EM_GAIN;
            MixtureOfExperts stage =
                    new MixtureOfExperts(gate, model.expert(), model.noise(), model.atoms(), model.dimension());
            Objective ofStage = gate == model.gate() ? objective : Objective.of(stage, sample);
            stages.add(
                    switch (model.problem()) {
                        case DENSITY -> {
                            Function<Objective, ExpectationMaximisation> em = likelihood ->
                                    new ExpectationMaximisation(stage, likelihood, bounds, units, sample.totalWeight());
                            yield Condensation.serves(stage, sample)
                                    ? condensedEm(em, ofStage, smallestEmGain)
                                    : em(em.apply(ofStage), smallestEmGain);
                        }
                        case REGRESSION -> gaussNewton(new GaussNewton(stage, ofStage, feasible));
                    });
        }
    }

    private static Stage em(ExpectationMaximisation em, double smallestGain) {
        return (start, limit, deadline) -> em.run(start, limit, smallestGain, deadline);
    }

    private static Stage condensedEm(
            Function<Objective, ExpectationMaximisation> em, Objective objective, double smallestGain) {
        Stage all = em(em.apply(objective), smallestGain);
        return (start, limit, deadline) -> {
            Result before = all.run(start, Math.min(limit, BEFORE_NODES), deadline);
            if (before.iterations() < BEFORE_NODES || limit == BEFORE_NODES || deadline.passed()) {
                return before;
            }
            Sample nodes = Condensation.of(objective, Condensation.COARSE, before.theta());
            Result after = em(em.apply(Objective.of(objective.model, nodes)), smallestGain)
                    .run(before.theta(), limit - BEFORE_NODES, deadline);
            Result end = objective.value(after.theta()) > objective.value(before.theta())
                    ? after
                    : all.run(before.theta(), limit - BEFORE_NODES, deadline);
            return new Result(end.theta(), BEFORE_NODES + end.iterations());
        };
    }

    private static Stage gaussNewton(GaussNewton gaussNewton) {
        return (start, limit, deadline) -> gaussNewton.run(start, limit, SMALLEST_GAIN, deadline);
    }

    /** Runs all stages from a feasible start. */
    public Result run(double[] start, Deadline deadline) {
        double[] theta = start;
        int done = 0;
        for (int s = 0; s < stages.size(); s++) {
            // Products are long: the limit may be the largest int, as no limit.
            long limit = (long) iterations * (s + 1) / stages.size() - (long) iterations * s / stages.size();
            Result end = stages.get(s).run(theta, (int) limit, deadline);
            theta = end.theta();
            done += end.iterations();
        }
        return new Result(theta, done);
    }
}
