package dev.ratelab.diagnose;

import dev.ratelab.data.InputNodes;
import dev.ratelab.data.Truth;
import dev.ratelab.model.Atom;
import dev.ratelab.model.Gate;
import dev.ratelab.model.MixtureOfExperts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A fit with two copies of a true atom.
 *
 * @param local the fit
 * @param first index of the first of the two copies; the other one follows
 * @param equal pairs of copies of other atoms
 */
record SplitAtom(LocalModel local, int first, List<int[]> equal) {
    /**
     * The fit with one atom more than the truth has, or as many more as its gate needs; nothing if the gate has no place for them.
     *
     * @param atom the atom with two copies, from 0
     */
    static Optional<SplitAtom> of(Truth truth, InputNodes nodes, int atom) {
        Optional<int[]> copies = copies(truth, atom);
        if (copies.isEmpty()) {
            return Optional.empty();
        }
        List<Atom> atoms = new ArrayList<>();
        List<int[]> equal = new ArrayList<>();
        int first = 0;
        for (int j = 0; j < truth.atoms().size(); j++) {
            Atom share = truth.model().copy(truth.atoms().get(j), copies.get()[j]);
            if (j == atom) {
                first = atoms.size();
            }
            for (int copy = 1; copy < copies.get()[j] && j != atom; copy++) {
                equal.add(new int[] {atoms.size(), atoms.size() + copy});
            }
            for (int copy = 0; copy < copies.get()[j]; copy++) {
                atoms.add(share);
            }
        }
        MixtureOfExperts model = truth.model().withAtoms(atoms.size());
        LocalModel local = new LocalModel(model, model.toParameters(atoms), nodes);
        return Optional.of(new SplitAtom(local, first, equal));
    }

    /** How many copies of each true atom a fit has in which one cell has two atoms; other groups of the gate are filled up with copies. */
    private static Optional<int[]> copies(Truth truth, int atom) {
        Gate gate = truth.model().gate();
        int atoms = truth.model().atoms();
        int groups = gate.group(atoms - 1, atoms) + 1;
        for (int fitted = atoms + 1; fitted <= atoms + groups; fitted++) {
            if (gate.refusal(truth.problem(), fitted, truth.model().dimension()).isPresent()) {
                continue;
            }
            int[] copies = new int[atoms];
            Arrays.fill(copies, 1);
            copies[atom]++;
            boolean fits = gate.group(fitted - 1, fitted) + 1 == groups;
            for (int g = 0; g < groups && fits; g++) {
                int room = 0;
                for (int i = 0; i < fitted; i++) {
                    room += gate.group(i, fitted) == g ? 1 : 0;
                }
                int first = -1;
                for (int j = atoms - 1; j >= 0; j--) {
                    if (gate.group(j, atoms) == g) {
                        room -= copies[j];
                        first = j;
                    }
                }
                fits = room >= 0;
                copies[first] += Math.max(0, room);
            }
            if (fits && copies[atom] == 2 && Arrays.stream(copies).sum() == fitted) {
                return Optional.of(copies);
            }
        }
        return Optional.empty();
    }

    /** Which of the copy's own parameters only move weight between the two. */
    boolean[] weight() {
        ParameterNames names = new ParameterNames(local.model(), local.theta());
        int[] one = names.own(first);
        int[] other = names.own(first + 1);
        boolean[] weight = new boolean[one.length];
        for (int c = 0; c < one.length; c++) {
            weight[c] = ModelFunctions.exchangesWeight(local, Direction.opposed(one[c], other[c]), first);
        }
        return weight;
    }
}
