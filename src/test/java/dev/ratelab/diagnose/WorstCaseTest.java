package dev.ratelab.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.ratelab.data.Generator;
import dev.ratelab.data.QuadratureDesign;
import dev.ratelab.data.Truth;
import dev.ratelab.math.Elementary;
import org.junit.jupiter.api.Test;

class WorstCaseTest {
    private static final double[][] SOFTMAX = {{0, 2}, {0, 0}};
    private static final double[][] EXPERTS = {{1, 3}, {-1, -4}};

    private final Truth tanh = TestTruths.regression("softmax", SOFTMAX, "tanh", EXPERTS, 1, 1);

    @Test
    void theWorstModelIsAsFarInPredictionAsTheRadius() {
        for (int cell = 1; cell <= 2; cell++) {
            double radius = 2e-5;
            WorstCase worst = WorstCase.of(tanh, 0, cell, radius).orElseThrow();
            assertThat(worst.distance()).isCloseTo(radius, withinPercentage(1e-3));
            assertThat(worst.model().atoms()).hasSize(1 + cell);
            QuadratureDesign design = QuadratureDesign.of(tanh.input(), 1, 120);
            double[] wrong = Generator.regressionFunction(worst.model(), design.x());
            double[] right = Generator.regressionFunction(tanh, design.x());
            double square = 0;
            for (int node = 0; node < right.length; node++) {
                square += design.weights()[node] * (wrong[node] - right[node]) * (wrong[node] - right[node]);
            }
            assertThat(Math.sqrt(square)).isCloseTo(radius, withinPercentage(1e-2));
        }
    }

    @Test
    void alongThePathAtomsMoveAtTheRateOfTheirCell() {
        // Radii sigma / sqrt(n) for n and 100 n.
        double alone = slope(1, 1e-5, 1e-6);
        assertThat(alone).isCloseTo(0.5, within(0.02));
        double shared = slope(2, 1e-7, 1e-8);
        assertThat(shared).isCloseTo(0.25, within(0.02));
    }

    private double slope(int cell, double radius, double smaller) {
        double first = WorstCase.of(tanh, 0, cell, radius).orElseThrow().delta();
        double second = WorstCase.of(tanh, 0, cell, smaller).orElseThrow().delta();
        return Elementary.log(first / second) / (2 * Elementary.log(radius / smaller));
    }

    @Test
    void whatIsNotIdentifiedIsAtTheLargestDistanceWhateverTheSampleSize() {
        Truth linear = TestTruths.regression("softmax", SOFTMAX, "linear", EXPERTS, 1, 1);
        for (double radius : new double[] {1e-3, 1e-7, 1e-12}) {
            WorstCase worst = WorstCase.of(linear, 0, 2, radius).orElseThrow();
            assertThat(worst.delta()).isEqualTo(Modulus.LARGEST);
            assertThat(worst.distance()).isLessThan(1e-13);
        }
    }

    @Test
    void wrongArgumentsAreRefused() {
        assertThatThrownBy(() -> WorstCase.of(tanh, 0, 1, 0)).hasMessageContaining("radius = 0.0 must be positive");
        assertThatThrownBy(() -> WorstCase.of(tanh, 2, 1, 1)).hasMessageContaining("atom = 2 must be from 0 to 1");
        assertThatThrownBy(() -> WorstCase.of(tanh, 0, 3, 1)).hasMessageContaining("cell = 3 must be 1 or 2");
    }
}
