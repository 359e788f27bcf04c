package dev.ratelab.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BlockExpTest {
    private static final double SMALLEST = -708;

    @Test
    void errorIsAtMostOneUnitInTheLastPlace() {
        Random random = new Random(1);
        long worst = 0;
        for (int block = 0; block < 4000; block++) {
            double[] arguments = new double[BlockKernels.ROWS];
            for (int i = 0; i < arguments.length; i++) {
                double uniform = random.nextDouble();
                arguments[i] = block % 2 == 0 ? SMALLEST * uniform : -Math.pow(10, 20 * uniform - 17.2);
                arguments[i] = Math.max(arguments[i], SMALLEST);
            }
            double[] results = exp(arguments);
            for (int i = 0; i < arguments.length; i++) {
                // Both sides are within one unit of the true value; positive doubles are ordered like their bits.
                long difference = Double.doubleToRawLongBits(results[i])
                        - Double.doubleToRawLongBits(StrictMath.exp(arguments[i]));
                worst = Math.max(worst, Math.abs(difference));
            }
        }
        assertThat(worst).isLessThanOrEqualTo(1);
    }

    @Test
    void specialArgumentsHaveTheirDocumentedValues() {
        assertThat(exp(0)).isEqualTo(1);
        assertThat(exp(-0.0)).isEqualTo(1);
        assertThat(exp(-Double.MIN_VALUE)).isEqualTo(1);
        assertThat(exp(Double.NaN)).isNaN();
        double floor = exp(SMALLEST);
        assertThat(floor).isBetween(3.30e-308, 3.32e-308);
        assertThat(exp(-708.0000001)).isEqualTo(floor);
        assertThat(exp(-1e300)).isEqualTo(floor);
        assertThat(exp(Double.NEGATIVE_INFINITY)).isEqualTo(floor);
        assertThat(exp(709)).isCloseTo(StrictMath.exp(709), withinPercentage(1e-13));
    }

    @Test
    void theShiftIsSubtractedAndTheOutputMayBeTheInput() {
        Random random = new Random(2);
        double[] values = random.doubles(BlockKernels.ROWS, -30, 30).toArray();
        double[] shift = new double[BlockKernels.ROWS];
        double[] differences = new double[BlockKernels.ROWS];
        for (int i = 0; i < values.length; i++) {
            shift[i] = values[i] + 5 * random.nextDouble();
            differences[i] = values[i] - shift[i];
        }
        double[] expected = exp(differences);
        BlockExp.expOfDifference(values, shift, new double[BlockKernels.ROWS], values);
        assertThat(values).isEqualTo(expected);
    }

    @Test
    void theExponentialsOfAPairHaveTheBitsOfThoseBelowTheLarger() {
        Random random = new Random(5);
        double[] scratch = new double[BlockKernels.ROWS];
        double[] smaller = new double[BlockKernels.ROWS];
        for (int block = 0; block < 200; block++) {
            double[] a = new double[BlockKernels.ROWS];
            double[] b = new double[BlockKernels.ROWS];
            double[] larger = new double[BlockKernels.ROWS];
            double range = Math.pow(10, block % 20 - 16);
            for (int i = 0; i < a.length; i++) {
                a[i] = range * random.nextGaussian();
                b[i] = i % 7 == 0 ? a[i] : range * random.nextGaussian();
                larger[i] = Math.max(a[i], b[i]);
            }
            double[] ofA = new double[BlockKernels.ROWS];
            double[] ofB = new double[BlockKernels.ROWS];
            BlockExp.expOfDifference(a, larger, scratch, ofA);
            BlockExp.expOfDifference(b, larger, scratch, ofB);
            BlockExp.expOfPair(a, b, scratch, smaller);
            assertThat(a).isEqualTo(ofA);
            assertThat(b).isEqualTo(ofB);
        }
    }

    @Test
    void relativeExponentialsAreExactToOneUnitAndFarOnesAreReported() {
        Random random = new Random(3);
        double limit = (BlockExp.RELATIVE_LIMIT - 1) * Math.log(2);
        double[] reference = random.doubles(BlockKernels.ROWS, -5, 5).toArray();
        double[] scratch = new double[BlockKernels.ROWS];
        double[] out = new double[BlockKernels.ROWS];
        for (int block = 0; block < 2000; block++) {
            double range = block % 2 == 0 ? limit : Math.pow(10, -block % 17);
            double[] values = new double[BlockKernels.ROWS];
            for (int i = 0; i < values.length; i++) {
                values[i] = reference[i] + range * (2 * random.nextDouble() - 1);
            }
            assertThat(BlockExp.expRelative(values, reference, scratch, out)).isTrue();
            for (int i = 0; i < values.length; i++) {
                long difference = Double.doubleToRawLongBits(out[i])
                        - Double.doubleToRawLongBits(StrictMath.exp(values[i] - reference[i]));
                assertThat(Math.abs(difference)).isLessThanOrEqualTo(1);
            }
        }
        double beyond = (BlockExp.RELATIVE_LIMIT + 1) * Math.log(2);
        for (double far : new double[] {
            beyond,
            -beyond,
            800,
            -800,
            1e18,
            -1e18,
            1e300,
            -1e300,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY
        }) {
            double[] values = reference.clone();
            values[300] += far;
            assertThat(BlockExp.expRelative(values, reference, scratch, out))
                    .as("difference %s", far)
                    .isFalse();
        }
    }

    private static double exp(double argument) {
        double[] arguments = new double[BlockKernels.ROWS];
        arguments[17] = argument;
        return exp(arguments)[17];
    }

    private static double[] exp(double[] arguments) {
        double[] out = new double[BlockKernels.ROWS];
        BlockExp.expOfDifference(arguments, new double[BlockKernels.ROWS], new double[BlockKernels.ROWS], out);
        return out;
    }
}
