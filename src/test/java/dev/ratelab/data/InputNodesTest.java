package dev.ratelab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class InputNodesTest {

    @Test
    void smoothNodesHaveTheMomentsOfTheInput() {
        moments(InputNodes.smooth(InputDistribution.uniform(-1, 3), 1, 20, 8).orElseThrow(), 1, 4 / 3.0);
        moments(InputNodes.smooth(InputDistribution.grid(-1, 3), 1, 20, 8).orElseThrow(), 1, 4 / 3.0);
        moments(InputNodes.smooth(InputDistribution.normal(2, 3), 1, 40, 8).orElseThrow(), 2, 9);
        moments(InputNodes.smooth(InputDistribution.normal(2, 3), 2, 40, 8).orElseThrow(), 2, 9);
        moments(InputNodes.equallySpaced(InputDistribution.normal(2, 3), 80).orElseThrow(), 2, 9);
    }

    @Test
    void aMixtureHasTheNodesOfItsComponents() {
        InputDistribution mixture = new MixtureInput(List.of(
                new MixtureInput.Component(1, new UniformInput(-1, 1)),
                new MixtureInput.Component(3, new NormalInput(4, 1))));
        InputNodes nodes = InputNodes.smooth(mixture, 1, 20, 8).orElseThrow();
        assertThat(nodes.size()).isEqualTo(20 + 40);
        moments(nodes, 3, 0.25 / 3 + 0.75 * 17 - 9);
    }

    @Test
    void otherInputsAreDrawnOrAreTheirRows() {
        InputDistribution student = new StudentInput(0, 1, 5);
        assertThat(InputNodes.smooth(student, 1, 20, 8)).isEmpty();
        assertThat(InputNodes.equallySpaced(student, 20)).isEmpty();
        assertThat(InputNodes.smooth(InputDistribution.normal(0, 1), 3, 20, 8)).isEmpty();
        InputNodes drawn = InputNodes.drawn(student, 3, 50, "key");
        assertThat(drawn.size()).isEqualTo(50);
        assertThat(drawn.x())
                .isDeepEqualTo(InputNodes.drawn(student, 3, 50, "key").x());
        assertThat(drawn.weights()).containsOnly(1.0 / 50);
    }

    private static void moments(InputNodes nodes, double mean, double variance) {
        double total = 0;
        double first = 0;
        double second = 0;
        for (int node = 0; node < nodes.size(); node++) {
            double weight = nodes.weights()[node];
            double deviation = nodes.x()[0][node] - mean;
            total += weight;
            first += weight * deviation;
            second += weight * deviation * deviation;
        }
        assertThat(total).isCloseTo(1, within(1e-13));
        assertThat(first).isCloseTo(0, within(1e-12));
        assertThat(second).isCloseTo(variance, within(1e-11));
    }
}
