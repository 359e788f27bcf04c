package dev.ratelab.loss;

import java.util.Arrays;
import java.util.Optional;

/** Numbers about a whole fit, in the order in which they are listed. */
public enum FitMeasure implements Measure {
    /** Voronoi loss with first powers. */
    D1("D1", Sort.DISTANCE, "Voronoi loss, first powers in all cells, infimum over gate translations"),

    /** Voronoi loss with the powers of over-specified cells. */
    D2(
            "D2",
            Sort.DISTANCE,
            "Voronoi loss, in cells of m > 1 atoms with the powers of the family, infimum over gate translations"),

    /** D1 as the published code computes it. */
    D1_UNPROFILED(
            "D1-unprofiled",
            Sort.ANCHORED,
            "D1 as the published code computes it: anchored, not translation invariant"),

    /** D2 as the published code computes it. */
    D2_UNPROFILED(
            "D2-unprofiled",
            Sort.ANCHORED,
            "D2 as the published code computes it: anchored, not translation invariant"),

    /** Distance of the conditional densities. */
    HELLINGER(
            "hellinger", Sort.DISTANCE, "square root of the mean over x of the squared Hellinger distance of p(y | x)"),

    /** Distance of the regression functions. */
    REGRESSION_L2(
            "regression-l2", Sort.DISTANCE, "root mean over x of the squared difference of the regression functions"),

    /** Distance of the gate weights by cell. */
    GATE_L2(
            "gate-l2",
            Sort.DISTANCE,
            "root mean over x of the squared distance of gate weights, fitted ones summed by cell"),

    /** Share of fitted atoms in cells of several. */
    OVER_CELL_SHARE(
            "over-cell-share", Sort.DESCRIPTION, "share of the fitted atoms that lie in cells of more than one"),

    /** Number of true atoms without a fitted one. */
    EMPTY_CELLS("empty-cells", Sort.DESCRIPTION, "number of true atoms without a fitted one"),

    /** Smallest mean weight. */
    MIN_WEIGHT("min-weight", Sort.DESCRIPTION, "smallest over fitted atoms of the mean gate weight"),

    /** How far below the optimum the identified set reaches. */
    NATS("nats", Sort.DESCRIPTION, Derivation.IDENTIFIED_SET, "c, nats"),

    /** Number of atoms that the dendrogram information criterion chooses. */
    EXPERTS("experts", Sort.DESCRIPTION, Derivation.MERGED_BY_CRITERION, "that number");

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
    private final String description;

    FitMeasure(String text, Sort sort, String description) {
        this(text, sort, Derivation.PLAIN, description);
    }

    FitMeasure(String text, Sort sort, Derivation home, String description) {
        this.text = text;
        this.sort = sort;
        this.home = home;
        this.description = description;
    }

    @Override
    public String text() {
        return text;
    }

    /** The inverse of {@link #text}. */
    static Optional<FitMeasure> find(String text) {
        return Arrays.stream(values())
                .filter(measure -> measure.text.equals(text))
                .findFirst();
    }

    /** One line for people. */
    public String description() {
        return description;
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
        return ordinal();
    }
}
