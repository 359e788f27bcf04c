package dev.ratelab.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.data.Sample;
import dev.ratelab.fit.ascent.FitStatus;
import dev.ratelab.fit.ascent.Start;
import dev.ratelab.fit.ascent.Starts;
import dev.ratelab.fit.ascent.StopRule;
import dev.ratelab.fit.quadratic.FeasibleSet;
import dev.ratelab.math.LinearConstraint;
import dev.ratelab.model.Atom;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Noise;
import dev.ratelab.model.ParameterBounds;
import dev.ratelab.model.catalog.Gates;
import dev.ratelab.model.expert.LinearExpert;
import dev.ratelab.model.gate.SoftmaxGate;
import dev.ratelab.testing.Simulated;
import dev.ratelab.testing.ToyData;
import dev.ratelab.testing.ToyExpert;
import dev.ratelab.testing.ToyGate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EstimatorTest {
    private static final MixtureOfExperts LINEAR_3 = new MixtureOfExperts(new SoftmaxGate(), new LinearExpert(), 3, 1);
    private static final ParameterBounds TIGHT = new ParameterBounds(1.5, 4, 0.3, Double.POSITIVE_INFINITY);

    @Test
    void noFeasibleStepFromACertifiedPointRaisesTheLikelihood() {
        for (int seed = 1; seed <= 6; seed++) {
            Sample sample = Simulated.sample(300 + 200 * seed, 1, seed);
            Estimate estimate = fit(LINEAR_3, TIGHT, sample, 6);
            assertThat(estimate.certificate().status().certified()).isTrue();
            Random random = new Random(seed);
            List<LinearConstraint> constraints = LINEAR_3.constraints(TIGHT);
            FeasibleSet feasible = new FeasibleSet(constraints);
            for (int trial = 0; trial < 300; trial++) {
                double[] near = estimate.parameters().clone();
                double radius = 1e-4 * Math.pow(10, trial % 3);
                for (int a = 0; a < near.length; a++) {
                    near[a] += radius * random.nextGaussian();
                }
                near = feasible.project(near);
                assertThat(Estimator.logLikelihood(LINEAR_3, sample, near))
                        .isLessThanOrEqualTo(estimate.logLikelihood() + 1e-9);
            }
        }
    }

    @Test
    void activeBoundsAreNamedAndHold() {
        Sample sample = Simulated.sample(500, 1, 3);
        Estimate estimate = fit(LINEAR_3, TIGHT, sample, 6);
        assertThat(estimate.certificate().status()).isEqualTo(FitStatus.CONVERGED_AT_BOUND);
        assertThat(estimate.certificate().activeBounds()).isNotEmpty();
        for (LinearConstraint constraint : LINEAR_3.constraints(TIGHT)) {
            assertThat(constraint.excess(estimate.parameters())).isLessThan(1e-9);
        }
    }

    @Test
    void optimumDoesNotDependOnTheOrderOfTheAtomsOrTheGauge() {
        Sample sample = Simulated.sample(800, 1, 4);
        Estimate first = fit(LINEAR_3, TIGHT, sample, 4);
        List<Atom> moved = new ArrayList<>();
        for (Atom atom : LINEAR_3.toAtoms(first.parameters())) {
            moved.add(
                    0, new Atom(new double[] {atom.gate()[0] + 5, atom.gate()[1] - 3}, atom.expert(), atom.variance()));
        }
        Start start = new Start(Start.Kind.GIVEN, LINEAR_3.toParameters(moved));
        Estimate second = new Estimator(LINEAR_3, TIGHT, StopRule.defaults()).fit(sample, List.of(start));
        assertThat(second.logLikelihood()).isCloseTo(first.logLikelihood(), within(1e-8));
        assertThat(second.certificate().status()).isEqualTo(first.certificate().status());
        assertThat(second.certificate().activeBounds())
                .isEqualTo(first.certificate().activeBounds());
    }

    @Test
    void anUnidentifiedSplitOfEqualExpertsIsFlat() {
        // Expert means do not depend on x: with d = 1 and a constant input the slope is not identified.
        double[] x = new double[400];
        double[] y = new double[400];
        Random random = new Random(5);
        for (int n = 0; n < x.length; n++) {
            x[n] = 0;
            y[n] = random.nextGaussian();
        }
        Sample sample = Sample.of(new double[][] {x}, y);
        MixtureOfExperts single = new MixtureOfExperts(new SoftmaxGate(), new LinearExpert(), 1, 1);
        Estimate estimate = fit(single, ParameterBounds.none(), sample, 1);
        assertThat(estimate.certificate().status()).isEqualTo(FitStatus.FLAT);
        assertThat(estimate.certificate().flatDimensions()).isEqualTo(1);
    }

    @Test
    void aSaddleIsLeftAlongTheAscentDirection() {
        // Two equal experts are a stationary point of the likelihood by symmetry, and not a maximum of these data.
        Sample sample = Simulated.sample(1000, 1, 6);
        MixtureOfExperts two = new MixtureOfExperts(new SoftmaxGate(), new LinearExpert(), 2, 1);
        Estimate one = fit(new MixtureOfExperts(new SoftmaxGate(), new LinearExpert(), 1, 1), TIGHT, sample, 1);
        double[] theta = new double[two.parameterCount()];
        for (int i = 0; i < 2; i++) {
            theta[two.expertOffset() + 2 * i] = one.parameters()[2];
            theta[two.expertOffset() + 2 * i + 1] = one.parameters()[3];
            theta[two.logVarianceOffset() + i] = one.parameters()[4];
        }
        Estimate estimate =
                new Estimator(two, TIGHT, StopRule.defaults()).fit(sample, List.of(new Start(Start.Kind.GIVEN, theta)));
        assertThat(estimate.certificate().status().certified()).isTrue();
        assertThat(estimate.logLikelihood()).isGreaterThan(one.logLikelihood() + 100);
    }

    @Test
    void aFamilyThatTheCoreDoesNotKnowIsFittedAndCertified() {
        MixtureOfExperts toy = new MixtureOfExperts(new ToyGate(), new ToyExpert(), 2, 1);
        ParameterBounds bounds = new ParameterBounds(6, 8, 1e-3, 100);
        double[] truth = {1, 2, -1, -2, 3, 1, -2, 0.5, -2, -1.5};
        Sample sample = ToyData.draw(toy, truth, 4000, 7);
        List<Start> starts = new ArrayList<>();
        for (int s = 0; s < 4; s++) {
            double[] start = truth.clone();
            Random random = new Random(s);
            for (int a = 0; a < start.length; a++) {
                start[a] += 0.3 * random.nextGaussian();
            }
            starts.add(new Start(Start.Kind.GIVEN, start));
        }
        Estimate estimate = new Estimator(toy, bounds, StopRule.defaults()).fit(sample, starts);
        assertThat(estimate.certificate().status().certified()).isTrue();
        assertThat(estimate.logLikelihood()).isGreaterThan(Estimator.logLikelihood(toy, sample, truth));
        for (int i = 0; i < 2; i++) {
            assertThat(Math.abs(estimate.parameters()[4 + 2 * i])).isCloseTo(Math.abs(truth[4 + 2 * i]), within(0.15));
        }
    }

    @Test
    void aValueThatIsNotFiniteEndsInItsOwnStatus() {
        Sample sample = Simulated.sample(100, 1, 8);
        double[] theta = new double[LINEAR_3.parameterCount()];
        theta[LINEAR_3.expertOffset()] = Double.NaN;
        Estimate estimate = new Estimator(LINEAR_3, ParameterBounds.none(), StopRule.defaults())
                .fit(sample, List.of(new Start(Start.Kind.GIVEN, theta)));
        assertThat(estimate.certificate().status()).isEqualTo(FitStatus.NON_FINITE);
    }

    @Test
    void aGateThatGoesToInfinityIsDegenerateUnlessABoundStopsIt() {
        // Two lines on either side of a gap in x: the steeper the gate, the better.
        Random random = new Random(10);
        double[] x = new double[40];
        double[] y = new double[40];
        for (int n = 0; n < x.length; n++) {
            double side = n % 2 == 0 ? 1 : -1;
            x[n] = side * (0.2 + random.nextDouble());
            y[n] = 5 * side + 2 * x[n] + 0.3 * random.nextGaussian();
        }
        Sample sample = Sample.of(new double[][] {x}, y);
        MixtureOfExperts two = new MixtureOfExperts(new SoftmaxGate(), new LinearExpert(), 2, 1);
        ParameterBounds floor = ParameterBounds.none().withMinVariance(1e-3);
        Start start = new Start(Start.Kind.GIVEN, new double[] {0, 2, 0, -2, 5, 2, -5, 2, -2, -2});
        Estimate free = new Estimator(two, floor, StopRule.defaults()).fit(sample, List.of(start));
        assertThat(free.certificate().status()).isEqualTo(FitStatus.DEGENERATE);
        ParameterBounds compact = new ParameterBounds(20, 40, 1e-3, Double.POSITIVE_INFINITY);
        Estimate bounded = new Estimator(two, compact, StopRule.defaults()).fit(sample, List.of(start));
        assertThat(bounded.certificate().status()).isEqualTo(FitStatus.CONVERGED_AT_BOUND);
        assertThat(bounded.certificate().activeBounds()).contains(ParameterBounds.GATE_WEIGHT_DIFFERENCE);
    }

    @Test
    void anExpertThatPassesThroughItsObservationsIsDegenerate() {
        Sample sample = Simulated.sample(20, 1, 11);
        int degenerate = 0;
        MixtureOfExperts four = new MixtureOfExperts(new SoftmaxGate(), new LinearExpert(), 4, 1);
        for (Start start : Starts.random(8, four, sample, "collapse")) {
            Estimate estimate =
                    new Estimator(four, ParameterBounds.none(), StopRule.defaults()).fit(sample, List.of(start));
            FitStatus status = estimate.certificate().status();
            assertThat(status.certified() || status == FitStatus.DEGENERATE).isTrue();
            degenerate += status == FitStatus.DEGENERATE ? 1 : 0;
        }
        assertThat(degenerate).isPositive();
    }

    @Test
    void theIterationLimitIsAStatusOfItsOwn() {
        Sample sample = Simulated.sample(2000, 1, 9);
        Estimate estimate = new Estimator(LINEAR_3, TIGHT, new StopRule(1e-6, 1, 0, 0))
                .fit(sample, Starts.random(1, LINEAR_3, sample, "limit"));
        assertThat(estimate.certificate().status()).isEqualTo(FitStatus.MAX_ITERATIONS);
        assertThat(estimate.certificate().newtonDecrement()).isGreaterThan(1e-6);
    }

    /** What is said of several starts follows from the fits from each of them alone. */
    private static Estimate assertPutTogether(
            MixtureOfExperts model, ParameterBounds bounds, StopRule stop, Sample sample, List<Start> starts) {
        Estimator estimator = new Estimator(model, bounds, stop);
        List<Estimate> alone = starts.stream()
                .map(start -> estimator.fit(sample, List.of(start)))
                .toList();
        Estimate together = estimator.fit(sample, starts);
        List<Estimate> certified = alone.stream()
                .filter(one -> one.certificate().status().certified())
                .toList();
        List<Estimate> eligible = certified.isEmpty() ? alone : certified;
        Estimate best = eligible.stream()
                .max(Comparator.comparingDouble(Estimate::logLikelihood))
                .orElseThrow();
        assertThat(together.parameters()).isEqualTo(best.parameters());
        assertThat(together.logLikelihood()).isEqualTo(best.logLikelihood());
        assertThat(together.certificate()).isEqualTo(best.certificate());
        assertThat(together.startKind()).isEqualTo(best.startKind());
        assertThat(together.iterations()).isEqualTo(best.iterations());
        assertThat(together.totalIterations())
                .isEqualTo(alone.stream().mapToInt(Estimate::iterations).sum());
        assertThat(together.starts()).isEqualTo(starts.size());
        assertThat(together.certifiedStarts()).isEqualTo(certified.size());
        assertThat(together.startsAtOptimum()).isEqualTo((int) certified.stream()
                .filter(one -> Math.abs(one.logLikelihood() - best.logLikelihood()) < 1e-4)
                .count());
        double highest = alone.stream()
                .mapToDouble(Estimate::logLikelihood)
                .filter(Double::isFinite)
                .max()
                .orElseThrow();
        assertThat(together.uncertifiedGain())
                .isCloseTo(highest - best.logLikelihood(), within(1e-9 * (1 + Math.abs(highest))));
        assertKind(certified, Start.Kind.ORACLE, together.oracleLogLikelihood(), together.oracleParameters());
        assertKind(certified, Start.Kind.RANDOM, together.randomLogLikelihood(), together.randomParameters());
        return together;
    }

    private static void assertKind(
            List<Estimate> certified, Start.Kind kind, double logLikelihood, double[] parameters) {
        Optional<Estimate> best = certified.stream()
                .filter(one -> one.startKind() == kind)
                .max(Comparator.comparingDouble(Estimate::logLikelihood));
        assertThat(logLikelihood).isEqualTo(best.map(Estimate::logLikelihood).orElse(Double.NaN));
        assertThat(parameters).isEqualTo(best.map(Estimate::parameters).orElse(new double[0]));
    }

    private static List<Start> starts(List<Start> list, Start.Kind... kinds) {
        List<Start> starts = new ArrayList<>();
        for (int s = 0; s < list.size(); s++) {
            starts.add(new Start(kinds[s % kinds.length], list.get(s).parameters()));
        }
        return starts;
    }

    @Test
    void theBestCertifiedEndIsKeptAndEveryKindOfStartIsToldApart() {
        Sample sample = Simulated.sample(400, 1, 13);
        List<Start> starts = starts(
                Starts.random(6, LINEAR_3, sample, "together"),
                Start.Kind.ORACLE,
                Start.Kind.RANDOM,
                Start.Kind.RANDOM);
        Estimate found = assertPutTogether(LINEAR_3, TIGHT, StopRule.defaults(), sample, starts);
        assertThat(found.certifiedStarts()).isGreaterThan(1);
        assertThat(found.uncertifiedGain()).isZero();
        Estimate none = assertPutTogether(LINEAR_3, TIGHT, new StopRule(1e-6, 1, 0, 0), sample, starts);
        assertThat(none.certifiedStarts()).isZero();
        assertThat(none.oracleParameters()).isEmpty();
        assertThat(none.randomLogLikelihood()).isNaN();
    }

    /** Experts that pass through their observations have the higher likelihood, and no certificate. */
    @Test
    void aHigherEndWithoutCertificateIsNotKeptButTold() {
        Sample sample = Simulated.sample(20, 1, 11);
        MixtureOfExperts four = new MixtureOfExperts(new SoftmaxGate(), new LinearExpert(), 4, 1);
        List<Start> starts = starts(Starts.random(8, four, sample, "collapse"), Start.Kind.RANDOM, Start.Kind.ORACLE);
        Estimate found = assertPutTogether(four, ParameterBounds.none(), StopRule.defaults(), sample, starts);
        assertThat(found.certifiedStarts()).isBetween(1, 7);
        assertThat(found.uncertifiedGain()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"softmax", "dense-to-sparse(temperature=2:0.5)"})
    void theLargestLimitsAreNoLimitsAndGiveTheSameBits(String gate) {
        int none = Integer.MAX_VALUE;
        Sample sample = Simulated.sample(600, 1, 12);
        MixtureOfExperts density = new MixtureOfExperts(Gates.of(gate), new LinearExpert(), 2, 1);
        assertSameFit(density, sample, new StopRule(1e-6, 2000, 5000, 0), new StopRule(1e-6, none, none, 0));
        assertSameFit(
                density,
                sample,
                new StopRule(1e-6, 2000, 0, 0, 1e-4),
                new StopRule(1e-6, none, none, Long.MAX_VALUE, 1e-4));
        MixtureOfExperts regression = new MixtureOfExperts(Gates.of(gate), new LinearExpert(), Noise.known(1), 2, 1);
        assertSameFit(
                regression,
                sample,
                new StopRule(1e-6, 2000, 5000, 0),
                // In nanoseconds 2^64 and a little: what overflowed would be half a millisecond.
                new StopRule(1e-6, none, none, 18_446_744_073_710L));
    }

    private static void assertSameFit(MixtureOfExperts model, Sample sample, StopRule limited, StopRule unlimited) {
        List<Start> starts = Starts.random(3, model, sample, "no-limit");
        Estimate expected = new Estimator(model, TIGHT, limited).fit(sample, starts);
        assertThat(expected.totalIterations()).isBetween(4, 1999);
        assertThat(expected.certificate().status()).isNotEqualTo(FitStatus.MAX_ITERATIONS);
        assertThat(new Estimator(model, TIGHT, unlimited).fit(sample, starts))
                .usingRecursiveComparison()
                .withComparatorForType(Double::compare, Double.class)
                .isEqualTo(expected);
    }

    private static Estimate fit(MixtureOfExperts model, ParameterBounds bounds, Sample sample, int starts) {
        return new Estimator(model, bounds, StopRule.defaults())
                .fit(sample, Starts.random(starts, model, sample, "estimator-test"));
    }
}
