package dev.ratelab.model.gate;

import dev.ratelab.math.BlockKernels;
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
import dev.ratelab.model.PredictionCost;
import dev.ratelab.model.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The top-K gate: the softmax over the {@code K} largest scores of a row of another gate; all other atoms weigh nothing
 * there.
 *
 * <p>Parameters are those of the other gate. Options: {@code k}, the number {@code K >= 1} of atoms that weigh
 * something, needed; {@code scores}, the other gate with its options, default {@code softmax}: any whose weights are
 * the softmax of scores, but {@code top-k}.
 *
 * <p>The score of an excluded atom is -1e300, so that its weight underflows; its derivatives are zero. Of equal scores,
 * the lower index counts as the larger. Weights jump where the set of the largest scores changes. Invariances are those
 * of the other gate, which shift all scores of a row alike; with {@code k = 1} weights are 0 or 1, and their
 * derivatives are zero wherever they exist.
 *
 * <p>Source: arXiv 2309.13850.
 */
public final class TopKGate extends CompositeGate {
    /** The name in study files. */
    public static final String NAME = "top-k";

    private static final String SCORES = "scores";

    private final int largest;
    private final Gate scores;

    private TopKGate(int largest, Gate scores) {
        this.largest = largest;
        this.scores = scores;
    }

    /**
     * The gate of the options {@code k} and {@code scores}.
     *
     * @param gates finds the gate of the scores by its name with options
     * @throws IllegalArgumentException naming an option that is missing, unknown or has a bad value
     */
    public static TopKGate of(Map<String, String> texts, Function<String, Gate> gates) {
        FamilyOptions options = FamilyOptions.of(NAME, texts);
        int largest = options.integer("k", 1);
        Gate scores = read(options, SCORES, gates);
        options.refuseOthers();
        if (scores instanceof TopKGate) {
            throw options.refuse(SCORES, scores.id(), "is a top-k gate itself");
        }
        if (scores.normaliser() != Normaliser.SOFTMAX) {
            throw options.refuse(SCORES, scores.id(), "has weights that are no softmax of scores");
        }
        return new TopKGate(largest, scores);
    }

