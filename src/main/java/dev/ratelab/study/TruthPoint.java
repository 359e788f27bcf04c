package dev.ratelab.study;

import java.io.Serializable;

/**
 * Where on its path the truth of a fit is.
 *
 * @param path {@link TruthPath#id}
 * @param atom the true atom that was moved, from 1; 0 if none was
 * @param cell number of atoms of the moved truth in its cell; 0 if none was moved
 * @param delta how far the atom was moved; 0 for a fixed truth, {@code NaN} if it is not known
 */
public record TruthPoint(String path, int atom, int cell, double delta) implements Serializable {
    /** A truth that does not move. */
    public static final TruthPoint FIXED = new TruthPoint(TruthPath.FIXED_NAME, 0, 0, 0);

    /** What is known of a fit that failed. */
    public static TruthPoint unknown(TruthPath path) {
        return path.worstCase() ? new TruthPoint(path.id(), 0, 0, Double.NaN) : FIXED;
    }

    /** Whether the truth is on a worst-case path. */
    public boolean moved() {
        return !path.equals(TruthPath.FIXED_NAME);
    }
}
