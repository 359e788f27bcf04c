package dev.ratelab.model.gate;

import dev.ratelab.math.LinearConstraint;
import dev.ratelab.model.Atom;
import dev.ratelab.model.Gate;
import dev.ratelab.model.InvariantForm;
import dev.ratelab.model.ParameterBounds;
import dev.ratelab.model.ParameterKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the parameters of a hierarchical gate stand: in the flat vector, those of the outer gate, then those of the
 * inner gate for each group; in an atom, those of the outer gate, then those of the inner gate.
 */
record HierarchicalLayout(Groups groups, Gate outer, Gate inner) {
    static final String OUTER = "outer";
    static final String INNER = "inner";
    private static final String PREFIX = "gate-";

    /** Index of each group's first inner parameter within the family, then the number of all parameters. */
    int[] innerOffsets(int atoms, int dimension) {
        int[] starts = groups.starts(atoms);
        int[] offsets = new int[groups.count() + 1];
        offsets[0] = outer.parameterCount(groups.count(), dimension);
        for (int g = 0; g < groups.count(); g++) {
            offsets[g + 1] = offsets[g] + inner.parameterCount(starts[g + 1] - starts[g], dimension);
        }
        return offsets;
    }

    /** The kinds of both levels under their names. */
    static List<ParameterKind> join(List<ParameterKind> outer, List<ParameterKind> inner) {
        List<ParameterKind> kinds = new ArrayList<>();
        outer.forEach(kind -> kinds.add(renamed(kind, OUTER, 0)));
        inner.forEach(kind -> kinds.add(renamed(kind, INNER, length(outer))));
        return kinds;
    }

    private static ParameterKind renamed(ParameterKind kind, String level, int shift) {
        return new ParameterKind(name(kind.name(), level), shift + kind.offset(), kind.length(), kind.positive());
    }

    private static String name(String kind, String level) {
        return PREFIX + level + "-" + (kind.startsWith(PREFIX) ? kind.substring(PREFIX.length()) : kind);
    }

    /** The names of the kinds of both levels, of a kind of either. */
    static Stream<String> names(String kind) {
        return Stream.of(OUTER, INNER).map(level -> name(kind, level));
    }

    private static int length(List<ParameterKind> kinds) {
        return kinds.stream().mapToInt(ParameterKind::length).sum();
    }

    /** The outer gate's parameters of an atom. */
    double[] outerPart(double[] gate, int dimension) {
        return Arrays.copyOfRange(gate, 0, length(outer.kinds(dimension)));
    }

    /** The inner gate's parameters of an atom. */
    double[] innerPart(double[] gate, int dimension) {
        return Arrays.copyOfRange(gate, length(outer.kinds(dimension)), gate.length);
    }

    /** One array after the other. */
    static double[] joined(double[] first, double[] second) {
        double[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    InvariantForm invariantForm(int dimension) {
        InvariantForm ofOuter = outer.invariantForm(dimension);
        InvariantForm ofInner = inner.invariantForm(dimension);
        return new InvariantForm(
                join(ofOuter.kinds(), ofInner.kinds()),
                gate -> joined(ofOuter.of(outerPart(gate, dimension)), ofInner.of(innerPart(gate, dimension))));
    }

    double[][] invariances(double[] theta, int offset, int atoms, int dimension) {
        int[] starts = groups.starts(atoms);
        int[] offsets = innerOffsets(atoms, dimension);
        int count = offsets[offsets.length - 1];
        List<double[]> directions = new ArrayList<>();
        for (double[] direction : outer.invariances(theta, offset, groups.count(), dimension)) {
            directions.add(placed(direction, 0, count));
        }
        for (int g = 0; g < groups.count(); g++) {
            int size = starts[g + 1] - starts[g];
            for (double[] direction : inner.invariances(theta, offset + offsets[g], size, dimension)) {
                directions.add(placed(direction, offsets[g], count));
            }
        }
        return directions.toArray(new double[0][]);
    }

    private static double[] placed(double[] part, int at, int count) {
        double[] all = new double[count];
        System.arraycopy(part, 0, all, at, part.length);
        return all;
    }

    List<LinearConstraint> constraints(ParameterBounds bounds, int atoms, int dimension) {
        int[] starts = groups.starts(atoms);
        int[] offsets = innerOffsets(atoms, dimension);
        int count = offsets[offsets.length - 1];
        List<LinearConstraint> constraints = new ArrayList<>();
        for (LinearConstraint part : outer.constraints(bounds, groups.count(), dimension)) {
            constraints.add(part.within(count, 0));
        }
        for (int g = 0; g < groups.count(); g++) {
            for (LinearConstraint part : inner.constraints(bounds, starts[g + 1] - starts[g], dimension)) {
                constraints.add(part.within(count, offsets[g]));
            }
        }
        return constraints;
    }

    double[][] toAtoms(double[] theta, int offset, int atoms, int dimension) {
        int[] starts = groups.starts(atoms);
        int[] offsets = innerOffsets(atoms, dimension);
        double[][] outers = outer.toAtoms(theta, offset, groups.count(), dimension);
        double[][] gates = new double[atoms][];
        for (int g = 0; g < groups.count(); g++) {
            double[][] inners = inner.toAtoms(theta, offset + offsets[g], starts[g + 1] - starts[g], dimension);
            for (int l = 0; l < inners.length; l++) {
                gates[starts[g] + l] = joined(outers[g], inners[l]);
            }
        }
        return gates;
    }

    /** The outer parameters of a group are those of its first atom. */
    void fromAtoms(List<Atom> atoms, int dimension, double[] theta, int offset) {
        int[] starts = groups.starts(atoms.size());
        int[] offsets = innerOffsets(atoms.size(), dimension);
        int outerLength = length(outer.kinds(dimension));
        int length = outerLength + length(inner.kinds(dimension));
        List<Atom> firsts = new ArrayList<>();
        for (int g = 0; g < groups.count(); g++) {
            firsts.add(atoms.get(starts[g]));
            List<Atom> members = atoms.subList(starts[g], starts[g + 1]);
            inner.fromAtoms(GateKernels.slices(members, outerLength, length), dimension, theta, offset + offsets[g]);
        }
        outer.fromAtoms(GateKernels.slices(firsts, 0, outerLength), dimension, theta, offset);
    }
}