    @Override
    public String id() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("k", Integer.toString(largest));
        write(SCORES, scores, options);
        return new FamilyName(NAME, options).toString();
    }

    @Override
    public Optional<String> refusal(Problem problem, int atoms, int dimension) {
        return largest > atoms
                ? Optional.of(NAME + " keeps k = " + largest + " scores, but there are only " + atoms + " experts")
                : scores.refusal(problem, atoms, dimension).map(reason -> NAME + ": " + reason);
    }

    @Override
    public boolean smooth() {
        return false;
    }

    /** {@inheritDoc} The scores are all computed, to know the largest. */
    @Override
    public PredictionCost cost(int atoms, int dimension) {
        return new PredictionCost(
                Math.min(largest, atoms), scores.cost(atoms, dimension).multiplications());
    }

    @Override
    public Description description() {
        return new Description(
                "softmax over the " + largest + " largest scores of a row: "
                        + scores.description().formula(),
                "arXiv 2309.13850",
                scores.description().invariances());
    }

    @Override
    public List<ParameterKind> kinds(int dimension) {
        return scores.kinds(dimension);
    }

    @Override
    public int parameterCount(int atoms, int dimension) {
        return scores.parameterCount(atoms, dimension);
    }

    @Override
    public int[] parametersOf(int atom, int atoms, int dimension) {
        return scores.parametersOf(atom, atoms, dimension);
    }

    @Override
    public void values(double[] theta, int offset, Block block, double[][] out) {
        scores.values(theta, offset, block, out);
        double[][] included = GateKernels.arrays(out.length);
        include(out, included);
        for (int i = 0; i < out.length; i++) {
            for (int row = 0; row < Block.ROWS; row++) {
                out[i][row] = included[i][row] > 0 ? out[i][row] : EXCLUDED;
            }
        }
    }

    /** {@code included = 1} where a score is among the largest of its row, else 0. */
    private void include(double[][] u, double[][] included) {
        for (int i = 0; i < u.length; i++) {
            double[] ahead = included[i];
            BlockKernels.fill(0, ahead);
            for (int l = 0; l < u.length; l++) {
                if (l < i) {
                    countAhead(u[l], u[i], ahead);
                } else if (l > i) {
                    countLarger(u[l], u[i], ahead);
                }
            }
            for (int row = 0; row < Block.ROWS; row++) {
                ahead[row] = ahead[row] < largest ? 1 : 0;
            }
        }
    }

    private static void countAhead(double[] other, double[] own, double[] count) {
        for (int row = 0; row < Block.ROWS; row++) {
            count[row] += other[row] >= own[row] ? 1 : 0;
        }
    }

    private static void countLarger(double[] other, double[] own, double[] count) {
        for (int row = 0; row < Block.ROWS; row++) {
            count[row] += other[row] > own[row] ? 1 : 0;
        }
    }

    private double[][] included(double[] theta, int offset, Block block, int atoms) {
        double[][] u = GateKernels.arrays(atoms);
        double[][] included = GateKernels.arrays(atoms);
        scores.values(theta, offset, block, u);
        include(u, included);
        return included;
    }

    @Override
    public void jacobian(double[] theta, int offset, Block block, double[][][] columns) {
        double[][] included = included(theta, offset, block, columns.length);
        GateKernels.columns(scores, theta, offset, block, columns);
        for (int i = 0; i < columns.length; i++) {
            int count = scores.parametersOf(i, columns.length, block.columns().length).length;
            for (int c = 0; c < count; c++) {
                BlockKernels.multiply(included[i], columns[i][c], columns[i][c]);
            }
        }
    }

    @Override
    public void addCurvature(double[] theta, int offset, Block block, double[][] weight, double[][] hessian) {
        double[][] included = included(theta, offset, block, weight.length);
        for (int i = 0; i < weight.length; i++) {
            BlockKernels.multiply(included[i], weight[i], included[i]);
        }
        scores.addCurvature(theta, offset, block, included, hessian);
    }

    @Override
    public double[][] invariances(double[] theta, int offset, int atoms, int dimension) {
        return scores.invariances(theta, offset, atoms, dimension);
    }

    @Override
    public List<LinearConstraint> constraints(ParameterBounds bounds, int atoms, int dimension) {
        return scores.constraints(bounds, atoms, dimension);
    }

    @Override
    public double[][] toAtoms(double[] theta, int offset, int atoms, int dimension) {
        return scores.toAtoms(theta, offset, atoms, dimension);
    }

    @Override
    public void fromAtoms(List<Atom> atoms, int dimension, double[] theta, int offset) {
        scores.fromAtoms(atoms, dimension, theta, offset);
    }

    @Override
    public int entry(int kind, int atom, int atoms) {
        return scores.entry(kind, atom, atoms);
    }

    @Override
    public int group(int atom, int atoms) {
        return scores.group(atom, atoms);
    }

    @Override
    public InvariantForm invariantForm(int dimension) {
        return scores.invariantForm(dimension);
    }

    @Override
    public AtomMass mass() {
        return scores.mass();
    }

    /** {@inheritDoc} Those of any gate that can give the scores. */
    @Override
    public Set<String> possibleKinds(List<Gate> gates) {
        Set<String> kinds = new LinkedHashSet<>();
        for (Gate gate : gates) {
            if (!(gate instanceof TopKGate) && gate.normaliser() == Normaliser.SOFTMAX) {
                kinds.addAll(gate.possibleKinds(gates));
            }
        }
        return kinds;
    }

    @Override
    public List<Gate> schedule() {
        List<Gate> stages = scores.schedule();
        List<Gate> gates = new ArrayList<>();
        for (Gate stage : stages.subList(0, stages.size() - 1)) {
            gates.add(new TopKGate(largest, stage));
        }
        gates.add(this);
        return gates;
    }

    @Override
    public Optional<double[][]> canonical(int atoms, int dimension) {
        return scores.canonical(atoms, dimension);
    }
}
