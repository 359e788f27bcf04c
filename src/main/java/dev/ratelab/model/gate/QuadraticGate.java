package dev.ratelab.model.gate;

import dev.ratelab.math.BlockKernels;
import dev.ratelab.model.Block;
import dev.ratelab.model.Description;
import dev.ratelab.model.FamilyOptions;
import dev.ratelab.model.Merging;
import dev.ratelab.model.ParameterKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The quadratic gate: the softmax of {@code u_i(x) = bias_i + weight_i'x + x'A_i x} with a symmetric matrix
 * {@code A_i}.
 *
 * <p>Parameters of one atom: bias, weight (d), and the {@code d (d + 1) / 2} entries of {@code A} on and above the
 * diagonal, row by row. Option {@code form}: {@code full} (default) or {@code monomial}, which has no weight:
 * {@code u_i = bias_i + x'A_i x}.
 *
 * <p>The scores are linear in the parameters. The same amount can be added to any parameter of all atoms; bounds are on
 * pairwise differences of biases and, under the bound on weights, of weights and entries of {@code A}.
 *
 * <p>Source: arXiv 2410.11222.
 */
public final class QuadraticGate extends AtomGate {
    /** The name in study files. */
    public static final String NAME = "quadratic";

    private static final double[] CANONICAL_DIAGONAL = {0.5, -0.5, 0.25, -0.75};
    private static final String FULL = "full";
    private static final String MONOMIAL = "monomial";

    private final boolean full;

    private QuadraticGate(boolean full) {
        this.full = full;
    }

    /**
     * The gate of the option {@code form}.
     *
     * @throws IllegalArgumentException naming an option that is unknown or has a bad value
     */
    public static QuadraticGate of(Map<String, String> texts) {
        FamilyOptions options = FamilyOptions.of(NAME, texts);
        boolean full = options.oneOf("form", List.of(FULL, MONOMIAL), FULL).equals(FULL);
        options.refuseOthers();
        return new QuadraticGate(full);
    }

    @Override
    public String id() {
        return full ? NAME : NAME + "(form=" + MONOMIAL + ")";
    }

    @Override
    public Description description() {
        return new Description(
                "pi_i = softmax of u_i = bias_i + " + (full ? "weight_i'x + " : "") + "x'A_i x",
                "arXiv 2410.11222",
                "translation: the same amount added to a parameter of all atoms");
    }

    @Override
    public List<ParameterKind> kinds(int dimension) {
        ParameterKind quadratic =
                new ParameterKind("gate-quadratic", linear(dimension), dimension * (dimension + 1) / 2);
        return full
                ? List.of(new ParameterKind(BIAS, 0, 1), new ParameterKind(WEIGHT, 1, dimension), quadratic)
                : List.of(new ParameterKind(BIAS, 0, 1), quadratic);
    }

    /** Number of parameters before those of the matrix. */
    private int linear(int dimension) {
        return full ? 1 + dimension : 1;
    }

    @Override
    int own(int dimension) {
        return linear(dimension) + dimension * (dimension + 1) / 2;
    }

    @Override
    int translated(int dimension) {
        return own(dimension);
    }

    @Override
    public Optional<Merging> merging() {
        return Optional.of(Merging.BY_BIAS);
    }

    @Override
    void score(double[] theta, int first, int shared, Block block, double[] out) {
        double[][] x = block.columns();
        double[] product = Block.newArray();
        BlockKernels.fill(theta[first], out);
        for (int j = 0; j < x.length && full; j++) {
            BlockKernels.addScaled(theta[first + 1 + j], x[j], out);
        }
        int at = first + linear(x.length);
        for (int j = 0; j < x.length; j++) {
            for (int l = j; l < x.length; l++) {
                BlockKernels.multiply(x[j], x[l], product);
                BlockKernels.addScaled((l == j ? 1 : 2) * theta[at], product, out);
                at++;
            }
        }
    }

    @Override
    void columns(double[] theta, int first, int shared, Block block, double[][] columns) {
        double[][] x = block.columns();
        BlockKernels.fill(1, columns[0]);
        for (int j = 0; j < x.length && full; j++) {
            System.arraycopy(x[j], 0, columns[1 + j], 0, Block.ROWS);
        }
        int at = linear(x.length);
        for (int j = 0; j < x.length; j++) {
            for (int l = j; l < x.length; l++) {
                BlockKernels.multiply(x[j], x[l], columns[at]);
                if (l != j) {
                    BlockKernels.scale(2, columns[at], columns[at]);
                }
                at++;
            }
        }
    }

    @Override
    void addCurvature(
            double[] theta, int first, int shared, Block block, double[] weight, RowSums sums, double[][] hessian) {
        // Linear in its parameters: second derivatives are zero.
    }

    /**
     * The {@link GateKernels#ordered} rows (their biases alone if there are no weights), and diagonal entries 0.5, -0.5,
     * 0.25, -0.75 of {@code A}, later ones for later inputs.
     */
    @Override
    double[][] canonicalAtoms(int atoms, int dimension) {
        double[][] rows = GateKernels.ordered(atoms, dimension);
        for (int i = 0; i < atoms; i++) {
            double[] row = Arrays.copyOf(rows[i], own(dimension));
            Arrays.fill(row, linear(dimension), row.length, 0);
            int at = linear(dimension);
            for (int j = 0; j < dimension; j++) {
                row[at] = GateKernels.cyclic(CANONICAL_DIAGONAL, i + j);
                at += dimension - j;
            }
            rows[i] = row;
        }
        return rows;
    }
}
