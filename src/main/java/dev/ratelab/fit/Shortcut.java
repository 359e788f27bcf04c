package dev.ratelab.fit;

import dev.ratelab.data.Sample;
import dev.ratelab.model.MixtureOfExperts;
import java.util.List;
import java.util.Optional;

/**
 * A shortcut of a long climb: the Newton polish goes on with a few thousand nodes instead of all rows ({@link Condensation}), first
 * coarse ones, then finer ones, and comes back with the point that it reached. On the ridges that surplus atoms make it would take fifty
 * steps with all rows; from where the shortcut ends it takes three.
 */
final class Shortcut {
    private static final List<CellGrid.Resolution> RESOLUTIONS =
            List.of(new CellGrid.Resolution(8, 2), new CellGrid.Resolution(32, 3));

    /** Rows that a node must stand for on average, or a step with nodes costs too much of one with all rows. */
    private static final int ROWS_PER_NODE = 4;

    /** The optimum of the nodes is no more exact than some thousandths of a nat. */
    private static final StopRule STOP = new StopRule(1e-3, 200, 0, 0);

    /** Iterations before a shortcut: a fit without a ridge has ended by then. */
    private static final int PATIENCE = 4;

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
     */
    boolean isDue(int iterations) {
        return iterations >= due && taken < MOST && Condensation.serves(model, objective.sample);
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
        for (CellGrid.Resolution resolution : taken == 0 ? RESOLUTIONS : RESOLUTIONS.subList(1, RESOLUTIONS.size())) {
            Sample nodes = Condensation.of(model, objective.sample, objective.moments(), resolution, target);
            if (ROWS_PER_NODE * nodes.size() <= objective.sample.size()) {
                useful = true;
                target = new NewtonPolish(model, Objective.of(model, nodes), feasible)
                        .run(target, STOP, deadline)
                        .theta();
            }
        }
        taken++;
        due = iterations + PATIENCE + 2;
        return useful ? Optional.of(target) : Optional.empty();
    }
}
