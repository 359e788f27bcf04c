package dev.ratelab.model.gate;

import dev.ratelab.math.LinearConstraint;
import dev.ratelab.model.Atom;
import dev.ratelab.model.AtomMass;
import dev.ratelab.model.Block;
import dev.ratelab.model.Description;
import dev.ratelab.model.FamilyName;
import dev.ratelab.model.FamilyOptions;
import dev.ratelab.model.Gate;
import dev.ratelab.model.InvariantForm;
import dev.ratelab.model.Normaliser;
import dev.ratelab.model.ParameterBounds;
import dev.ratelab.model.ParameterKind;
import dev.ratelab.model.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The hierarchical gate: an outer gate weighs groups of atoms, an inner gate the atoms of each group. The weight of
 * atom {@code i} in group {@code g} is {@code softmax(a)_g(x) softmax_g(w)_i(x)}, that is, the softmax over all atoms
 * of {@code u_i = a_g + w_i - log sum_{l in g} exp(w_l)}.
 *
 * <p>Options:
 *
 * <ul>
 *   <li>{@code groups}: the number of groups of equal size, such as {@code 2}, or their sizes, such as {@code 2+3};
 *       needed.
 *   <li>{@code outer}, {@code inner}: the gates of the two levels with their options, default {@code softmax}; any
 *       whose weights are the softmax of scores and that is not made of other gates, as {@code top-k} is.
 * </ul>
 *
 * <p>Flat parameters: those of the outer gate for as many atoms as there are groups, then those of the inner gate for
 * group 1, 2, ... Parameters of an atom: the outer gate's of its group ({@code gate-outer-...}; the same in all atoms
 * of a group, those of the first are read), then the inner gate's ({@code gate-inner-...}).
 *
 * <p>Invariances and constraints are those of the components at each level. The inner parameters of a group with one
 * atom have no effect: all their directions are invariances. A split divides the atom's mass within its group. The mass
 * of an atom in losses is taken to be {@code exp(outer + inner log mass)}: the normaliser within the group is not a
 * function of one atom.
 *
 * <p>Source: arXiv 2503.03213 (softmax at both levels), 2410.02935 (Laplace at either).
 */
public final class HierarchicalGate extends CompositeGate {
    /** The name in study files. */
    public static final String NAME = "hierarchical";

    private final Groups groups;
    private final Gate outer;
    private final Gate inner;
    private final HierarchicalLayout layout;
    private final HierarchicalKernel kernel;

    private HierarchicalGate(Groups groups, Gate outer, Gate inner) {
        this.groups = groups;
        this.outer = outer;
        this.inner = inner;
        layout = new HierarchicalLayout(groups, outer, inner);
        kernel = new HierarchicalKernel(layout);
    }

    /**
     * The gate of the options {@code groups}, {@code outer} and {@code inner}.
     *
     * @param gates finds the gate of a level by its name with options
     * @throws IllegalArgumentException naming an option that is missing, unknown or has a bad value
     */
    public static HierarchicalGate of(Map<String, String> texts, Function<String, Gate> gates) {
        FamilyOptions options = FamilyOptions.of(NAME, texts);
        Groups groups = Groups.read(options);
        Gate outer = level(options, HierarchicalLayout.OUTER, gates);
        Gate inner = level(options, HierarchicalLayout.INNER, gates);
        options.refuseOthers();
        return new HierarchicalGate(groups, outer, inner);
    }

    private static Gate level(FamilyOptions options, String name, Function<String, Gate> gates) {
        Gate gate = read(options, name, gates);
        if (gate instanceof CompositeGate) {
            throw options.refuse(
                    name, gate.id(), "cannot be a level of a hierarchical gate: it is itself made of a gate");
        }
        if (gate.normaliser() != Normaliser.SOFTMAX) {
            throw options.refuse(
                    name, gate.id(), "cannot be a level of a hierarchical gate: its weights are no softmax of scores");
        }
        return gate;
    }

