package dev.ratelab.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaussRuleTest {

    @Test
    void small_rules_are_those_of_the_tables() {
        GaussRule legendre = GaussRule.legendre(3);
        assertThat(legendre.nodes()).containsExactly(new double[] {-Math.sqrt(0.6), 0, Math.sqrt(0.6)}, within(2e-16));
        assertThat(legendre.weights()).containsExactly(new double[] {5 / 18.0, 8 / 18.0, 5 / 18.0}, within(2e-16));
        GaussRule hermite = GaussRule.hermite(3);
        assertThat(hermite.nodes()).containsExactly(new double[] {-Math.sqrt(3), 0, Math.sqrt(3)}, within(4e-16));
        assertThat(hermite.weights()).containsExactly(new double[] {1 / 6.0, 2 / 3.0, 1 / 6.0}, within(2e-16));
        assertThat(GaussRule.legendre(1).nodes()).containsExactly(0);
        assertThat(GaussRule.hermite(1).weights()).containsExactly(1);
    }

    /** Legendre: E x^p = 1 / (p + 1) for even p. Hermite: E x^p = (p - 1)!!. Odd moments are zero. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 20, 80, 160})
    void polynomials_of_degree_2m_minus_1_are_exact(int m) {
        GaussRule legendre = GaussRule.legendre(m);
        GaussRule hermite = GaussRule.hermite(m);
        double doubleFactorial = 1;
        for (int p = 0; p < 2 * m; p += 2) {
            doubleFactorial *= p == 0 ? 1 : p - 1;
            assertThat(moment(legendre, p)).isCloseTo(1.0 / (p + 1), within(1e-14));
            if (doubleFactorial < 1e250 && p < 120) {
                assertThat(moment(hermite, p) / doubleFactorial).isCloseTo(1, within(1e-11));
            }
            assertThat(moment(legendre, p + 1)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 40, 80})
    void rules_agree_with_those_of_another_library(int m) {
        GaussIntegrator reference = new GaussIntegratorFactory().legendre(m);
        GaussRule rule = GaussRule.legendre(m);
        for (int j = 0; j < m; j++) {
            assertThat(rule.nodes()[j]).isCloseTo(reference.getPoint(j), within(1e-14));
            assertThat(rule.weights()[j]).isCloseTo(reference.getWeight(j) / 2, within(1e-14));
        }
        GaussIntegrator physicists = new GaussIntegratorFactory().hermite(m);
        GaussRule hermite = GaussRule.hermite(m);
        for (int j = 0; j < m; j++) {
            assertThat(hermite.nodes()[j]).isCloseTo(Math.sqrt(2) * physicists.getPoint(j), within(1e-11));
            assertThat(hermite.weights()[j]).isCloseTo(physicists.getWeight(j) / Math.sqrt(Math.PI), within(1e-11));
        }
    }

    @Test
    void nodes_ascend_symmetrically() {
        for (GaussRule rule : new GaussRule[] {GaussRule.legendre(160), GaussRule.hermite(159)}) {
            double[] nodes = rule.nodes();
            for (int j = 1; j < nodes.length; j++) {
                assertThat(nodes[j]).isGreaterThan(nodes[j - 1]);
            }
            for (int j = 0; j < nodes.length; j++) {
                assertThat(nodes[j]).isEqualTo(0.0 - nodes[nodes.length - 1 - j]);
                assertThat(rule.weights()[j]).isPositive().isEqualTo(rule.weights()[nodes.length - 1 - j]);
            }
        }
    }

    @Test
    void too_few_or_too_many_nodes_are_refused() {
        assertThatThrownBy(() -> GaussRule.legendre(0)).hasMessage("number of nodes = 0 must be from 1 to 160");
        assertThatThrownBy(() -> GaussRule.hermite(161)).hasMessage("number of nodes = 161 must be from 1 to 160");
    }

    /** Pairs of symmetric nodes are added first, so that odd moments cancel to the bit. */
    private static double moment(GaussRule rule, int power) {
        int m = rule.nodes().length;
        double sum = 0;
        for (int j = 0; j < (m + 1) / 2; j++) {
            double low = rule.weights()[j] * Math.pow(rule.nodes()[j], power);
            double high = rule.weights()[m - 1 - j] * Math.pow(rule.nodes()[m - 1 - j], power);
            sum += 2 * j + 1 == m ? low : low + high;
        }
        return sum;
    }
}
