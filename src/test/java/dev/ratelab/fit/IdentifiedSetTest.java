package dev.ratelab.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.data.Generator;
import dev.ratelab.data.InputDistribution;
import dev.ratelab.data.Sample;
import dev.ratelab.data.Truth;
import dev.ratelab.fit.ascent.Start;
import dev.ratelab.fit.ascent.Starts;
import dev.ratelab.fit.ascent.StopRule;
import dev.ratelab.fit.objective.Evaluation;
import dev.ratelab.fit.objective.Objective;
import dev.ratelab.fit.objective.Order;
import dev.ratelab.loss.LossEvaluator;
import dev.ratelab.loss.LossName;
import dev.ratelab.math.LinearConstraint;
import dev.ratelab.math.SymmetricEigen;
import dev.ratelab.math.Vectors;
import dev.ratelab.model.Atom;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Noise;
import dev.ratelab.model.ParameterBounds;
import dev.ratelab.model.catalog.Experts;
import dev.ratelab.model.catalog.Gates;
import dev.ratelab.random.Streams;
import dev.ratelab.testing.Simulated;
import dev.ratelab.testing.SmallStudy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class IdentifiedSetTest {
    private static final double VARIANCE = 1e-6;
    private static final ParameterBounds BOUNDS = new ParameterBounds(3, 6, 0, Double.POSITIVE_INFINITY, 8, 0);
    private static final List<Atom> ATOMS = List.of(
            new Atom(new double[] {0, 2}, new double[] {1, 3}, VARIANCE),
            new Atom(new double[] {0, 0}, new double[] {-1, -4}, VARIANCE));
    private static final String KEY = "identified-set-test";

    /** A fit of {@code atoms} tanh experts to data of two. */
    private static final class Fit {
        final Truth truth = new Truth(model(2), ATOMS, InputDistribution.uniform(-1, 1));
        final MixtureOfExperts model;
        final Sample sample;
        final Estimate estimate;

        Fit(int atoms, double precision) {
            model = model(atoms);
            sample = Generator.quadrature(truth, precision * VARIANCE, 80, "data");
            estimate = new Estimator(model, BOUNDS, StopRule.defaults())
                    .fit(sample, List.of(start(1), start(2), start(3), start(4)));
        }

        private Start start(int number) {
            return Starts.oracle(truth, model, 0.1 * number, Streams.of("start-" + number, "test"));
        }

        static MixtureOfExperts model(int atoms) {
            return new MixtureOfExperts(Gates.of("softmax"), Experts.of("tanh"), Noise.known(VARIANCE), atoms, 1);
        }

        IdentifiedSet set(double nats) {
            return new IdentifiedSet(model, BOUNDS, sample, estimate, nats);
        }

        ToDoubleFunction<double[]> firstPowers() {
            LossEvaluator evaluator = LossEvaluator.of(truth);
            return theta -> evaluator.loss(model, model.toAtoms(theta), LossName.D1);
        }

        IdentifiedSet.Radius radius(double nats, int searches) {
            return set(nats).radius(firstPowers(), truth, searches, KEY).orElseThrow();
        }
    }

    @Test
    void ofOneParameterOfARegularModelItIsThatOfTheEllipsoid() {
        Fit fit = new Fit(2, 1e12);
        Evaluation evaluation = Evaluation.of(fit.model);
        Objective.of(fit.model, fit.sample).evaluate(fit.estimate.parameters(), Order.OBSERVED, evaluation);
        double nats = 4;
        // Of the experts: the gate's parameters are those of a gauge.
        for (int a = fit.model.expertOffset(); a < fit.model.parameterCount(); a++) {
            int parameter = a;
            double at = fit.estimate.parameters()[a];
            IdentifiedSet.Radius radius = fit.set(nats)
                    .radius(theta -> Math.abs(theta[parameter] - at), fit.truth, 4, KEY)
                    .orElseThrow();
            double expected =
                    Math.sqrt(2 * nats * inverse(evaluation.hessian, fit.model, fit.estimate.parameters(), a));
            assertThat(radius.loss()).isCloseTo(expected, within(0.01 * expected));
            assertThat(radius.agreeing()).isPositive();
        }
    }

    /** A diagonal element of the pseudo-inverse of minus the Hessian on the complement of the invariances. */
    private static double inverse(double[][] hessian, MixtureOfExperts model, double[] theta, int a) {
        double[][] basis = Vectors.orthogonalComplement(model.invariances(theta), theta.length);
        SymmetricEigen eigen = new SymmetricEigen(Vectors.congruence(basis, hessian));
        double sum = 0;
        for (int i = 0; i < eigen.size(); i++) {
            double component = Vectors.combine(basis, eigen.vector(i), theta.length)[a];
            sum -= component * component / eigen.value(i);
        }
        return sum;
    }

    @Test
    void moreSearchesNeverLowerIt() {
        Fit fit = new Fit(3, 1e11);
        double before = 0;
        for (int searches = 1; searches <= 8; searches++) {
            double radius = fit.radius(5, searches).loss();
            assertThat(radius).isGreaterThanOrEqualTo(before);
            before = radius;
        }
        assertThat(before).isGreaterThan(fit.radius(5, 1).loss());
    }

    @Test
    void thePointIsInTheSetAndWithinTheBoundsAndHasTheLoss() {
        for (double precision : new double[] {1e7, 1e10, 1e13}) {
            Fit fit = new Fit(3, precision);
            IdentifiedSet.Radius radius = fit.radius(5, 4);
            double deficit = fit.estimate.logLikelihood()
                    + fit.estimate.uncertifiedGain()
                    - Estimator.logLikelihood(fit.model, fit.sample, radius.parameters());
            assertThat(deficit).isLessThanOrEqualTo(5);
            assertThat(radius.deficit()).isBetween(0.0, 5.0);
            for (LinearConstraint constraint : fit.model.constraints(BOUNDS)) {
                assertThat(constraint.excess(radius.parameters())).isLessThan(1e-8);
            }
            assertThat(radius.loss()).isEqualTo(fit.firstPowers().applyAsDouble(radius.parameters()));
            assertThat(radius.loss())
                    .isGreaterThanOrEqualTo(fit.firstPowers().applyAsDouble(fit.estimate.parameters()));
        }
    }

    @Test
    void aBoundStopsIt() {
        Fit fit = new Fit(2, 1e4);
        double limit = BOUNDS.expertParameter();
        int last = fit.model.parameterCount() - 1;
        IdentifiedSet.Radius radius = fit.set(1000)
                .radius(theta -> Math.abs(theta[last]), fit.truth, 4, KEY)
                .orElseThrow();
        assertThat(radius.loss()).isCloseTo(limit, within(1e-8));
        assertThat(radius.deficit()).isLessThan(999);
    }

    @Test
    void itGrowsWithTheLevelAndHasTheSameBitsEachTime() {
        Fit fit = new Fit(3, 1e11);
        double before = 0;
        for (double nats : new double[] {0.01, 0.1, 1, 4, 9}) {
            IdentifiedSet.Radius radius = fit.radius(nats, 6);
            assertThat(radius.loss()).isGreaterThan(before);
            before = radius.loss();
            IdentifiedSet.Radius again = fit.radius(nats, 6);
            assertThat(again.loss()).isEqualTo(radius.loss());
            assertThat(again.parameters()).isEqualTo(radius.parameters());
        }
    }

    @Test
    void inTheDensityProblemItWorksToo() {
        MixtureOfExperts model = new MixtureOfExperts(Gates.of("softmax"), Experts.of("linear"), 3, 1);
        ParameterBounds bounds = new ParameterBounds(1.5, 4, 0.3, Double.POSITIVE_INFINITY);
        Sample sample = Simulated.sample(2000, 1, 5);
        Truth truth = SmallStudy.with().truth();
        List<Start> starts = new ArrayList<>();
        for (int s = 0; s < 6; s++) {
            starts.add(Starts.oracle(truth, model, 0.3, Streams.of("start-" + s, "test")));
        }
        Estimate estimate = new Estimator(model, bounds, StopRule.defaults()).fit(sample, starts);
        LossEvaluator evaluator = LossEvaluator.of(truth);
        ToDoubleFunction<double[]> loss = theta -> evaluator.loss(model, model.toAtoms(theta), LossName.D1);
        IdentifiedSet.Radius radius = new IdentifiedSet(model, bounds, sample, estimate, 3)
                .radius(loss, truth, 4, KEY)
                .orElseThrow();
        assertThat(Estimator.logLikelihood(model, sample, radius.parameters()))
                .isGreaterThanOrEqualTo(estimate.logLikelihood() - 3 - 1e-9);
        assertThat(radius.loss()).isGreaterThan(1.2 * loss.applyAsDouble(estimate.parameters()));
        for (LinearConstraint constraint : model.constraints(bounds)) {
            assertThat(constraint.excess(radius.parameters())).isLessThan(1e-8);
        }
    }

    @Test
    void anUndefinedLossHasNone() {
        Fit fit = new Fit(2, 1e10);
        Optional<IdentifiedSet.Radius> radius = fit.set(2).radius(theta -> Double.NaN, fit.truth, 2, KEY);
        assertThat(radius).isEmpty();
        assertThatThrownBy(() -> fit.set(0)).hasMessageContaining("nats = 0.0");
        assertThatThrownBy(() -> fit.set(2).radius(theta -> 1, fit.truth, 0, KEY))
                .hasMessageContaining("searches = 0");
    }
}
