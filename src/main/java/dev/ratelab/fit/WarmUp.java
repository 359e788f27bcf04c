package dev.ratelab.fit;

import dev.ratelab.data.Rows;
import dev.ratelab.model.Gate;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.ParameterBounds;
import java.util.ArrayList;
import java.util.List;

/**
 * The iterations before the Newton polish: EM in the density problem, Levenberg-Marquardt in regression. The iterations are divided
 * evenly among the gates of the model's {@link Gate#schedule}, so an annealed gate goes through its temperatures here.
 */
final class WarmUp {
    /** A stage ends when an iteration gains less, in nats. */
    private static final double SMALLEST_GAIN = 1e-3;

    /** EM with the model's own gate ends sooner, in nats: on a ridge it converges linearly, and Newton steps gain more. */
    private static final double SMALLEST_LAST_EM_GAIN = 0.3;

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
    record Result(double[] theta, int iterations) {}

    /**
     * Sets up the stages.
     *
     * @param sample the data in standard units
     * @param bounds in the user's units
     * @param feasible the compact set in standard units
     * @param iterations limit on the iterations of all stages together
     */
    WarmUp(
            MixtureOfExperts model,
            Rows sample,
            ParameterBounds bounds,
            FeasibleSet feasible,
            Standardisation units,
            int iterations) {
        this.iterations = iterations;
        List<Gate> schedule = model.gate().schedule();
        for (int s = 0; s < schedule.size(); s++) {
            Gate gate = schedule.get(s);
            double smallestEmGain = s < schedule.size() - 1 ? SMALLEST_GAIN : SMALLEST_LAST_EM_GAIN;
            MixtureOfExperts stage =
                    new MixtureOfExperts(gate, model.expert(), model.noise(), model.atoms(), model.dimension());
            Objective objective = Objective.of(stage, sample);
            stages.add(
                    switch (model.problem()) {
                        case DENSITY ->
                            em(
                                    new ExpectationMaximisation(stage, objective, bounds, units, sample.totalWeight()),
                                    smallestEmGain);
                        case REGRESSION -> gaussNewton(new GaussNewton(stage, objective, feasible));
                    });
        }
    }

    private static Stage em(ExpectationMaximisation em, double smallestGain) {
        return (start, limit, deadline) -> {
            ExpectationMaximisation.Result end = em.run(start, limit, smallestGain, deadline);
            return new Result(end.theta(), end.iterations());
        };
    }

    private static Stage gaussNewton(GaussNewton gaussNewton) {
        return (start, limit, deadline) -> gaussNewton.run(start, limit, SMALLEST_GAIN, deadline);
    }

    /** Runs all stages from a feasible start. */
    Result run(double[] start, Deadline deadline) {
        double[] theta = start;
        int done = 0;
        for (int s = 0; s < stages.size(); s++) {
            int limit = iterations * (s + 1) / stages.size() - iterations * s / stages.size();
            Result end = stages.get(s).run(theta, limit, deadline);
            theta = end.theta();
            done += end.iterations();
        }
        return new Result(theta, done);
    }
}
