package dev.ratelab.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class StreamTest {

    @Test
    void bits_depend_on_key_purpose_row_and_variate_as_documented() throws IOException {
        for (String[] row : PhiloxTest.reference("stream")) {
            Stream stream = Streams.of(row[1], row[2]);
            assertThat(stream.bits(Long.parseLong(row[3]), Integer.parseInt(row[4])))
                    .isEqualTo(Long.parseUnsignedLong(row[5], 16));
        }
    }

    @Test
    void normal_quantiles_agree_with_forty_digit_arithmetic() throws IOException {
        for (String[] row : PhiloxTest.reference("normal")) {
            double expected = Double.parseDouble(row[2]);
            // The quantile of a rounded probability p is itself only known to about eps near the centre of the table.
            double tolerance = 4e-16 + 1.5e-15 * Math.abs(expected);
            assertThat(NormalQuantile.of(Double.parseDouble(row[1]))).isCloseTo(expected, within(tolerance));
        }
    }

    @Test
    void normal_quantiles_have_their_limits_and_their_symmetry() {
        assertThat(NormalQuantile.of(0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(NormalQuantile.of(1)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(NormalQuantile.of(-0.1)).isNaN();
        assertThat(NormalQuantile.of(1.1)).isNaN();
        assertThat(NormalQuantile.of(Double.NaN)).isNaN();
        Stream stream = Streams.of("symmetry", "test");
        for (int row = 0; row < 1000; row++) {
            double u = stream.uniform(row, 0);
            assertThat(NormalQuantile.of(1 - u)).isEqualTo(-NormalQuantile.of(u));
        }
    }

    @Test
    void columns_hold_the_numbers_of_single_rows() {
        Stream stream = Streams.of("columns", "test");
        for (int from : new int[] {0, 1, 2, 3, 510}) {
            double[] uniforms = new double[700];
            double[] normals = new double[700];
            stream.uniforms(from, 2, uniforms);
            stream.normals(from, 2, normals);
            for (int i = 0; i < uniforms.length; i++) {
                assertThat(uniforms[i]).isEqualTo(stream.uniform(from + i, 2));
                assertThat(normals[i]).isEqualTo(stream.normal(from + i, 2));
            }
        }
    }

    /** Each bound fails by chance with probability below 1e-6: five standard errors of the mean of n numbers. */
    @Test
    void numbers_have_the_moments_of_their_laws_and_are_uncorrelated() {
        int n = 200_000;
        Stream stream = Streams.of("moments", "test");
        double[] u = new double[n];
        double[] v = new double[n];
        double[] z = new double[n];
        stream.uniforms(0, 0, u);
        stream.uniforms(0, 1, v);
        stream.normals(0, 2, z);
        double mean = 0;
        double between = 0;
        double along = 0;
        double square = 0;
        for (int i = 0; i < n; i++) {
            assertThat(u[i]).isStrictlyBetween(0.0, 1.0);
            mean += u[i] - 0.5;
            between += 12 * (u[i] - 0.5) * (v[i] - 0.5);
            along += i == 0 ? 0 : 12 * (u[i] - 0.5) * (u[i - 1] - 0.5);
            square += z[i] * z[i] - 1;
        }
        double error = 5 / Math.sqrt(n);
        assertThat(mean / n).isCloseTo(0, within(error / Math.sqrt(12)));
        assertThat(between / n).isCloseTo(0, within(error));
        assertThat(along / n).isCloseTo(0, within(error));
        assertThat(square / n).isCloseTo(0, within(error * Math.sqrt(2)));
    }

    /** Chi-square with 6 degrees of freedom: above 40 with probability 4.6e-7. */
    @Test
    void integers_are_uniform() {
        Stream stream = Streams.of("integers", "test");
        int n = 70_000;
        int[] counts = new int[7];
        for (int row = 0; row < n; row++) {
            counts[stream.integer(row, 0, 7)]++;
        }
        double chiSquare = 0;
        for (int count : counts) {
            chiSquare += (count - n / 7.0) * (count - n / 7.0) / (n / 7.0);
        }
        assertThat(chiSquare).isLessThan(40);
        assertThat(stream.integer(3, 0, 1)).isZero();
        assertThatThrownBy(() -> stream.integer(0, 0, 0)).hasMessageContaining("bound = 0");
    }

    @Test
    void a_purpose_cannot_hide_in_a_key() {
        assertThat(Streams.of("b", "a").bits(0, 0))
                .isNotEqualTo(Streams.of("ab", "").bits(0, 0));
        assertThatThrownBy(() -> Streams.of("b", "a\0b")).hasMessageContaining("zero character");
    }
}
