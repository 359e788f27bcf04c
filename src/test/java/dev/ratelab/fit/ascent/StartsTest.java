package dev.ratelab.fit.ascent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.data.Sample;
import dev.ratelab.data.Truth;
import dev.ratelab.fit.Estimator;
import dev.ratelab.model.Atom;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.expert.LinearExpert;
import dev.ratelab.model.gate.SoftmaxGate;
import dev.ratelab.random.Streams;
import dev.ratelab.testing.Simulated;
import dev.ratelab.testing.SmallStudy;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartsTest {
    private static final Truth TRUTH = SmallStudy.with().truth();
    private static final List<Double> RADII = List.of(0.1, 0.5, 1.0);

    private final Sample sample = Simulated.sample(3000, 1, 2);

    @Test
    void atRadiusZeroOracleStartsAreTheTruthWithSplitAtoms() {
        double expected = Estimator.logLikelihood(TRUTH.model(), sample, TRUTH.parameters());
        for (int k = 2; k <= 6; k++) {
            for (int s = 0; s < 20; s++) {
                MixtureOfExperts model = model(k);
                Start start = Starts.oracle(TRUTH, model, 0, Streams.of("key-" + s, "test"));
                assertThat(Estimator.logLikelihood(model, sample, start.parameters()))
                        .isCloseTo(expected, within(1e-9 * Math.abs(expected)));
                int[] copies = new int[2];
                List<Atom> atoms = model.toAtoms(start.parameters());
                atoms.forEach(atom -> copies[nearest(atom)]++);
                assertThat(copies[0]).isPositive();
                assertThat(copies[1]).isPositive();
                for (Atom atom : atoms) {
                    Atom source = TRUTH.atoms().get(nearest(atom));
                    assertThat(atom.expert()).isEqualTo(source.expert());
                    assertThat(atom.gate()[0])
                            .isCloseTo(source.gate()[0] - Math.log(copies[nearest(atom)]), within(1e-14));
                    assertThat(atom.gate()[1]).isEqualTo(source.gate()[1]);
                }
            }
        }
    }

    @Test
    void aSurplusAtomMayCopyAnyTrueAtom() {
        boolean[] copied = new boolean[2];
        for (int s = 0; s < 20; s++) {
            Start start = Starts.oracle(TRUTH, model(3), 0, Streams.of("key-" + s, "test"));
            copied[nearest(model(3).toAtoms(start.parameters()).get(2))] = true;
        }
        assertThat(copied).containsExactly(true, true);
    }

    @Test
    void theRadiusScalesThePerturbationAndNothingElse() {
        double[] centre =
                Starts.oracle(TRUTH, model(3), 0, Streams.of("key", "test")).parameters();
        double[] near =
                Starts.oracle(TRUTH, model(3), 0.1, Streams.of("key", "test")).parameters();
        double[] far =
                Starts.oracle(TRUTH, model(3), 1, Streams.of("key", "test")).parameters();
        for (int a = 0; a < centre.length; a++) {
            assertThat(far[a]).isNotEqualTo(centre[a]);
            assertThat(near[a] - centre[a]).isCloseTo(0.1 * (far[a] - centre[a]), within(1e-14));
        }
    }

    @Test
    void addingAStartMovesNoOther() {
        List<Start> few = Starts.of(new StartOptions(2, RADII, 3), TRUTH, model(3), sample, "key");
        List<Start> many = Starts.of(new StartOptions(7, RADII, 5), TRUTH, model(3), sample, "key");
        assertThat(few).extracting(Start::kind).containsExactly(kinds(2, 3));
        assertThat(many).extracting(Start::kind).containsExactly(kinds(7, 5));
        for (int s = 0; s < 2; s++) {
            assertThat(few.get(s).parameters()).isEqualTo(many.get(s).parameters());
        }
        for (int s = 0; s < 3; s++) {
            assertThat(few.get(2 + s).parameters()).isEqualTo(many.get(7 + s).parameters());
        }
    }

    @Test
    void startsDifferByNumberAndByKeyAndAreFinite() {
        List<Start> starts = Starts.random(5, model(3), sample, "key");
        List<Start> others = Starts.random(5, model(3), sample, "other");
        for (int s = 0; s < 5; s++) {
            assertThat(Arrays.stream(starts.get(s).parameters()).allMatch(Double::isFinite))
                    .isTrue();
            assertThat(starts.get(s).parameters()).isNotEqualTo(others.get(s).parameters());
            for (int l = 0; l < s; l++) {
                assertThat(starts.get(s).parameters())
                        .isNotEqualTo(starts.get(l).parameters());
            }
        }
    }

    @Test
    void dataDrivenStartsFollowTheUnitsOfTheData() {
        double[][] x = new double[1][sample.size()];
        double[] y = new double[sample.size()];
        for (int n = 0; n < y.length; n++) {
            x[0][n] = 64 * sample.x(0, n);
            y[n] = 0.125 * sample.y(n);
        }
        Sample scaled = Sample.of(x, y);
        for (int s = 0; s < 3; s++) {
            double[] plain = Starts.random(3, model(3), sample, "key").get(s).parameters();
            double[] moved = Starts.random(3, model(3), scaled, "key").get(s).parameters();
            assertThat(Estimator.logLikelihood(model(3), scaled, moved) + y.length * Math.log(0.125))
                    .isCloseTo(Estimator.logLikelihood(model(3), sample, plain), within(1e-7));
        }
    }

    private static Start.Kind[] kinds(int oracle, int random) {
        Start.Kind[] kinds = new Start.Kind[oracle + random];
        Arrays.fill(kinds, 0, oracle, Start.Kind.ORACLE);
        Arrays.fill(kinds, oracle, kinds.length, Start.Kind.RANDOM);
        return kinds;
    }

    private static MixtureOfExperts model(int atoms) {
        return new MixtureOfExperts(new SoftmaxGate(), new LinearExpert(), atoms, 1);
    }

    /** The true atom whose intercept, 3 or -3, has the sign of the atom's. */
    private static int nearest(Atom atom) {
        return atom.expert()[0] > 0 ? 0 : 1;
    }
}
