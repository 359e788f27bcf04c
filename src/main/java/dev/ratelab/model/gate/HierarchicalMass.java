package dev.ratelab.model.gate;

import dev.ratelab.model.AtomMass;

/**
 * The mass of an atom of a hierarchical gate: that of its group by the outer gate times its own by the inner one, without the normaliser
 * within the group, which is no function of one atom. A split divides the mass within the group.
 */
record HierarchicalMass(HierarchicalLayout layout) implements AtomMass {

    @Override
    public double log(double[] gate, int dimension) {
        return layout.outer().mass().log(layout.outerPart(gate, dimension), dimension)
                + layout.inner().mass().log(layout.innerPart(gate, dimension), dimension);
    }

    @Override
    public void split(double[] gate, int copies, int dimension) {
        double[] part = layout.innerPart(gate, dimension);
        layout.inner().mass().split(part, copies, dimension);
        System.arraycopy(part, 0, gate, gate.length - part.length, part.length);
    }
}
