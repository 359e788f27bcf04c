package dev.ratelab.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Block kernels against values by mpmath, at their limits and with outputs left out. */
class ActivationTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    /** Values of this size or less are rounded to multiples of the smallest subnormal number. */
    private static final double SUBNORMAL = 0x1p-1022;

    private interface Function {
        void evaluate(double[] z, double[][] scratch, double[] value, double[] first, double[] second);
    }

    private static final Map<String, Function> FUNCTIONS = functions();

    private static Map<String, Function> functions() {
        Map<String, Function> functions = new LinkedHashMap<>();
        for (Activation activation : Activation.named()) {
            functions.put(activation.name(), activation::evaluate);
        }
        functions.put("polynomial", Activation.power(3)::evaluate);
        functions.put("log-sigmoid", BlockLogistic::logSigmoid);
        functions.put("exp", ActivationTest::exp);
        return functions;
    }

    private static void exp(double[] z, double[][] scratch, double[] value, double[] first, double[] second) {
        for (double[] out : new double[][] {first, second, value}) {
            if (out != null) {
                BlockExp.exp(z, scratch[0], out);
            }
        }
    }

    static List<String> names() {
        return List.copyOf(FUNCTIONS.keySet());
    }

    @Test
    void resultsAreThoseOfArbitraryPrecision() throws IOException {
        for (Map.Entry<String, List<double[]>> entry : reference().entrySet()) {
            String name = entry.getKey();
            List<double[]> cases = entry.getValue();
            double[] z = new double[BlockKernels.ROWS];
            for (int i = 0; i < cases.size(); i++) {
                z[i] = cases.get(i)[0];
            }
            double[][] results = evaluate(name, z);
            for (int i = 0; i < cases.size(); i++) {
                for (int order = 0; order < results.length; order++) {
                    double expected = cases.get(i)[1 + order];
                    assertThat(results[order][i])
                            .as("%s of order %d at %s", name, order, z[i])
                            .isCloseTo(expected, within(allowed(name, order, z[i], expected)));
                }
            }
        }
    }

    /** A relative error of 3e-15, and an absolute one near the inner zeros of the derivatives of the two linear units. */
    private static double allowed(String name, int order, double z, double expected) {
        boolean innerZeros = order > 0 && Math.abs(z) < 3 && (name.equals("gelu") || name.equals("silu"));
        double relative = Math.abs(expected) * (name.equals("sine") || name.equals("exp") ? 4.5e-16 : 3e-15);
        return Math.max(relative, innerZeros ? 3e-16 : Double.MIN_VALUE);
    }

    @ParameterizedTest
    @MethodSource("names")
    void notANumberStaysAndOtherRowsDoNotNotice(String name) {
        double[] z = arguments();
        double[][] expected = evaluate(name, z);
        z[100] = Double.NaN;
        double[][] results = evaluate(name, z);
        assertThat(results[0][100]).isNaN();
        for (int order = 0; order < results.length; order++) {
            results[order][100] = expected[order][100];
            assertThat(results[order]).isEqualTo(expected[order]);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void outputsLeftOutDoNotChangeTheOthersAndTheValueMayReplaceTheArgument(String name) {
        double[] z = arguments();
        double[][] all = evaluate(name, z);
        double[][] scratch = new double[Activation.SCRATCH][z.length];
        double[] first = new double[z.length];
        double[] value = z.clone();
        FUNCTIONS.get(name).evaluate(value, scratch, value, null, null);
        assertThat(value).isEqualTo(all[0]);
        value = z.clone();
        FUNCTIONS.get(name).evaluate(value, scratch, value, first, null);
        assertThat(value).isEqualTo(all[0]);
        assertThat(first).isEqualTo(all[1]);
        double[] second = new double[z.length];
        value = z.clone();
        Arrays.fill(first, -7);
        FUNCTIONS.get(name).evaluate(value, scratch, value, first, second);
        assertThat(new double[][] {value, first, second}).isDeepEqualTo(all);
    }

    @Test
    void limitsAreExact() {
        assertLimits("sigmoid", INFINITY, 1, 0, 0);
        assertLimits("sigmoid", -INFINITY, 0, 0, 0);
        assertLimits("sigmoid", 0, 0.5, 0.25, 0);
        assertLimits("sigmoid", -1e300, 0, 0, 0);
        assertLimits("tanh", INFINITY, 1, 0, 0);
        assertLimits("tanh", -INFINITY, -1, 0, 0);
        assertLimits("tanh", Double.MIN_VALUE, Double.MIN_VALUE, 1, -2 * Double.MIN_VALUE);
        assertLimits("tanh", 1e300, 1, 0, 0);
        assertLimits("gelu", INFINITY, INFINITY, 1, 0);
        assertLimits("gelu", -INFINITY, 0, 0, 0);
        assertLimits("gelu", 1e300, 1e300, 1, 0);
        assertLimits("gelu", -1e300, 0, 0, 0);
        assertLimits("gelu", 38.5, 38.5, 1, 0);
        assertLimits("silu", INFINITY, INFINITY, 1, 0);
        assertLimits("silu", -INFINITY, 0, 0, 0);
        assertLimits("silu", 1e300, 1e300, 1, 0);
        assertLimits("silu", -1e300, 0, 0, 0);
        assertLimits("relu", INFINITY, INFINITY, 1, 0);
        assertLimits("relu", -INFINITY, 0, 0, 0);
        assertLimits("relu", 0, 0, 0, 0);
        assertLimits("relu", Double.MIN_VALUE, Double.MIN_VALUE, 1, 0);
        assertLimits("relu", -Double.MIN_VALUE, 0, 0, 0);
        assertLimits("log-sigmoid", INFINITY, 0, 0, 0);
        assertLimits("log-sigmoid", -INFINITY, -INFINITY, 1, 0);
        assertLimits("log-sigmoid", -1e300, -1e300, 1, 0);
        assertLimits("sine", INFINITY, Double.NaN, Double.NaN, Double.NaN);
        assertLimits("exp", INFINITY, INFINITY, INFINITY, INFINITY);
        assertLimits("exp", 709.5, INFINITY, INFINITY, INFINITY);
        assertLimits("exp", -INFINITY, 0, 0, 0);
        assertLimits("exp", -709, 0, 0, 0);
    }

    private static void assertLimits(String name, double z, double... expected) {
        double[] block = new double[BlockKernels.ROWS];
        block[3] = z;
        double[][] results = evaluate(name, block);
        for (int order = 0; order < expected.length; order++) {
            // Adding zero turns -0 into 0.
            assertThat(results[order][3] + 0.0)
                    .as("%s of order %d at %s", name, order, z)
                    .isEqualTo(Double.valueOf(expected[order]));
        }
    }

    @Test
    void tailsBelowTheSmallestNormalNumberKeepAnAbsoluteError() {
        for (double z = 707; z < 712; z += 0.01) {
            double[] block = new double[BlockKernels.ROWS];
            block[0] = -z;
            assertThat(evaluate("sigmoid", block)[0][0]).isCloseTo(StrictMath.exp(-z), within(2 * SUBNORMAL));
        }
    }

    @Test
    void powersOfEveryDegreeAreProducts() {
        double[] z = arguments();
        for (int degree : new int[] {1, 2, 3, 4, 7, Activation.MAX_DEGREE}) {
            double[] first = new double[z.length];
            double[] second = new double[z.length];
            double[] value = new double[z.length];
            Activation.power(degree).evaluate(z, new double[Activation.SCRATCH][z.length], value, first, second);
            for (int i = 0; i < z.length; i++) {
                assertClose(value[i], StrictMath.pow(z[i], degree));
                assertClose(first[i], degree * StrictMath.pow(z[i], degree - 1));
                assertClose(second[i], degree < 2 ? 0 : degree * (degree - 1) * StrictMath.pow(z[i], degree - 2));
            }
        }
    }

    private static void assertClose(double actual, double expected) {
        assertThat(actual).isCloseTo(expected, within(2e-14 * Math.abs(expected) + SUBNORMAL));
    }

    private static double[] arguments() {
        return new Random(3).doubles(BlockKernels.ROWS, -8, 8).toArray();
    }

    private static double[][] evaluate(String name, double[] z) {
        double[][] results = new double[3][BlockKernels.ROWS];
        FUNCTIONS
                .get(name)
                .evaluate(
                        z.clone(),
                        new double[Activation.SCRATCH][BlockKernels.ROWS],
                        results[0],
                        results[1],
                        results[2]);
        return results;
    }

    private static Map<String, List<double[]>> reference() throws IOException {
        Map<String, List<double[]>> cases = new LinkedHashMap<>();
        try (InputStream in = ActivationTest.class.getResourceAsStream("/reference/activations.txt")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (!line.startsWith("#")) {
                    String[] words = line.split(" ", -1);
                    double[] numbers = Arrays.stream(words)
                            .skip(1)
                            .mapToDouble(Double::parseDouble)
                            .toArray();
                    cases.computeIfAbsent(words[0], name -> new ArrayList<>()).add(numbers);
                }
            }
        }
        return cases;
    }
}
