package dev.ratelab.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ModulusCurveTest {

    private static ModulusCurve curve(double... exponents) {
        Double[] deltas = new Double[exponents.length + 1];
        Double[] values = new Double[exponents.length + 1];
        deltas[0] = 1.0;
        values[0] = 0.5;
        for (int i = 0; i < exponents.length; i++) {
            deltas[i + 1] = deltas[i] / 2;
            values[i + 1] = values[i] * Math.pow(2, -exponents[i]);
        }
        return new ModulusCurve("softmax", "tanh", "expert 1", 1, List.of(deltas), List.of(values), false, 0.1, "");
    }

    @Test
    void aSettledCurveIsVisibleFromWhereItsExponentsAgree() {
        ModulusCurve curve = curve(1.4, 1.7, 1.95, 2);
        assertThat(curve.settled()).isTrue();
        assertThat(curve.rate()).isCloseTo(0.25, within(1e-12));
        assertThat(curve.asymptoticFrom()).isEqualTo(0.25);
        double value = 0.5 * Math.pow(2, -1.4 - 1.7);
        assertThat(curve.visibleFrom()).isCloseTo(1 / (value * value), within(1e-9 / (value * value)));
    }

    @Test
    void aCurveWhoseExponentsStillChangeIsVisibleNowhere() {
        ModulusCurve curve = curve(1.2, 1.6, 2.1, 2.7, 3.2, 3.6);
        assertThat(curve.settled()).isFalse();
        assertThat(curve.asymptoticFrom()).isNaN();
        assertThat(curve.visibleFrom()).isInfinite();
    }
}
