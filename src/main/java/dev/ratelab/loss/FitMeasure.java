package dev.ratelab.loss;

import java.util.Arrays;
import java.util.Optional;

/** Numbers about a whole fit, in the order in which they are listed. */
public enum FitMeasure implements Measure {
    /** Voronoi loss with first powers in all cells, infimum over gate translations. */
    D1("D1", Sort.DISTANCE),
    /** Voronoi loss with, in cells of several atoms, the powers of the family; infimum over gate translations. */
    D2("D2", Sort.DISTANCE),
    /** D1 as the published code computes it: anchored. */
    D1_UNPROFILED("D1-unprofiled", Sort.ANCHORED),
    /** D2 as the published code computes it: anchored. */
    D2_UNPROFILED("D2-unprofiled", Sort.ANCHORED),
    /** Square root of the mean over x of the squared Hellinger distance of p(y | x). */
    HELLINGER("hellinger", Sort.DISTANCE),
    /** Root mean over x of the squared difference of the regression functions. */
    REGRESSION_L2("regression-l2", Sort.DISTANCE),
    /** Root mean over x of the squared distance of gate weights, fitted ones summed by cell. */
    GATE_L2("gate-l2", Sort.DISTANCE),
    /** Share of the fitted atoms that lie in cells of more than one. */
    OVER_CELL_SHARE("over-cell-share", Sort.DESCRIPTION),
    /** Number of true atoms without a fitted one. */
    EMPTY_CELLS("empty-cells", Sort.DESCRIPTION),
    /** Smallest over fitted atoms of the mean gate weight. */
    MIN_WEIGHT("min-weight", Sort.DESCRIPTION),
    /** How far below the optimum the identified set reaches, nats. */
    NATS("nats", Sort.DESCRIPTION, Derivation.IDENTIFIED_SET),
    /** Number of atoms that the dendrogram information criterion chooses. */
    EXPERTS("experts", Sort.DESCRIPTION, Derivation.MERGED_BY_CRITERION);

    private enum Sort {
        /** A distance from the truth that does not change with translations of the gate. */
        DISTANCE,
        /** A distance that does change with them. */
        ANCHORED,
        /** No distance. */
        DESCRIPTION
    }

    private final String text;
    private final Sort sort;
    private final Derivation home;

    FitMeasure(String text, Sort sort) {
        this(text, sort, Derivation.PLAIN);
    }

    FitMeasure(String text, Sort sort, Derivation home) {
        this.text = text;
        this.sort = sort;
        this.home = home;
    }

    /** The inverse of {@link #text}. */
    static Optional<FitMeasure> find(String text) {
        return Arrays.stream(values())
                .filter(measure -> measure.text.equals(text))
                .findFirst();
    }

    @Override
    public String text() {
        return text;
    }

    /** {@inheritDoc} Distances that do not change with translations are in all, the others in one. */
    @Override
    public boolean definedIn(Derivation derivation) {
        return derivation == home || sort == Sort.DISTANCE;
    }

    @Override
    public boolean descriptive() {
        return sort == Sort.DESCRIPTION;
    }

    @Override
    public int order() {
        return Arrays.asList(values()).indexOf(this);
    }
}
