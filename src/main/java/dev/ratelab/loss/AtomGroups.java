package dev.ratelab.loss;

import java.util.Arrays;

/** The groups of a measure whose gate is hierarchical, and both of its levels as measures. */
final class AtomGroups {
    private final MixingMeasure measure;
    private final int[][] members;

    AtomGroups(MixingMeasure measure) {
        this.measure = measure;
        this.members = new int[measure.structure.groups()][];
        for (int g = 0; g < members.length; g++) {
            members[g] = membersOf(g);
        }
    }

    private int[] membersOf(int group) {
        int[] list = new int[measure.atoms];
        int count = 0;
        for (int i = 0; i < list.length; i++) {
            if (measure.structure.group(i) == group) {
                list[count++] = i;
            }
        }
        return Arrays.copyOf(list, count);
    }

    /** Indices of the atoms of a group, ascending. */
    int[] members(int group) {
        return members[group];
    }

    /**
     * The atoms of one group without the coordinates that the group shares.
     *
     * @param others indices of the target's atoms that they are compared with; empty for a target
     */
    MixingMeasure inner(int group, int[] others) {
        int[] kept = Arrays.stream(measure.component)
                .filter(c -> !measure.structure.ofGroup(c))
                .toArray();
        int[] places = places(kept);
        int[] list = members[group];
        int k = list.length;
        double[][] gates = new double[k][];
        double[][] locations = new double[k][];
        double[][] experts = new double[k][];
        double[][][] nearest = measure.near == null || others.length == 0 ? null : new double[k][others.length][];
        for (int i = 0; i < k; i++) {
            gates[i] = measure.gate[list[i]];
            locations[i] = MixingMeasure.pick(measure.location[list[i]], places);
            experts[i] = measure.expert[list[i]];
            for (int j = 0; nearest != null && j < others.length; j++) {
                nearest[i][j] = measure.near[list[i]][others[j]];
            }
        }
        return new MixingMeasure(
                gates,
                MixingMeasure.pick(measure.logMass, list),
                locations,
                experts,
                MixingMeasure.pick(measure.variance, list),
                measure.structure,
                kept,
                nearest);
    }

    /** The groups as atoms: mass and location are the coordinates that a group shares; there are no experts. */
    MixingMeasure outer() {
        int bias = measure.structure.outerBias();
        int[] kept = Arrays.stream(measure.component)
                .filter(c -> measure.structure.ofGroup(c) && c != bias)
                .toArray();
        int[] places = places(kept);
        int k = members.length;
        double[][] gates = new double[k][];
        double[] masses = new double[k];
        double[][] locations = new double[k][];
        for (int g = 0; g < k; g++) {
            int first = members[g][0];
            gates[g] = measure.gate[first];
            masses[g] = bias < 0 ? 0 : measure.location[first][places(new int[] {bias})[0]];
            locations[g] = MixingMeasure.pick(measure.location[first], places);
        }
        return new MixingMeasure(
                gates, masses, locations, new double[k][0], new double[k], measure.structure, kept, null);
    }

    private int[] places(int[] components) {
        return Arrays.stream(components)
                .map(c -> Arrays.binarySearch(measure.component, c))
                .toArray();
    }
}
