package dev.ratelab.loss;

import dev.ratelab.math.Elementary;
import java.util.Map;

/** Sums over the Voronoi cells of an estimate. */
final class CellSums {
    /** {@code sizes[cell]}: number of fitted atoms. */
    final int[] sizes;

    /** {@code logMass[cell]}: logarithm of the total mass of its atoms; minus infinity if it is empty. */
    final double[] logMass;

    /** {@code share[atom]}: its part of the mass of its cell. */
    final double[] share;

    private final int[] cellOf;

    CellSums(MixingMeasure estimate, VoronoiCells cells) {
        cellOf = cells.cellOf();
        sizes = cells.sizes();
        logMass = new double[sizes.length];
        for (int j = 0; j < sizes.length; j++) {
            double[] members = new double[sizes[j]];
            int next = 0;
            for (int i = 0; i < cellOf.length; i++) {
                if (cellOf[i] == j) {
                    members[next++] = estimate.logMass[i];
                }
            }
            logMass[j] = Elementary.logSumExp(members);
        }
        share = new double[cellOf.length];
        for (int i = 0; i < share.length; i++) {
            share[i] = Elementary.exp(estimate.logMass[i] - logMass[cellOf[i]]);
        }
    }

    /** The cell of a fitted atom. */
    int cell(int atom) {
        return cellOf[atom];
    }

    /**
     * Sums up errors in all regimes.
     *
     * @param kind name of the kind
     * @param error {@code error[atom]}
     * @param ofCell whether the error belongs to the cell, being the same for all of its atoms
     * @param losses modified; of regimes in which there is no atom, nothing is put
     */
    void put(String kind, double[] error, boolean ofCell, Map<LossName, Double> losses) {
        double exact = 0;
        double over = 0;
        double weighted = 0;
        int exactAtoms = 0;
        for (int i = 0; i < error.length; i++) {
            if (sizes[cell(i)] == 1) {
                exact += error[i];
                exactAtoms++;
                losses.put(LossName.ofAtom(kind, cell(i) + 1), error[i]);
            } else {
                over += error[i];
                weighted += share[i] * error[i];
            }
        }
        if (exactAtoms > 0) {
            losses.put(LossName.error(kind, Regime.EXACT), exact / exactAtoms);
        }
        int overAtoms = error.length - exactAtoms;
        if (overAtoms > 0) {
            int overCells = 0;
            for (int size : sizes) {
                overCells += size > 1 ? 1 : 0;
            }
            double byCell = weighted / overCells;
            losses.put(LossName.error(kind, Regime.OVER), ofCell ? byCell : over / overAtoms);
            losses.put(LossName.error(kind, Regime.OVER_WEIGHTED), byCell);
        }
    }
}
