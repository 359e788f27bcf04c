package dev.ratelab.study;

import dev.ratelab.study.StudyKeys.OfPath;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Where the truth is at each sample size: fixed, or on a worst-case path, where it is the model farthest from the fixed truth that n
 * observations cannot tell from it, see {@link dev.ratelab.diagnose.WorstCase}.
 *
 * @param worstCase whether the truth moves with n
 * @param atom the true atom that is moved, from 1; absent for the one that gets farthest, at each n. Absent if fixed
 * @param cell number of atoms of the moved truth in its cell, 1 or 2; absent for two where the fit has room for them, else one.
 *     Absent if fixed
 */
public record TruthPath(boolean worstCase, OptionalInt atom, OptionalInt cell) {
    /** The truth of the study file, whatever the sample size. */
    public static final TruthPath FIXED = new TruthPath(false, OptionalInt.empty(), OptionalInt.empty());

    /** The worst case over atoms, in the cell that the fit implies. */
    public static final TruthPath WORST_CASE = new TruthPath(true, OptionalInt.empty(), OptionalInt.empty());

    public static final String FIXED_NAME = "fixed";
    public static final String WORST_CASE_NAME = "worst-case";

    /** The paths of a study that names none. */
    public static final List<TruthPath> FIXED_ONLY = List.of(FIXED);

    public TruthPath {
        if (!worstCase && (atom.isPresent() || cell.isPresent())) {
            throw new IllegalArgumentException("a fixed truth has no atom or cell that moves");
        }
        if (atom.isPresent() && atom.getAsInt() < 1) {
            throw new IllegalArgumentException(OfPath.ATOM + " = " + atom.getAsInt() + " must be at least 1");
        }
        if (cell.isPresent() && (cell.getAsInt() < 1 || cell.getAsInt() > 2)) {
            throw new IllegalArgumentException(OfPath.CELL + " = " + cell.getAsInt() + " must be 1 or 2 atoms");
        }
    }

    /** The name in ids and tables, such as {@code fixed} or {@code worst-case-atom2-cell2}. */
    public String id() {
        return !worstCase
                ? FIXED_NAME
                : WORST_CASE_NAME
                        + (atom.isPresent() ? "-atom" + atom.getAsInt() : "")
                        + (cell.isPresent() ? "-cell" + cell.getAsInt() : "");
    }

    /** The path as a study file writes it. */
    String hocon() {
        if (atom.isEmpty() && cell.isEmpty()) {
            return id();
        }
        List<String> entries = new ArrayList<>(List.of(StudyText.entry(StudyKeys.TYPE, WORST_CASE_NAME)));
        atom.ifPresent(number -> entries.add(StudyText.entry(OfPath.ATOM, number)));
        cell.ifPresent(number -> entries.add(StudyText.entry(OfPath.CELL, number)));
        return StudyText.block(entries);
    }
}
