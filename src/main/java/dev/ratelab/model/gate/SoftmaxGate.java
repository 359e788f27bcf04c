package dev.ratelab.model.gate;

import dev.ratelab.math.Elementary;
import dev.ratelab.model.AffineFamily;
import dev.ratelab.model.Atom;
import dev.ratelab.model.Gate;
import dev.ratelab.model.LinearConstraint;
import dev.ratelab.model.ParameterBounds;
import dev.ratelab.model.ParameterKind;
import java.util.ArrayList;
import java.util.List;

/**
 * The softmax gate with linear scores {@code u_i(x) = beta0_i + beta1_i'x}; parameters of one atom: bias {@code beta0},
 * weight {@code beta1} (d).
 *
 * <p>Weights do not change when the same {@code (t0, t1)} is added to all atoms, so only differences between atoms are
 * identified, and bounds are on all pairwise differences.
 */
public final class SoftmaxGate implements Gate, AffineFamily {
    private static final String BIAS = "gate-bias";
    private static final String WEIGHT = "gate-weight";

    @Override
    public String id() {
        return "softmax";
    }

    @Override
    public String formula() {
        return "pi_i(x) = exp(u_i) / sum_l exp(u_l), u_i = bias_i + weight_i'x";
    }

    @Override
    public String source() {
        return "arXiv 2305.03288; 2503.03213";
    }

    @Override
    public List<ParameterKind> kinds(int dimension) {
        return List.of(new ParameterKind(BIAS, 0, 1), new ParameterKind(WEIGHT, 1, dimension));
    }

    @Override
    public int parameterCount(int atoms, int dimension) {
        return atoms * (1 + dimension);
    }

    @Override
    public int[] parametersOf(int atom, int atoms, int dimension) {
        int[] indices = new int[1 + dimension];
        for (int c = 0; c <= dimension; c++) {
            indices[c] = atom * (1 + dimension) + c;
        }
        return indices;
    }

    @Override
    public double[][] invariances(double[] theta, int offset, int atoms, int dimension) {
        int count = 1 + dimension;
        double[][] directions = new double[count][atoms * count];
        for (int c = 0; c < count; c++) {
            for (int i = 0; i < atoms; i++) {
                directions[c][i * count + c] = 1;
            }
        }
        return directions;
    }

    @Override
    public String invarianceText() {
        return "translation: the same (t0, t1) added to all atoms";
    }

    @Override
    public List<LinearConstraint> constraints(ParameterBounds bounds, int atoms, int dimension) {
        List<LinearConstraint> constraints = new ArrayList<>();
        for (int i = 0; i < atoms; i++) {
            for (int l = 0; l < atoms; l++) {
                if (i == l) {
                    continue;
                }
                for (int c = 0; c <= dimension; c++) {
                    double limit = c == 0 ? bounds.gateBiasDifference() : bounds.gateWeightDifference();
                    if (limit < Double.POSITIVE_INFINITY) {
                        double[] row = new double[atoms * (1 + dimension)];
                        row[i * (1 + dimension) + c] = 1;
                        row[l * (1 + dimension) + c] = -1;
                        constraints.add(new LinearConstraint(
                                c == 0 ? ParameterBounds.GATE_BIAS_DIFFERENCE : ParameterBounds.GATE_WEIGHT_DIFFERENCE,
                                row,
                                limit));
                    }
                }
            }
        }
        return constraints;
    }

    @Override
    public double[][] toAtoms(double[] theta, int offset, int atoms, int dimension) {
        int count = 1 + dimension;
        double[][] gates = new double[atoms][count];
        for (int i = 0; i < atoms; i++) {
            System.arraycopy(theta, offset + i * count, gates[i], 0, count);
        }
        return gates;
    }

    @Override
    public void fromAtoms(List<Atom> atoms, int dimension, double[] theta, int offset) {
        int count = 1 + dimension;
        for (int i = 0; i < atoms.size(); i++) {
            System.arraycopy(atoms.get(i).gate(), 0, theta, offset + i * count, count);
        }
    }

    @Override
    public void split(double[] gate, int copies) {
        gate[0] -= Elementary.log(copies);
    }
}
