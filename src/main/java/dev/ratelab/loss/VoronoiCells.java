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

    /** Cells by the Euclidean distance of what cannot be translated: {@code (eta, nu)} and fixed location coordinates but the mass. */
    static VoronoiCells byExpert(MixingMeasure estimate, MixingMeasure truth) {
        return nearest(estimate, truth, (i, j) -> estimate.squaredFixedDistance(i, truth, j, false));
    }

    /** Cells by the Euclidean distance of {@code (location - shift, eta, nu)}, the mass apart. */
    static VoronoiCells byAll(MixingMeasure estimate, MixingMeasure truth, double[] shift) {
        return nearest(estimate, truth, (i, j) -> estimate.squaredLocationDistance(i, truth, j, shift));
    }

    /** Squared distance of a fitted from a true atom. */
    private interface Distance {
        double of(int i, int j);
    }

    private static VoronoiCells nearest(MixingMeasure estimate, MixingMeasure truth, Distance ofLocation) {
        int[] cellOf = new int[estimate.atoms];
        for (int i = 0; i < cellOf.length; i++) {
            double best = Double.POSITIVE_INFINITY;
            for (int j = 0; j < truth.atoms; j++) {
                double distance = estimate.squaredExpertDistance(i, truth, j) + ofLocation.of(i, j);
                if (distance < best) {
                    best = distance;
                    cellOf[i] = j;
                }
            }
        }
        return new VoronoiCells(cellOf, truth.atoms);
    }
}