    @Override
    public String id() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put(Groups.OPTION, groups.text());
        write(HierarchicalLayout.OUTER, outer, options);
        write(HierarchicalLayout.INNER, inner, options);
        return new FamilyName(NAME, options).toString();
    }

    @Override
    public Optional<String> refusal(Problem problem, int atoms, int dimension) {
        Optional<String> refusal = groups.refusal(atoms);
        if (refusal.isPresent()) {
            return refusal;
        }
        refusal = outer.refusal(problem, groups.count(), dimension);
        int[] starts = groups.starts(atoms);
        for (int g = 0; g < groups.count() && refusal.isEmpty(); g++) {
            refusal = inner.refusal(problem, starts[g + 1] - starts[g], dimension);
        }
        return refusal.map(reason -> NAME + ": " + reason);
    }

    @Override
    public boolean smooth() {
        return outer.smooth() && inner.smooth();
    }

    @Override
    public Description description() {
        return new Description(
                "pi_i = (outer weight of the group) (inner weight in the group); outer: "
                        + outer.description().formula() + "; inner: "
                        + inner.description().formula(),
                "arXiv 2503.03213; 2410.02935",
                "outer: " + outer.description().invariances() + "; inner, in each group: "
                        + inner.description().invariances() + "; all inner parameters of a group of one");
    }

    @Override
    public List<ParameterKind> kinds(int dimension) {
        return HierarchicalLayout.join(outer.kinds(dimension), inner.kinds(dimension));
    }

    @Override
    public InvariantForm invariantForm(int dimension) {
        return layout.invariantForm(dimension);
    }

    /** {@inheritDoc} Each level has those of any gate that it can be: first what these have as they are, then what they can have. */
    @Override
    public Set<String> possibleKinds(List<Gate> gates) {
        List<Gate> levels = gates.stream()
                .filter(gate -> gate.normaliser() == Normaliser.SOFTMAX)
                .filter(gate -> !(gate instanceof HierarchicalGate || gate instanceof TopKGate))
                .toList();
        Set<String> kinds = new LinkedHashSet<>();
        levels.forEach(gate -> kinds.addAll(ParameterKind.names(gate.kinds(1))));
        levels.forEach(gate -> kinds.addAll(gate.possibleKinds(gates)));
        return kinds.stream().flatMap(HierarchicalLayout::names).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Override
    public AtomMass mass() {
        return new HierarchicalMass(layout);
    }

    @Override
    public int group(int atom, int atoms) {
        return groups.group(atom, atoms);
    }

    @Override
    public int entry(int kind, int atom, int atoms) {
        int outerKinds = outer.kinds(1).size();
        int group = group(atom, atoms);
        if (kind < outerKinds) {
            return outer.entry(kind, group, groups.count());
        }
        boolean shared = inner.entry(kind - outerKinds, 1, 2) == 0;
        return shared ? group : atom;
    }

    @Override
    public List<Gate> schedule() {
        List<Gate> outers = outer.schedule();
        List<Gate> inners = inner.schedule();
        int stages = Math.max(outers.size(), inners.size());
        List<Gate> gates = new ArrayList<>();
        for (int s = 0; s < stages - 1; s++) {
            Gate outerStage = outers.get(Math.min(s, outers.size() - 1));
            Gate innerStage = inners.get(Math.min(s, inners.size() - 1));
            gates.add(new HierarchicalGate(groups, outerStage, innerStage));
        }
        gates.add(this);
        return gates;
    }

    @Override
    public int parameterCount(int atoms, int dimension) {
        int[] offsets = layout.innerOffsets(atoms, dimension);
        return offsets[offsets.length - 1];
    }

    @Override
    public int[] parametersOf(int atom, int atoms, int dimension) {
        return kernel.parametersOf(atom, atoms, dimension);
    }

    @Override
    public void values(double[] theta, int offset, Block block, double[][] out) {
        kernel.values(theta, offset, block, out);
    }

    @Override
    public void jacobian(double[] theta, int offset, Block block, double[][][] columns) {
        kernel.jacobian(theta, offset, block, columns);
    }

    @Override
    public void addCurvature(double[] theta, int offset, Block block, double[][] weight, double[][] hessian) {
        kernel.addCurvature(theta, offset, block, weight, hessian);
    }

    @Override
    public double[][] invariances(double[] theta, int offset, int atoms, int dimension) {
        return layout.invariances(theta, offset, atoms, dimension);
    }

    @Override
    public List<LinearConstraint> constraints(ParameterBounds bounds, int atoms, int dimension) {
        return layout.constraints(bounds, atoms, dimension);
    }

    @Override
    public double[][] toAtoms(double[] theta, int offset, int atoms, int dimension) {
        return layout.toAtoms(theta, offset, atoms, dimension);
    }

    /** {@inheritDoc} The outer parameters of a group are those of its first atom. */
    @Override
    public void fromAtoms(List<Atom> atoms, int dimension, double[] theta, int offset) {
        layout.fromAtoms(atoms, dimension, theta, offset);
    }

    /**
     * {@inheritDoc} Those of the outer gate for the groups and, for the inner ones, consecutive atoms of an inner gate of more atoms:
     * if two gates had the same numbers, functions of one would be functions of the other.
     */
    @Override
    public Optional<double[][]> canonical(int atoms, int dimension) {
        Optional<double[][]> outers = outer.canonical(groups.count(), dimension);
        Optional<double[][]> inners = inner.canonical(atoms + groups.count() + 1, dimension);
        if (outers.isEmpty() || inners.isEmpty()) {
            return Optional.empty();
        }
        double[][] gates = new double[atoms][];
        for (int i = 0; i < atoms; i++) {
            double[] ofGroup = outers.get()[groups.group(i, atoms)];
            gates[i] = HierarchicalLayout.joined(ofGroup, inners.get()[groups.count() + i]);
        }
        return Optional.of(gates);
    }
}
