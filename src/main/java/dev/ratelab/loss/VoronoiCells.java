package dev.ratelab.loss;

/**
 * The assignment of each fitted atom to its nearest true atom; ties go to the lower index.
 *
 * @param cellOf {@code cellOf[i]}: index from 0 of the true atom that fitted atom {@code i} belongs to; owned by the
 *     record, not modified
 * @param trueAtoms number of true atoms k*, which is the number of cells; some may be empty
 */
public record VoronoiCells(int[] cellOf, int trueAtoms) {

    /** Number of fitted atoms in each cell. */
    public int[] sizes() {
        int[] sizes = new int[trueAtoms];
        for (int cell : cellOf) {
            sizes[cell]++;
        }
        return sizes;
    }

    /** Number of cells without a fitted atom. */
    public int emptyCells() {
        int empty = 0;
        for (int size : sizes()) {
            empty += size == 0 ? 1 : 0;
        }
        return empty;
    }
}
