package dev.ratelab.fit.quadratic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.math.LinearConstraint;
import dev.ratelab.math.Vectors;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.ParameterBounds;
import dev.ratelab.model.expert.LinearExpert;
import dev.ratelab.model.gate.SoftmaxGate;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FeasibleSetTest {
    private static final ParameterBounds BOUNDS = new ParameterBounds(1.5, 4, 0.3, 20);

    @Property(tries = 300)
    void theProjectionIsFeasibleAndNoFeasiblePointIsNearer(
            @ForAll @IntRange(min = 1, max = 4) int atoms,
            @ForAll @IntRange(min = 1, max = 3) int dimension,
            @ForAll long seed) {
        Random random = new Random(seed);
        List<LinearConstraint> constraints =
                new MixtureOfExperts(new SoftmaxGate(), new LinearExpert(), atoms, dimension).constraints(BOUNDS);
        FeasibleSet set = new FeasibleSet(constraints);
        double[] theta = gaussian(constraints.get(0).row().length, 5, random);
        double[] projected = set.project(theta);
        for (LinearConstraint constraint : constraints) {
            assertThat(constraint.excess(projected)).isLessThan(1e-9);
        }
        // The projection on a convex set: (theta - p)'(q - p) <= 0 for every point q of the set.
        for (int trial = 0; trial < 20; trial++) {
            double[] other = set.project(gaussian(theta.length, 3, random));
            double sum = 0;
            for (int a = 0; a < theta.length; a++) {
                sum += (theta[a] - projected[a]) * (other[a] - projected[a]);
            }
            assertThat(sum).isLessThan(1e-7);
        }
        double[] again = set.project(projected);
        for (int a = 0; a < theta.length; a++) {
            assertThat(again[a]).isCloseTo(projected[a], within(1e-9));
        }
    }

    @Test
    void aPointInsideStaysAndADifferenceIsSharedEvenly() {
        FeasibleSet set = new FeasibleSet(List.of(new LinearConstraint("difference", new double[] {1, -1, 0}, 1)));
        assertThat(set.project(new double[] {1, 0.5, 7})).containsExactly(1, 0.5, 7);
        assertThat(set.project(new double[] {3, 0, 7})).containsExactly(new double[] {2, 1, 7}, within(1e-14));
        assertThat(new FeasibleSet(List.of()).project(new double[] {3, 0})).containsExactly(3, 0);
    }

    @Test
    void slackIsTheDistanceInUnitsOfTheRowAndZeroAtTheBoundary() {
        FeasibleSet set = new FeasibleSet(List.of(new LinearConstraint("sum", new double[] {2, 1}, 10)));
        assertThat(set.slack(0, new double[] {1, 1})).isEqualTo(7);
        assertThat(set.slack(0, new double[] {5, 1e-12})).isZero();
        assertThat(set.slack(0, new double[] {6, 1})).isZero();
        assertThat(set.slope(0, new double[] {1, 3})).isEqualTo(5);
        assertThat(Vectors.norm(set.project(new double[] {6, 3}))).isCloseTo(Math.sqrt(20), within(1e-12));
    }

    private static double[] gaussian(int count, double scale, Random random) {
        double[] values = new double[count];
        for (int a = 0; a < count; a++) {
            values[a] = scale * random.nextGaussian();
        }
        return values;
    }
}
