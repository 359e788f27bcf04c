package dev.ratelab.fit.objective;

import dev.ratelab.data.RowFold;
import dev.ratelab.data.Rows;

/** The evaluation of an objective at a point: sums over rows. Here it works in the objective's own work space, elsewhere in a new one. */
final class ObjectiveFold implements RowFold {
    private static final long serialVersionUID = 1L;

    private final transient Objective own;
    private final FamilyIds family;
    private final double[] theta;
    private final Order order;

    /**
     * Sets up the fold.
     *
     * @param own the objective that asks
     * @param family that of the objective
     * @param theta flat parameter vector; not modified
     */
    ObjectiveFold(Objective own, FamilyIds family, double[] theta, Order order) {
        this.own = own;
        this.family = family;
        this.theta = theta;
        this.order = order;
    }

    @Override
    public Worker worker(Rows rows) {
        Objective objective = own == null ? Objective.of(family.family(), rows) : own;
        objective.start(theta);
        return blocks -> objective.chunk(blocks, theta, order);
    }
}
