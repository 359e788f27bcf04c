package dev.ratelab.loss;

import java.util.Optional;

/** Over which fitted atoms the errors of a kind of parameter are summed up. */
public enum Regime {
    /** Mean over cells of one atom. */
    EXACT("exact", "mean over cells of one atom"),

    /** Mean over atoms in cells of several; of a parameter of the cell, over those cells. */
    OVER("over", "mean over atoms in cells of several"),

    /** Mean over cells of several atoms, within a cell weighted by mass. */
    OVER_WEIGHTED("over-weighted", "mean over cells of several atoms, within a cell weighted by mass"),

    /** One true atom, if its cell has one atom. */
    ATOM("atom", "true atom <j>, if its cell has one atom");

    private final String id;
    private final String description;

    Regime(String id, String description) {
        this.id = id;
        this.description = description;
    }

    /** How it is written in the name of a loss. */
    public String id() {
        return id;
    }

    /** One line for people. */
    public String description() {
        return description;
    }

    static Optional<Regime> find(String id) {
        for (Regime regime : values()) {
            if (regime.id.equals(id)) {
                return Optional.of(regime);
            }
        }
        return Optional.empty();
    }
}
