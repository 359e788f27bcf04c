package dev.ratelab.fit.ascent;

import dev.ratelab.data.Sample;
import dev.ratelab.fit.objective.Objective;
import dev.ratelab.fit.quadratic.FeasibleSet;
import dev.ratelab.model.MixtureOfExperts;
import java.util.List;
import java.util.Optional;

/**
 * A shortcut of a long climb: the Newton polish goes on with a few thousand nodes instead of all rows ({@link Condensation}), first
 * coarse ones, then finer ones, and comes back with the point that it reached. On the ridges that surplus atoms make it would take fifty
 * steps with all rows; from where the shortcut ends it takes three.
 */
final class Shortcut {
    private static final List<BinGrid.Resolution> RESOLUTIONS = List.of(Condensation.COARSE, Condensation.FINE);

    /** Rows that a node must stand for on average, or a step with nodes costs too much of one with all rows. */
    private static final int ROWS_PER_NODE = 4;

    /** The optimum of the nodes is no more exact than some thousandths of a nat. */
    private static final StopRule STOP = new StopRule(1e-3, 200, 0, 0);

    /** Iterations before the first shortcut. */
    private static final int PATIENCE = 2;

    /** Iterations between two shortcuts. */
    private static final int EVERY = 6;

    /** A step that promises less, in nats, may be the last but one of a fit without a ridge. */
    private static final double LONG_WAY = 0.01;

    /** Shortcuts of one climb at most: what these did not reach, nodes do not tell. */
    private static final int MOST = 3;

    private final MixtureOfExperts model;
    private final Objective objective;
    private final FeasibleSet feasible;
    private int taken;
    private int due = PATIENCE;

    Shortcut(MixtureOfExperts model, Objective objective, FeasibleSet feasible) {
        this.model = model;
        this.objective = objective;
        this.feasible = feasible;
    }

    /**
     * Whether it is time for a shortcut.
     *
     * @param iterations iterations of the climb so far
     * @param gain what the last step promised, nats
     */
    boolean isDue(int iterations, double gain) {
        return iterations >= due
                && taken < MOST
                && (gain > LONG_WAY || iterations >= EVERY)
                && Condensation.serves(model, objective.sample);
    }

    /**
     * Where a shortcut leads to; nothing if there are too few rows for one.
     *
     * @param theta where the climb is; not modified
     * @param iterations iterations of the climb so far
     */
    Optional<double[]> target(double[] theta, int iterations, Deadline deadline) {
        double[] target = theta;
        boolean useful = false;
        // Coarse nodes are for the long way; later ones are what is left of it.
        for (BinGrid.Resolution resolution : taken == 0 ? RESOLUTIONS : RESOLUTIONS.subList(1, RESOLUTIONS.size())) {
            Sample nodes = Condensation.of(objective, resolution, target);
            if (ROWS_PER_NODE * nodes.size() <= objective.sample.size()) {
                useful = true;
                target = new NewtonPolish(model, Objective.of(model, nodes), feasible)
                        .run(target, STOP, deadline)
                        .theta();
            }
        }
        taken++;
        due = iterations + EVERY;
        return useful ? Optional.of(target) : Optional.empty();
    }
}
