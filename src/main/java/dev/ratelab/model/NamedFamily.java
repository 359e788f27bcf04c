package dev.ratelab.model;

/** A family that equals others of its id, so that records that hold families are values. */
public abstract class NamedFamily implements Family {

    @Override
    public final boolean equals(Object other) {
        return other instanceof NamedFamily family && sameAs(family);
    }

    @Override
    public final int hashCode() {
        return id().hashCode();
    }

    /** The id. */
    @Override
    public final String toString() {
        return id();
    }
}
