package dev.ratelab.diagnose;

import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Noise;
import dev.ratelab.model.ParameterKind;
import java.util.ArrayList;
import java.util.List;

/**
 * Which atoms each entry of the flat parameter vector belongs to, and what it is called: the kind of the parameter, with a
 * number in brackets where a kind has several entries, after {@code log} for positive ones, which are estimated as logarithms.
 *
 * <p>Both are read off from how the atoms change with the vector, so that no family is known here.
 */
final class ParameterNames {
    private static final double STEP = 1e-3;

    private final MixtureOfExperts model;
    private final List<List<Integer>> owners = new ArrayList<>();
    private final String[] kinds;

    /** The names of a model's parameters. */
    ParameterNames(MixtureOfExperts model, double[] theta) {
        this.model = model;
        kinds = new String[model.parameterCount()];
        double[][] before = model.gate().toAtoms(theta, model.gateOffset(), model.atoms(), model.dimension());
        for (int a = 0; a < kinds.length; a++) {
            owners.add(new ArrayList<>());
            if (a < model.expertOffset()) {
                probeGate(theta, a, before);
            } else if (a < model.logVarianceOffset()) {
                int count = model.expert().parameterCount(model.dimension());
                int within = (a - model.expertOffset()) % count;
                owners.get(a).add((a - model.expertOffset()) / count);
                kinds[a] = name(model.expert().kinds(model.dimension()), within);
            } else {
                for (int i = 0; i < model.atoms(); i++) {
                    if (model.noise().kind() == Noise.Kind.SHARED || a == model.logVarianceOffset() + i) {
                        owners.get(a).add(i);
                    }
                }
                kinds[a] = "log variance";
            }
        }
        numberRepeated();
    }

    private void probeGate(double[] theta, int a, double[][] before) {
        double[] moved = theta.clone();
        moved[a] += STEP;
        double[][] after = model.gate().toAtoms(moved, model.gateOffset(), model.atoms(), model.dimension());
        for (int i = 0; i < after.length; i++) {
            boolean changed = false;
            for (int c = after[i].length - 1; c >= 0; c--) {
                if (after[i][c] != before[i][c]) {
                    changed = true;
                    kinds[a] = name(model.gate().kinds(model.dimension()), c);
                }
            }
            if (changed) {
                owners.get(a).add(i);
            }
        }
        if (kinds[a] == null) {
            kinds[a] = "gate parameter " + (a + 1);
        }
    }

    private static String name(List<ParameterKind> kinds, int index) {
        for (ParameterKind kind : kinds) {
            if (index >= kind.offset() && index < kind.offset() + kind.length()) {
                String plain = (kind.positive() ? "log " : "") + kind.name();
                return kind.length() == 1 ? plain : plain + "[" + (index - kind.offset() + 1) + "]";
            }
        }
        throw new IllegalArgumentException("no kind has the parameter " + index);
    }

    /** Numbers the parameters of one atom that would have one name, as entries of a triangular factor can. */
    private void numberRepeated() {
        String[] plain = kinds.clone();
        for (int a = 0; a < kinds.length; a++) {
            int earlier = 0;
            int later = 0;
            for (int b = 0; b < kinds.length; b++) {
                if (b != a && plain[b].equals(plain[a]) && owners.get(b).equals(owners.get(a))) {
                    earlier += b < a ? 1 : 0;
                    later += b > a ? 1 : 0;
                }
            }
            if (earlier + later > 0) {
                kinds[a] = plain[a] + " #" + (earlier + 1);
            }
        }
    }

    /** The kind of a parameter. */
    String kind(int parameter) {
        return kinds[parameter];
    }

    /** The atoms whose parameters depend on an entry of the vector. */
    List<Integer> owners(int parameter) {
        return owners.get(parameter);
    }

    /** {@code expert 2}, {@code experts 1 and 2}, or nothing if all atoms own the parameter. */
    String place(int parameter) {
        List<Integer> list = owners.get(parameter);
        if (list.size() == model.atoms() && list.size() > 1) {
            return "";
        }
        StringBuilder text = new StringBuilder(list.size() == 1 ? "expert " : "experts ");
        for (int e = 0; e < list.size(); e++) {
            text.append(e == 0 ? "" : e == list.size() - 1 ? " and " : ", ").append(list.get(e) + 1);
        }
        return text.toString();
    }

    /** The entries that belong to one atom alone, ascending. */
    int[] own(int atom) {
        return indices(List.of(atom), true);
    }

    /** All entries on which an atom's parameters depend, ascending. */
    int[] of(int atom) {
        return indices(List.of(atom), false);
    }

    private int[] indices(List<Integer> atom, boolean alone) {
        List<Integer> found = new ArrayList<>();
        for (int a = 0; a < kinds.length; a++) {
            if (alone ? owners.get(a).equals(atom) : owners.get(a).containsAll(atom)) {
                found.add(a);
            }
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }
}
