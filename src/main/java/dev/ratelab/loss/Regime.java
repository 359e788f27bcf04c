package dev.ratelab.loss;

import java.util.Arrays;
import java.util.Optional;

/** Over which fitted atoms the errors of a kind of parameter are summed up. */
public enum Regime {
    /** Mean over cells of one atom. */
    EXACT("exact"),
    /** Mean over atoms in cells of several; of what belongs to a cell, over those cells. */
    OVER("over"),
    /** Mean over cells of several atoms, within a cell weighted by mass. */
    OVER_WEIGHTED("over-weighted"),
    /** One true atom, if its cell has one atom. */
    ATOM("atom");

    private final String id;

    Regime(String id) {
        this.id = id;
    }

    /** How it is written in the name of a loss. */
    public String id() {
        return id;
    }

    static Optional<Regime> find(String id) {
        return Arrays.stream(values()).filter(regime -> regime.id.equals(id)).findFirst();
    }
}
