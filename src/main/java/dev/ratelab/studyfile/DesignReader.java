package dev.ratelab.studyfile;

import dev.ratelab.data.NoiseLaw;
import dev.ratelab.data.QuadratureDesign;
import dev.ratelab.data.Truth;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Problem;
import dev.ratelab.study.Grid;
import dev.ratelab.study.StudyKeys.OfGrid;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads {@code grid.design}: rows, or the nodes of a quadrature rule in their place. */
final class DesignReader {
    private DesignReader() {}

    /** The number of nodes; nothing if the design is rows. */
    static OptionalInt nodes(Node block, Problem problem) {
        Optional<Node> design = block.find(OfGrid.DESIGN);
        String type = design.map(node -> node.oneOf("design", List.of(Grid.ROWS, Grid.QUADRATURE)))
                .orElse(Grid.ROWS);
        Optional<Node> nodes = block.find(OfGrid.NODES);
        if (type.equals(Grid.ROWS)) {
            if (nodes.isPresent()) {
                throw nodes.get().refuse("needs design = " + Grid.QUADRATURE);
            }
            return OptionalInt.empty();
        }
        if (problem != Problem.REGRESSION) {
            throw design.orElseThrow().refuse("is for the problem regression, the truth's is " + problem.id());
        }
        return OptionalInt.of(nodes.map(node -> node.integer(1)).orElse(QuadratureDesign.DEFAULT_NODES));
    }

    /**
     * Refuses a quadrature that does not stand for the rows of a truth, or has too few nodes for a fit.
     *
     * @param model of the families that are fitted
     * @param fitted numbers of experts that are fitted
     */
    static void refuse(Node block, Truth truth, MixtureOfExperts model, List<Integer> fitted, int nodes) {
        Node design = block.get(OfGrid.DESIGN, "");
        int rows;
        try {
            rows = QuadratureDesign.of(truth.input(), model.dimension(), nodes).weights().length;
        } catch (IllegalArgumentException refused) {
            throw design.refuse("cannot be used: " + refused.getMessage());
        }
        if (!(truth.noise() instanceof NoiseLaw.Normal) && !(truth.noise() instanceof NoiseLaw.Heteroscedastic)) {
            throw design.refuse("needs normal noise, not " + truth.noise().id() + " noise");
        }
        refuseKinks(design, model);
        refuseKinks(design, truth.model());
        for (int experts : fitted) {
            int parameters = model.withAtoms(experts).freeParameterCount();
            if (rows <= parameters) {
                throw design.refuse("has " + rows + " nodes, no more than the " + parameters
                        + " parameters of the fit with " + experts + " experts");
            }
        }
    }

    private static void refuseKinks(Node design, MixtureOfExperts model) {
        if (!model.gate().smooth() || !model.expert().smooth()) {
            throw design.refuse("needs regression functions without kinks or jumps, which "
                    + (model.gate().smooth()
                            ? "expert " + model.expert().id()
                            : "gate " + model.gate().id()) + " has");
        }
    }
}
