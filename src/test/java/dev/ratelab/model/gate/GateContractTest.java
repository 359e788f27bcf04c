package dev.ratelab.model.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.math.LinearConstraint;
import dev.ratelab.model.Atom;
import dev.ratelab.model.Block;
import dev.ratelab.model.Description;
import dev.ratelab.model.Gate;
import dev.ratelab.model.InvariantForm;
import dev.ratelab.model.JointGate;
import dev.ratelab.model.Normaliser;
import dev.ratelab.model.ParameterBounds;
import dev.ratelab.model.ParameterKind;
import dev.ratelab.model.PredictionCost;
import dev.ratelab.model.Problem;
import dev.ratelab.model.catalog.Gates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every gate must keep. A new gate needs a subclass that names its variants and their scores by definition. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GateContractTest {
    private static final double STEP = 1e-5;
    private static final int[] DIMENSIONS = {1, 3, 8};
    private static final int MOST_ATOMS = 4;

    /** The gate with its options, and scores by definition. */
    abstract List<GateCase.Variant> variants();

    /** Whether copies of a split atom weigh together what it did at {@code x}. */
    boolean splitsExactlyAt(double[] x) {
        return true;
    }

    /** The gate of the atoms after splitting: the number of copies of each atom is given by {@link #copies}. */
    Gate afterSplit(GateCase c) {
        return c.gate();
    }

    /** How many copies of each atom the test makes. */
    int[] copies(GateCase c) {
        int[] copies = new int[c.atoms()];
        Arrays.fill(copies, 1);
        copies[0] = 3;
        return copies;
    }

    /** Whether atoms can be merged by averaging. */
    boolean merges() {
        return false;
    }

    /** Whether the declared invariances are all flat directions at a generic point. */
    boolean invariancesAreComplete(GateCase c) {
        return true;
    }

    final Stream<GateCase> cases() {
        List<GateCase> cases = new ArrayList<>();
        for (GateCase.Variant variant : variants()) {
            Gate gate = Gates.of(variant.id());
            for (int dimension : DIMENSIONS) {
                for (int atoms = 1; atoms <= MOST_ATOMS; atoms++) {
                    boolean usable =
                            gate.refusal(Problem.DENSITY, atoms, dimension).isEmpty()
                                    || gate.refusal(Problem.REGRESSION, atoms, dimension)
                                            .isEmpty();
                    if (usable) {
                        cases.add(new GateCase(variant, gate, atoms, dimension));
                    }
                }
            }
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void weightsAreThoseOfTheDefinition(GateCase c) {
        double[] theta = c.theta(1);
        Block block = c.block(2);
        double[][] atoms = c.gate().toAtoms(theta, GateCase.OFFSET, c.atoms(), c.dimension());
        double[][] expected = new double[c.atoms()][GateCase.ROWS];
        for (int row = 0; row < GateCase.ROWS; row++) {
            double[] scores = c.variant().reference().scores(atoms, GateCase.row(block, row));
            for (int i = 0; i < c.atoms(); i++) {
                expected[i][row] = scores[i];
            }
        }
        assertClose(c.weights(theta, block), GateCase.weights(c.gate().normaliser(), expected), 1e-11);
        for (double[] row : c.weights(theta, block)) {
            if (c.gate().normaliser() == Normaliser.SOFTMAX) {
                assertThat(Arrays.stream(row).sum()).isCloseTo(1, within(1e-14));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void jacobianAgreesWithDifferences(GateCase c) {
        double[] theta = c.theta(3);
        Block block = c.block(4);
        double[][][] jacobian = c.jacobian(theta, block);
        double scale = 1 + largest(jacobian);
        for (int a = 0; a < c.count(); a++) {
            double[][] up = c.scores(moved(theta, a, STEP), block);
            double[][] down = c.scores(moved(theta, a, -STEP), block);
            for (int i = 0; i < c.atoms(); i++) {
                for (int row = 1; row < GateCase.ROWS; row++) {
                    if (GateCase.included(up[i][row]) == GateCase.included(down[i][row])) {
                        assertThat(jacobian[i][a][row])
                                .as("atom %d, parameter %d, row %d", i, a, row)
                                .isCloseTo((up[i][row] - down[i][row]) / (2 * STEP), within(1e-7 * scale));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void curvatureAgreesWithDifferencesOfTheJacobian(GateCase c) {
        double[] theta = c.theta(5);
        Block block = c.block(6);
        double[][] weight = new double[c.atoms()][Block.LENGTH];
        Random random = new Random(7);
        for (double[] w : weight) {
            for (int row = 1; row < GateCase.ROWS; row++) {
                w[row] = random.nextGaussian();
            }
        }
        double[][] hessian = new double[theta.length][theta.length];
        c.gate().addCurvature(theta, GateCase.OFFSET, block, weight, hessian);
        double scale = 1;
        for (double value : contraction(c, theta, block, weight)) {
            scale = Math.max(scale, Math.abs(value));
        }
        for (double[] row : hessian) {
            for (double value : row) {
                scale = Math.max(scale, Math.abs(value));
            }
        }
        for (int b = 0; b < theta.length; b++) {
            int parameter = b - GateCase.OFFSET;
            boolean own = parameter >= 0 && parameter < c.count();
            double[] up = contraction(c, own ? moved(theta, parameter, STEP) : theta, block, weight);
            double[] down = contraction(c, own ? moved(theta, parameter, -STEP) : theta, block, weight);
            for (int a = 0; a < theta.length; a++) {
                double expected = 0;
                if (own && a >= GateCase.OFFSET && a < GateCase.OFFSET + c.count()) {
                    expected = (up[a - GateCase.OFFSET] - down[a - GateCase.OFFSET]) / (2 * STEP);
                }
                assertThat(hessian[a][b]).as("entry %d, %d", a, b).isCloseTo(expected, within(1e-6 * scale));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void invariancesLeaveTheWeightsAlone(GateCase c) {
        double[] theta = c.theta(8);
        Block block = c.block(9);
        double[][] directions = c.gate().invariances(theta, GateCase.OFFSET, c.atoms(), c.dimension());
        double[][] scores = c.scores(theta, block);
        double[][][] jacobian = c.jacobian(theta, block);
        double scale = 1 + largest(jacobian);
        for (double[] direction : directions) {
            double size = Arrays.stream(direction).map(Math::abs).max().orElseThrow();
            assertThat(size).as("no zero direction").isPositive();
            for (int row = 0; row < GateCase.ROWS; row++) {
                double common = c.gate().normaliser() == Normaliser.SOFTMAX ? Double.NaN : 0;
                for (int i = 0; i < c.atoms(); i++) {
                    double change = 0;
                    for (int a = 0; a < direction.length; a++) {
                        change += direction[a] * jacobian[i][a][row];
                    }
                    if (GateCase.included(scores[i][row])) {
                        common = Double.isNaN(common) ? change : common;
                        assertThat(change).isCloseTo(common, within(1e-12 * scale * size));
                    }
                }
            }
        }
        assertThat(rank(directions)).as("linearly independent").isEqualTo(directions.length);
    }

    final Stream<GateCase> casesWithAllInvariances() {
        return cases().filter(this::invariancesAreComplete);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("casesWithAllInvariances")
    void invariancesAreAllFlatDirections(GateCase c) {
        int rank = 0;
        int declared = 0;
        for (long seed = 10; seed < 14; seed++) {
            double[] theta = c.theta(seed);
            rank = Math.max(rank, rank(observable(c, theta, c.block(seed + 20))));
            declared = c.gate().invariances(theta, GateCase.OFFSET, c.atoms(), c.dimension()).length;
        }
        assertThat(declared).as("invariances").isEqualTo(c.count() - rank);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void atomsDescribeTheGate(GateCase c) {
        double[] theta = c.theta(40);
        Block block = c.block(41);
        List<Atom> atoms = c.toAtoms(theta);
        double[] again = c.fromAtoms(atoms);
        assertClose(c.weights(again, block), c.weights(theta, block), 1e-12);
        List<Atom> twice = c.toAtoms(again);
        for (int i = 0; i < c.atoms(); i++) {
            assertThat(twice.get(i).gate()).containsExactly(atoms.get(i).gate(), within(1e-12));
        }
        assertThat(Arrays.copyOf(again, GateCase.OFFSET)).containsOnly(0);
        assertThat(Arrays.copyOfRange(again, GateCase.OFFSET + c.count(), again.length))
                .containsOnly(0);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void exchangingAtomsExchangesWeights(GateCase c) {
        double[] theta = c.theta(42);
        Block block = c.block(43);
        int[] order = c.reversedWithinGroups();
        double[][] before = c.weights(theta, block);
        double[][] after = c.weights(permuted(c, theta, order), block);
        // A row at zero may have equal scores, which top-K orders by index.
        for (int row = 1; row < GateCase.ROWS; row++) {
            for (int i = 0; i < c.atoms(); i++) {
                assertThat(after[row][i]).isCloseTo(before[row][order[i]], within(1e-12 * (1 + before[row][order[i]])));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void copiesOfAnAtomWeighTogetherWhatItDid(GateCase c) {
        double[] theta = c.theta(44);
        Block block = c.block(45);
        int[] copies = copies(c);
        List<Atom> list = new ArrayList<>();
        for (int i = 0; i < c.atoms(); i++) {
            double[] whole = c.toAtoms(theta).get(i).gate();
            double[] part = whole.clone();
            c.gate().mass().split(part, copies[i], c.dimension());
            assertThat(c.gate().mass().log(part, c.dimension()))
                    .isCloseTo(c.gate().mass().log(whole, c.dimension()) - Math.log(copies[i]), within(1e-12));
            for (int copy = 0; copy < copies[i]; copy++) {
                list.add(new Atom(part, new double[0], 1));
            }
        }
        GateCase more = new GateCase(c.variant(), afterSplit(c), list.size(), c.dimension());
        double[][] before = c.weights(theta, block);
        double[][] after = more.weights(more.fromAtoms(list), block);
        for (int row = 0; row < GateCase.ROWS; row++) {
            int at = 0;
            for (int i = 0; i < c.atoms(); i++) {
                double sum = 0;
                for (int copy = 0; copy < copies[i]; copy++) {
                    sum += after[row][at++];
                }
                if (splitsExactlyAt(GateCase.row(block, row))) {
                    assertThat(sum).isCloseTo(before[row][i], within(1e-12 * (1 + before[row][i])));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void constraintsDependNeitherOnTheOrderOfAtomsNorOnTranslations(GateCase c) {
        ParameterBounds bounds = new ParameterBounds(1.5, 4, 0, Double.POSITIVE_INFINITY);
        List<LinearConstraint> constraints = c.gate().constraints(bounds, c.atoms(), c.dimension());
        assertThat(c.gate().constraints(ParameterBounds.none(), c.atoms(), c.dimension()))
                .isEmpty();
        double[] theta = c.theta(46);
        Map<String, Double> excess = excesses(c, constraints, theta);
        for (LinearConstraint constraint : constraints) {
            assertThat(constraint.row()).hasSize(c.count());
            assertThat(constraint.excess(new double[c.count()])).isNegative();
            assertThat(constraint.name())
                    .isIn(ParameterBounds.GATE_BIAS_DIFFERENCE, ParameterBounds.GATE_WEIGHT_DIFFERENCE);
        }
        double[] large = Arrays.stream(theta).map(value -> 1e4 * value).toArray();
        assertThat(excesses(c, constraints, large).values()).allMatch(value -> value > 0);
        assertSame(excess, excesses(c, constraints, permuted(c, theta, c.reversedWithinGroups())));
        for (double[] direction : c.gate().invariances(theta, GateCase.OFFSET, c.atoms(), c.dimension())) {
            boolean translation = Arrays.stream(direction).allMatch(value -> value == 0 || value == 1);
            if (translation && Arrays.stream(direction).sum() > 1) {
                double[] shifted = theta.clone();
                for (int a = 0; a < direction.length; a++) {
                    shifted[GateCase.OFFSET + a] += 100 * direction[a];
                }
                assertSame(excess, excesses(c, constraints, shifted));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void boundsOnTemperaturesHoldThoseThatAreEstimatedAndNothingElse(GateCase c) {
        ParameterBounds bounds = ParameterBounds.none().withTemperature(0.8, 1.25);
        List<LinearConstraint> constraints = c.gate().constraints(bounds, c.atoms(), c.dimension());
        for (int variate = 60; variate < 70; variate++) {
            double[] theta = c.theta(variate);
            boolean outside = false;
            boolean estimated = false;
            for (ParameterKind kind : c.gate().kinds(c.dimension())) {
                for (Atom atom : kind.name().endsWith("temperature") ? c.toAtoms(theta) : List.<Atom>of()) {
                    double temperature = part(kind, atom)[0];
                    outside |= temperature < 0.8 || temperature > 1.25;
                    estimated = true;
                }
            }
            assertThat(constraints.isEmpty()).isEqualTo(!estimated);
            assertThat(excesses(c, constraints, theta).values().stream().anyMatch(excess -> excess > 0))
                    .isEqualTo(outside);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void kindsCoverAnAtomsParameters(GateCase c) {
        double[] theta = c.theta(47);
        List<Atom> atoms = c.toAtoms(theta);
        List<ParameterKind> kinds = c.gate().kinds(c.dimension());
        assertContiguous(kinds, atoms.get(0).gate().length);
        InvariantForm coordinates = c.gate().invariantForm(c.dimension());
        assertContiguous(coordinates.kinds(), coordinates.of(atoms.get(0).gate()).length);
        for (int kind = 0; kind < kinds.size(); kind++) {
            for (int i = 0; i < c.atoms(); i++) {
                int entry = c.gate().entry(kind, i, c.atoms());
                assertThat(entry).isBetween(0, i);
                for (int l = 0; l < i; l++) {
                    if (c.gate().entry(kind, l, c.atoms()) == entry) {
                        assertThat(part(kinds.get(kind), atoms.get(l))).isEqualTo(part(kinds.get(kind), atoms.get(i)));
                    }
                }
            }
        }
        for (int i = 1; i < c.atoms(); i++) {
            assertThat(c.gate().group(i, c.atoms()) - c.gate().group(i - 1, c.atoms()))
                    .isBetween(0, 1);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void zeroInputsAndParametersGiveNumbers(GateCase c) {
        double[] theta = new double[c.theta(0).length];
        Block block = c.block(48);
        double[][] weight = new double[c.atoms()][Block.LENGTH];
        Arrays.stream(weight).forEach(w -> Arrays.fill(w, 0, GateCase.ROWS, 1));
        double[][] hessian = new double[theta.length][theta.length];
        c.gate().addCurvature(theta, GateCase.OFFSET, block, weight, hessian);
        List<double[]> arrays = new ArrayList<>(Arrays.asList(hessian));
        arrays.addAll(Arrays.asList(c.scores(theta, block)));
        for (double[][] columns : c.jacobian(theta, block)) {
            arrays.addAll(Arrays.asList(columns));
        }
        double[][] directions = c.gate().invariances(theta, GateCase.OFFSET, c.atoms(), c.dimension());
        arrays.addAll(Arrays.asList(directions));
        assertThat(arrays).allMatch(array -> Arrays.stream(array).allMatch(Double::isFinite));
        assertThat(rank(directions)).isEqualTo(directions.length);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theNameFindsTheGate(GateCase c) {
        assertThat(Gates.of(c.gate().id())).isEqualTo(c.gate()).hasSameHashCodeAs(c.gate());
        assertThat(variants().stream().map(variant -> Gates.of(variant.id())).filter(c.gate()::sameAs))
                .containsExactly(c.gate());
        assertThat(c.gate().id()).isEqualTo(c.variant().id());
        List<Gate> schedule = c.gate().schedule();
        assertThat(schedule.get(schedule.size() - 1)).isSameAs(c.gate());
        assertThat(schedule).allMatch(gate -> gate.parameterCount(c.atoms(), c.dimension()) == c.count());
        Description description = c.gate().description();
        assertThat(List.of(description.formula(), description.source(), description.invariances()))
                .noneMatch(String::isBlank);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void gatesThatModelTheInputsAndNoOthersAreJoint(GateCase c) {
        assertThat(c.gate() instanceof JointGate).isEqualTo(c.gate().normaliser() == Normaliser.JOINT);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aMergedAtomWeighsWhatItIsToldAndChangesNothingElse(GateCase c) {
        assertThat(c.gate().merging().isPresent()).isEqualTo(merges());
        c.gate().merging().ifPresent(merging -> {
            for (Atom atom : c.toAtoms(c.theta(49))) {
                double[] merged = atom.gate().clone();
                merging.setLogMass(merged, -1.25);
                assertThat(c.gate().mass().log(merged, c.dimension())).isCloseTo(-1.25, within(1e-14));
                merged[0] = atom.gate()[0];
                assertThat(merged).isEqualTo(atom.gate());
            }
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void asManyAtomsAreActiveAsHaveAWeight(GateCase c) {
        double[][] scores = c.scores(c.theta(50), c.block(51));
        double included = Arrays.stream(scores)
                .mapToLong(ofAtom -> Arrays.stream(ofAtom, 0, GateCase.ROWS)
                        .filter(GateCase::included)
                        .count())
                .sum();
        PredictionCost cost = c.gate().cost(c.atoms(), c.dimension());
        assertThat(cost.activeAtoms()).isEqualTo(included / GateCase.ROWS);
        assertThat(cost.multiplications()).isBetween(1, c.count());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void canonicalParametersAreThoseOfAGate(GateCase c) {
        double[][] canonical = c.gate().canonical(c.atoms(), c.dimension()).orElseThrow();
        List<Atom> atoms = Arrays.stream(canonical)
                .map(gate -> new Atom(gate, new double[0], 1))
                .toList();
        assertThat(atoms).hasSize(c.atoms());
        double[] theta = c.fromAtoms(atoms);
        assertThat(Arrays.stream(theta)).allMatch(Double::isFinite);
        List<Atom> again = c.toAtoms(theta);
        for (int i = 1; i < c.atoms(); i++) {
            int length = again.get(i).gate().length;
            assertThat(canonical[i]).hasSize(length);
            assertThat(canonical[i]).isNotEqualTo(canonical[i - 1]);
        }
        for (double[] weights : c.weights(theta, c.block(52))) {
            assertThat(Arrays.stream(weights)).allMatch(Double::isFinite);
        }
    }

    private static void assertContiguous(List<ParameterKind> kinds, int length) {
        int next = 0;
        for (ParameterKind kind : kinds) {
            assertThat(kind.offset()).isEqualTo(next);
            assertThat(kind.name()).startsWith("gate-");
            next += kind.length();
        }
        assertThat(next).isEqualTo(length);
        assertThat(kinds.stream().map(ParameterKind::name).collect(Collectors.toSet()))
                .hasSameSizeAs(kinds);
    }

    private static double[] part(ParameterKind kind, Atom atom) {
        return Arrays.copyOfRange(atom.gate(), kind.offset(), kind.offset() + kind.length());
    }

    private static double[] permuted(GateCase c, double[] theta, int[] order) {
        List<Atom> atoms = c.toAtoms(theta);
        List<Atom> reordered = new ArrayList<>();
        for (int i : order) {
            reordered.add(atoms.get(i));
        }
        return c.fromAtoms(reordered);
    }

    private static Map<String, Double> excesses(GateCase c, List<LinearConstraint> constraints, double[] theta) {
        double[] own = Arrays.copyOfRange(theta, GateCase.OFFSET, GateCase.OFFSET + c.count());
        Map<String, Double> largest = new TreeMap<>();
        for (LinearConstraint constraint : constraints) {
            largest.merge(constraint.name(), constraint.excess(own), Math::max);
        }
        return largest;
    }

    private static void assertSame(Map<String, Double> expected, Map<String, Double> actual) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, value) -> assertThat(actual.get(name)).isCloseTo(value, within(1e-11)));
    }

    private static double[] moved(double[] theta, int parameter, double step) {
        double[] moved = theta.clone();
        moved[GateCase.OFFSET + parameter] += step;
        return moved;
    }

    private static double[] contraction(GateCase c, double[] theta, Block block, double[][] weight) {
        double[][][] jacobian = c.jacobian(theta, block);
        double[] sum = new double[c.count()];
        for (int i = 0; i < c.atoms(); i++) {
            for (int a = 0; a < sum.length; a++) {
                for (int row = 0; row < GateCase.ROWS; row++) {
                    sum[a] += weight[i][row] * jacobian[i][a][row];
                }
            }
        }
        return sum;
    }

    /** Derivatives of what weights depend on: differences of scores within a row, or the scores themselves. */
    private static double[][] observable(GateCase c, double[] theta, Block block) {
        double[][] scores = c.scores(theta, block);
        double[][][] jacobian = c.jacobian(theta, block);
        List<double[]> rows = new ArrayList<>();
        for (int row = 1; row < GateCase.ROWS; row++) {
            int anchor = -1;
            for (int i = 0; i < c.atoms(); i++) {
                if (GateCase.included(scores[i][row])) {
                    double[] derivative = new double[c.count()];
                    for (int a = 0; a < derivative.length; a++) {
                        derivative[a] = jacobian[i][a][row] - (anchor < 0 ? 0 : jacobian[anchor][a][row]);
                    }
                    if (c.gate().normaliser() == Normaliser.SOFTMAX && anchor < 0) {
                        anchor = i;
                    } else {
                        rows.add(derivative);
                    }
                }
            }
        }
        return rows.toArray(new double[0][]);
    }

    /** The numerical rank of a matrix whose columns are scaled to length one. */
    private static int rank(double[][] rows) {
        if (rows.length == 0) {
            return 0;
        }
        double[][] scaled = new double[rows.length][rows[0].length];
        for (int a = 0; a < rows[0].length; a++) {
            double squares = 0;
            for (double[] row : rows) {
                squares += row[a] * row[a];
            }
            for (int r = 0; r < rows.length && squares > 1e-20; r++) {
                scaled[r][a] = rows[r][a] / Math.sqrt(squares);
            }
        }
        // At least as many rows as columns.
        double[][] padded = Arrays.copyOf(scaled, Math.max(scaled.length, scaled[0].length));
        for (int r = scaled.length; r < padded.length; r++) {
            padded[r] = new double[scaled[0].length];
        }
        RealMatrix r = new QRDecomposition(new Array2DRowRealMatrix(padded, false)).getR();
        int columns = r.getColumnDimension();
        int rank = 0;
        for (double value :
                new SingularValueDecomposition(r.getSubMatrix(0, columns - 1, 0, columns - 1)).getSingularValues()) {
            rank += value > 1e-9 ? 1 : 0;
        }
        return rank;
    }

    private static double largest(double[][][] values) {
        return Arrays.stream(values)
                .flatMap(Arrays::stream)
                .flatMapToDouble(Arrays::stream)
                .map(Math::abs)
                .max()
                .orElseThrow();
    }

    private static void assertClose(double[][] actual, double[][] expected, double tolerance) {
        for (int row = 0; row < expected.length; row++) {
            for (int i = 0; i < expected[row].length; i++) {
                assertThat(actual[row][i])
                        .as("row %d, atom %d", row, i)
                        .isCloseTo(expected[row][i], within(tolerance * (1 + expected[row][i])));
            }
        }
    }
}
