package dev.ratelab.model.expert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.model.Block;
import dev.ratelab.model.Description;
import dev.ratelab.model.Expert;
import dev.ratelab.model.ParameterKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every expert family promises. A family's test is a subclass that names its members. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ExpertContractTest {
    private static final double STEP = 1e-5;
    private static final double KINK_DISTANCE = 1e-3;

    /** Rows in use of the test's blocks. */
    private static final int ROWS = 301;

    /** Flat vectors hold other numbers before and after the family's own. */
    private static final int OFFSET = 3;

    private static final int AFTER = 2;

    /** The members to be tested, with variants of their options. */
    abstract List<Expert> experts();

    /** The member with that name and those options, as the family's factory makes it. */
    abstract Expert of(String name, Map<String, String> options);

    /** Distance of an atom at an input from points where its mean has no derivative. */
    double kinkDistance(Expert expert, double[] parameters, double[] x) {
        return Double.POSITIVE_INFINITY;
    }

    /** Whether {@link Expert#invariances} lists all directions that leave the means alone. */
    boolean declaresAllInvariances(Expert expert) {
        return true;
    }

    record Case(Expert expert, int atoms, int dimension) {
        @Override
        public String toString() {
            return expert.id() + " k=" + atoms + " d=" + dimension;
        }

        int count() {
            return expert.parameterCount(atoms, dimension);
        }

        double[] theta(long seed) {
            Random random = new Random(seed);
            double[] theta = new double[OFFSET + count() + AFTER];
            for (int a = 0; a < theta.length; a++) {
                theta[a] = 0.7 * random.nextGaussian();
            }
            return theta;
        }

        double[] atom(double[] theta, int i) {
            int size = expert.parameterCount(dimension);
            return Arrays.copyOfRange(theta, OFFSET + i * size, OFFSET + (i + 1) * size);
        }
    }

    Stream<Case> cases() {
        return experts().stream().flatMap(expert -> Stream.of(1, 2, 3, 4)
                .flatMap(atoms -> Stream.of(1, 3, 8).map(dimension -> new Case(expert, atoms, dimension))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void valuesDependOnTheirOwnRowOnly(Case c) {
        double[] theta = c.theta(1);
        Block full = block(c.dimension(), Block.ROWS);
        Block part = block(c.dimension(), ROWS);
        double[][] expected = values(c, theta, full);
        double[][] actual = values(c, theta, part);
        for (int i = 0; i < c.atoms(); i++) {
            assertThat(Arrays.copyOf(actual[i], ROWS)).isEqualTo(Arrays.copyOf(expected[i], ROWS));
            assertThat(actual[i]).doesNotContain(Double.NaN);
        }
        assertThat(values(c, theta, full)).isDeepEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void jacobianAgreesWithDifferencesOfTheValues(Case c) {
        double[] theta = c.theta(2);
        Block block = block(c.dimension(), ROWS);
        double[][][] columns = columns(c, theta, block);
        for (int i = 0; i < c.atoms(); i++) {
            int[] parameters = c.expert().parametersOf(i, c.atoms(), c.dimension());
            assertThat(parameters).hasSameSizeAs(columns[i]);
            boolean[] regular = regular(c, c.atom(theta, i), block);
            for (int p = 0; p < parameters.length; p++) {
                double[] up = values(c, moved(theta, OFFSET + parameters[p], STEP), block)[i];
                double[] down = values(c, moved(theta, OFFSET + parameters[p], -STEP), block)[i];
                double tolerance = 1e-7 * Math.max(1, largest(columns[i][p]));
                for (int row = 0; row < ROWS; row++) {
                    if (regular[row]) {
                        assertThat(columns[i][p][row])
                                .as("atom %d, parameter %d, row %d", i, p, row)
                                .isCloseTo((up[row] - down[row]) / (2 * STEP), within(tolerance));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void curvatureAgreesWithDifferencesOfTheJacobian(Case c) {
        double[] theta = c.theta(3);
        Block block = block(c.dimension(), ROWS);
        double[][] weight = weights(c, theta, block);
        double[][] hessian = new double[theta.length][theta.length];
        c.expert().addCurvature(theta, OFFSET, block, weight, hessian);
        double[][] before = new double[theta.length][];
        for (int a = 0; a < theta.length; a++) {
            before[a] = hessian[a].clone();
        }
        c.expert().addCurvature(theta, OFFSET, block, weight, hessian);
        double scale = Math.max(
                1, largest(Arrays.stream(before).flatMapToDouble(Arrays::stream).toArray()));
        for (int a = 0; a < theta.length; a++) {
            double[] up = weightedColumns(c, moved(theta, a, STEP), block, weight);
            double[] down = weightedColumns(c, moved(theta, a, -STEP), block, weight);
            for (int b = 0; b < theta.length; b++) {
                assertThat(before[a][b])
                        .as("entry %d, %d", a, b)
                        .isCloseTo((up[b] - down[b]) / (2 * STEP), within(1e-6 * scale));
                assertThat(before[a][b]).isEqualTo(before[b][a]);
                assertThat(hessian[a][b]).isCloseTo(2 * before[a][b], within(1e-15 * scale));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void invariancesAreIndependentAndChangeNoMean(Case c) {
        double[] theta = c.theta(4);
        Block block = block(c.dimension(), ROWS);
        double[][] directions = c.expert().invariances(theta, OFFSET, c.atoms(), c.dimension());
        assertThat(directions.length == 0)
                .isEqualTo(c.expert().description().invariances().equals(Description.NO_INVARIANCES));
        double[][][] columns = columns(c, theta, block);
        for (double[] direction : directions) {
            assertThat(direction).hasSize(c.count());
            for (int i = 0; i < c.atoms(); i++) {
                int[] parameters = c.expert().parametersOf(i, c.atoms(), c.dimension());
                for (int row = 0; row < ROWS; row++) {
                    double change = 0;
                    double size = 0;
                    for (int p = 0; p < parameters.length; p++) {
                        change += columns[i][p][row] * direction[parameters[p]];
                        size += Math.abs(columns[i][p][row] * direction[parameters[p]]);
                    }
                    assertThat(change).isCloseTo(0, within(1e-14 * size));
                }
            }
        }
        assertThat(rank(directions)).isEqualTo(directions.length);
    }

    Stream<Case> casesWithAllInvariances() {
        return cases().filter(c -> declaresAllInvariances(c.expert()));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("casesWithAllInvariances")
    void allInvariancesAreDeclared(Case c) {
        // Large parameters: units that are nearly linear are nearly dependent.
        double[] theta = scaled(3, c.theta(5));
        int free = 0;
        for (double[][] columns : columns(c, theta, block(c.dimension(), ROWS))) {
            free += rank(columns);
        }
        int declared = c.expert().invariances(theta, OFFSET, c.atoms(), c.dimension()).length;
        assertThat(declared).isEqualTo(c.count() - free);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void equivalentParametersGiveTheSameMean(Case c) {
        double[] theta = c.theta(6);
        Block block = block(c.dimension(), ROWS);
        double[] expected = values(c, theta, block)[0];
        double[] parameters = c.atom(theta, 0);
        List<double[]> equivalents = c.expert().equivalents(parameters, c.dimension());
        assertThat(equivalents.get(0)).isEqualTo(parameters).isNotSameAs(parameters);
        Set<List<Double>> distinct = new HashSet<>();
        for (double[] equivalent : equivalents) {
            distinct.add(Arrays.stream(equivalent).boxed().toList());
            assertSameMean(c, theta, equivalent, expected, block);
        }
        assertThat(distinct).hasSameSizeAs(equivalents);
        double[] periods = c.expert().periods(c.dimension());
        assertThat(periods).hasSameSizeAs(parameters);
        for (int p = 0; p < periods.length; p++) {
            assertSameMean(c, theta, moved(parameters, p, periods[p]), expected, block);
        }
    }

    private static void assertSameMean(Case c, double[] theta, double[] parameters, double[] expected, Block block) {
        double[] other = theta.clone();
        System.arraycopy(parameters, 0, other, OFFSET, parameters.length);
        double[] actual = values(c, other, block)[0];
        double tolerance = 1e-14 * Math.max(1, largest(expected)) * parameters.length;
        for (int row = 0; row < ROWS; row++) {
            assertThat(actual[row]).isCloseTo(expected[row], within(tolerance));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void linearityIsAsDeclared(Case c) {
        double[] theta = c.theta(7);
        double[] negative = scaled(-1, theta);
        Block block = block(c.dimension(), ROWS);
        double[] half = c.theta(8);
        double[] sum = new double[theta.length];
        for (int a = 0; a < theta.length; a++) {
            sum[a] = theta[a] + half[a];
        }
        double[] first = values(c, theta, block)[0];
        double[] second = values(c, half, block)[0];
        double[] opposite = values(c, negative, block)[0];
        double[] together = values(c, sum, block)[0];
        double deviation = 0;
        for (int row = 0; row < ROWS; row++) {
            deviation = Math.max(deviation, Math.abs(together[row] - first[row] - second[row]));
            deviation = Math.max(deviation, Math.abs(opposite[row] + first[row]));
        }
        assertThat(deviation < 1e-12).isEqualTo(c.expert().linearInParameters());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void kindsCoverTheParametersInOrder(Case c) {
        int next = 0;
        Set<String> names = new HashSet<>();
        for (ParameterKind kind : c.expert().kinds(c.dimension())) {
            assertThat(kind.offset()).isEqualTo(next);
            assertThat(kind.length()).isPositive();
            assertThat(names.add(kind.name())).isTrue();
            next += kind.length();
        }
        assertThat(next).isEqualTo(c.expert().parameterCount(c.dimension()));
        assertThat(c.count()).isEqualTo(c.atoms() * next);
    }

    @ParameterizedTest
    @MethodSource("experts")
    void theFactoryMakesTheExpertOfAnId(Expert expert) {
        String id = expert.id();
        int open = id.indexOf('(');
        Map<String, String> options = new LinkedHashMap<>();
        if (open >= 0) {
            for (String option : List.of(id.substring(open + 1, id.length() - 1).split(",", -1))) {
                int equals = option.indexOf('=');
                options.put(option.substring(0, equals), option.substring(equals + 1));
            }
        }
        Expert made = of(open < 0 ? id : id.substring(0, open), options);
        assertThat(made.id()).isEqualTo(id);
        assertThat(made).isEqualTo(expert).hasSameHashCodeAs(expert);
        assertThat(made.description()).isEqualTo(expert.description());
        assertThat(made.kinds(2)).isEqualTo(expert.kinds(2));
        assertThat(made.description().source()).isNotBlank();
    }

    private static Block block(int dimension, int rows) {
        Random random = new Random(11);
        double[][] columns = new double[dimension][];
        for (int j = 0; j < dimension; j++) {
            columns[j] = Block.newArray();
            for (int row = 0; row < Block.ROWS; row++) {
                double x = -1.7 + 3.4 * random.nextDouble();
                columns[j][row] = row < rows ? x : 0;
            }
        }
        return new Block(columns, Block.newArray(), rows);
    }

    private static double[] scaled(double factor, double[] values) {
        return Arrays.stream(values).map(value -> factor * value).toArray();
    }

    private static double[] moved(double[] theta, int parameter, double step) {
        double[] moved = theta.clone();
        moved[parameter] += step;
        return moved;
    }

    private static double[][] values(Case c, double[] theta, Block block) {
        double[][] out = new double[c.atoms()][Block.LENGTH];
        c.expert().values(theta, OFFSET, block, out);
        return out;
    }

    private static double[][][] columns(Case c, double[] theta, Block block) {
        double[][][] columns = new double[c.atoms()][c.expert().parameterCount(c.dimension())][Block.LENGTH];
        if (!c.expert().affine()) {
            c.expert().jacobian(theta, OFFSET, block, columns);
            return columns;
        }
        for (double[][] ofAtom : columns) {
            Arrays.fill(ofAtom[0], 1);
            System.arraycopy(block.columns(), 0, ofAtom, 1, c.dimension());
        }
        return columns;
    }

    /** {@code sum_rows sum_atoms weight d value / d theta_a}, for the whole flat vector. */
    private static double[] weightedColumns(Case c, double[] theta, Block block, double[][] weight) {
        double[] sums = new double[theta.length];
        double[][][] columns = columns(c, theta, block);
        for (int i = 0; i < c.atoms(); i++) {
            int[] parameters = c.expert().parametersOf(i, c.atoms(), c.dimension());
            for (int p = 0; p < parameters.length; p++) {
                for (int row = 0; row < ROWS; row++) {
                    sums[OFFSET + parameters[p]] += weight[i][row] * columns[i][p][row];
                }
            }
        }
        return sums;
    }

    /** Random weights; zero in rows near kinks and beyond the rows in use. */
    private double[][] weights(Case c, double[] theta, Block block) {
        Random random = new Random(12);
        double[][] weight = new double[c.atoms()][Block.LENGTH];
        for (int i = 0; i < c.atoms(); i++) {
            boolean[] regular = regular(c, c.atom(theta, i), block);
            for (int row = 0; row < ROWS; row++) {
                double gaussian = random.nextGaussian();
                weight[i][row] = regular[row] ? gaussian : 0;
            }
        }
        return weight;
    }

    private boolean[] regular(Case c, double[] parameters, Block block) {
        boolean[] regular = new boolean[ROWS];
        double[] x = new double[c.dimension()];
        for (int row = 0; row < ROWS; row++) {
            for (int j = 0; j < x.length; j++) {
                x[j] = block.columns()[j][row];
            }
            regular[row] = kinkDistance(c.expert(), parameters, x) > KINK_DISTANCE;
        }
        return regular;
    }

    private static int rank(double[][] rows) {
        List<double[]> scaled = new ArrayList<>();
        for (double[] row : rows) {
            double size = largest(row);
            scaled.add(scaled(1 / size, row));
        }
        if (scaled.isEmpty()) {
            return 0;
        }
        double[] singular = new SingularValueDecomposition(
                        new Array2DRowRealMatrix(scaled.toArray(new double[0][]), false))
                .getSingularValues();
        return (int) Arrays.stream(singular)
                .filter(value -> value > 1e-12 * singular[0])
                .count();
    }

    private static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
