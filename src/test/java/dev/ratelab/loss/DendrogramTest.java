package dev.ratelab.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.data.Truth;
import dev.ratelab.model.Atom;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Noise;
import dev.ratelab.model.catalog.Experts;
import dev.ratelab.model.catalog.Gates;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Merging fitted atoms. */
class DendrogramTest {

    private static List<Atom> split(MixtureOfExperts model, List<Atom> atoms, int copies, int of) {
        List<Atom> list = new ArrayList<>();
        for (int i = 0; i < atoms.size(); i++) {
            for (int c = 0; c < (i == of ? copies : 1); c++) {
                list.add(model.copy(atoms.get(i), i == of ? copies : 1));
            }
        }
        return list;
    }

    private static void assertSame(List<Atom> actual, List<Atom> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i).gate()).containsExactly(expected.get(i).gate());
            assertThat(actual.get(i).expert()).containsExactly(expected.get(i).expert());
            assertThat(actual.get(i).variance()).isEqualTo(expected.get(i).variance());
        }
    }

    /** All but the bias has the bits of the truth, and the loss is the rounding of the masses. */
    @Property(tries = 100, seed = "1")
    void merging_a_split_truth_returns_the_truth(
            @ForAll @IntRange(min = 1, max = 4) int trueAtoms,
            @ForAll @IntRange(min = 2, max = 4) int copies,
            @ForAll int seed) {
        Truth truth = Cases.truth(Cases.random("t" + seed, trueAtoms, 2), 2);
        MixtureOfExperts model = truth.model();
        List<Atom> fitted = split(model, truth.atoms(), copies, Math.floorMod(seed, trueAtoms));
        List<Dendrogram.Level> levels = Dendrogram.of(model.withAtoms(fitted.size()), fitted);
        assertThat(levels).hasSize(fitted.size());
        assertThat(levels.subList(0, copies - 1))
                .allSatisfy(level -> assertThat(level.height()).isZero());
        Dendrogram.Level merged = levels.get(copies - 1);
        assertThat(merged.height()).isPositive();
        assertThat(LossEvaluator.of(truth).loss(model, merged.atoms(), LossName.D1))
                .isCloseTo(0, within(1e-13));
        for (Atom atom : truth.atoms()) {
            assertThat(merged.atoms()).anySatisfy(other -> {
                assertThat(other.expert()).containsExactly(atom.expert());
                assertThat(other.variance()).isEqualTo(atom.variance());
                assertThat(other.gate()[1]).isEqualTo(atom.gate()[1]);
                assertThat(other.gate()[0]).isCloseTo(atom.gate()[0], within(1e-14));
            });
        }
    }

    @Property(tries = 100, seed = "2")
    void the_order_of_the_atoms_changes_no_bit(
            @ForAll @IntRange(min = 1, max = 6) int atoms,
            @ForAll @DoubleRange(min = 0.01, max = 1) double radius,
            @ForAll int seed) {
        List<Atom> fitted = Cases.near(Cases.random("t" + seed, 2, 1), atoms, radius, "e" + seed);
        List<Atom> shuffled = new ArrayList<>(fitted);
        Collections.shuffle(shuffled, new Random(seed));
        List<Dendrogram.Level> levels = Dendrogram.of(Cases.model(atoms, 1), fitted);
        List<Dendrogram.Level> others = Dendrogram.of(Cases.model(atoms, 1), shuffled);
        for (int l = 0; l < levels.size(); l++) {
            assertThat(others.get(l).height()).isEqualTo(levels.get(l).height());
            assertSame(others.get(l).atoms(), levels.get(l).atoms());
        }
    }

    /** Adding the same to all gate parameters changes no dissimilarity and is added to the merged atoms. */
    @Property(tries = 100, seed = "3")
    void the_gauge_does_not_matter(
            @ForAll @DoubleRange(min = -3, max = 3) double t0,
            @ForAll @DoubleRange(min = -3, max = 3) double t1,
            @ForAll int seed) {
        List<Atom> fitted = Cases.near(Cases.random("t" + seed, 2, 1), 4, 0.3, "e" + seed);
        List<Dendrogram.Level> levels = Dendrogram.of(Cases.model(4, 1), fitted);
        List<Dendrogram.Level> others =
                Dendrogram.of(Cases.model(4, 1), Cases.translated(fitted, new double[] {t0, t1}));
        for (int l = 0; l < 3; l++) {
            assertThat(others.get(l).height()).isCloseTo(levels.get(l).height(), within(1e-12));
        }
        assertThat(others.get(3).atoms().get(0).gate()[1])
                .isCloseTo(levels.get(3).atoms().get(0).gate()[1] + t1, within(1e-12));
    }

    @Test
    void dissimilarityAndMergedAtomAreThoseOfTheFormula() {
        Atom light = Cases.atom(Math.log(0.25), 1, 2, 3, 0.5);
        Atom heavy = Cases.atom(Math.log(0.75), 1.5, 2.2, 2, 0.9);
        List<Dendrogram.Level> levels = Dendrogram.of(Cases.model(2, 1), List.of(heavy, light));
        double expected = 1 / (1 / 0.25 + 1 / 0.75) * (0.25 + 0.04 + 1 + 0.4);
        assertThat(levels.get(0).height()).isCloseTo(expected, within(1e-15));
        assertThat(levels.get(1).height()).isInfinite();
        Atom merged = levels.get(1).atoms().get(0);
        assertThat(merged.gate()).containsExactly(new double[] {0, 1.375}, within(1e-15));
        assertThat(merged.expert()).containsExactly(new double[] {2.15, 2.25}, within(1e-15));
        assertThat(merged.variance()).isCloseTo(0.8, within(1e-15));
        MixtureOfExperts known = new MixtureOfExperts(Gates.of("softmax"), Experts.of("linear"), Noise.known(1), 2, 1);
        assertThat(Dendrogram.of(known, List.of(light, heavy)).get(0).height())
                .isCloseTo(1 / (1 / 0.25 + 1 / 0.75) * 1.29, within(1e-15));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "softmax|linear",
                "dense-to-sparse|linear",
                "dense-to-sparse(bias=outside)|linear",
                "dense-to-sparse(temperature=0.5)|linear",
                "quadratic|linear",
                "quadratic(form=monomial)|linear",
                "softmax|tanh"
            })
    void allGatesThatAverageMergeASplitTruth(String gateName, String expertName) {
        MixtureOfExperts model = new MixtureOfExperts(Gates.of(gateName), Experts.of(expertName), 2, 1);
        double[][] gates = model.gate().canonical(2, 1).orElseThrow();
        double[][] experts = model.expert().canonical(2, 1).orElseThrow().parameters();
        List<Atom> truth = List.of(new Atom(gates[0], experts[0], 1), new Atom(gates[1], experts[1], 2));
        List<Atom> fitted = split(model, truth, 3, 1);
        List<Atom> merged = Dendrogram.of(model.withAtoms(4), fitted).get(2).atoms();
        assertThat(merged).hasSize(2);
        for (Atom atom : truth) {
            assertThat(merged).anySatisfy(other -> {
                assertThat(other.expert()).containsExactly(atom.expert());
                assertThat(other.gate()).containsExactly(atom.gate(), within(1e-14));
            });
        }
    }

    /** A hidden unit whose sign is flipped is no difference. */
    @Test
    void equivalentExpertsAreMergedAsOne() {
        MixtureOfExperts model = new MixtureOfExperts(Gates.of("softmax"), Experts.of("tanh(output-weight=yes)"), 2, 1);
        double[] expert = {1.5, 0.5, 2};
        List<double[]> equivalents = model.expert().equivalents(expert, 1);
        assertThat(equivalents).hasSizeGreaterThan(1);
        Atom first = new Atom(new double[] {0, 1}, expert, 1);
        Atom second = new Atom(new double[] {0.5, 1}, equivalents.get(1), 1);
        List<Dendrogram.Level> levels = Dendrogram.of(model, List.of(first, second));
        assertThat(levels.get(0).height()).isZero();
        assertThat(levels.get(1).atoms().get(0).expert()).containsExactly(equivalents.get(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "activation-dense-to-sparse",
                "laplace",
                "perturbed-cosine",
                "sigmoid",
                "normalised-sigmoid",
                "gaussian",
                "hierarchical(groups=2)",
                "top-k(k=1)"
            })
    void otherGatesAreRefused(String gate) {
        MixtureOfExperts model = new MixtureOfExperts(Gates.of(gate), Experts.of("linear"), 2, 1);
        double[][] gates = model.gate().canonical(2, 1).orElseThrow();
        List<Atom> atoms = List.of(new Atom(gates[0], new double[2], 1), new Atom(gates[1], new double[2], 1));
        assertThatThrownBy(() -> Dendrogram.of(model, atoms))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be merged");
    }

    @Test
    void theCriterionWeighsHeightAgainstLikelihood() {
        List<Atom> atoms = Cases.near(Cases.random("criterion", 2, 1), 4, 0.01, "e");
        List<Dendrogram.Level> levels = Dendrogram.of(Cases.model(4, 1), atoms);
        double n = 1000;
        assertThat(Dendrogram.chosen(levels, new double[] {-1000, -1000, -1000, -3000}, n))
                .hasValue(2);
        assertThat(Dendrogram.chosen(levels, new double[] {-1000, -1000, -9000, -9000}, n))
                .hasValue(1);
        assertThat(Dendrogram.chosen(levels, new double[] {-1000, -1000, Double.NaN, 0}, n))
                .hasValue(1);
        assertThat(Dendrogram.chosen(levels, new double[] {Double.NaN, Double.NaN, Double.NaN, 0}, n))
                .isEmpty();
        assertThat(Dendrogram.chosen(levels.subList(3, 4), new double[] {-1}, n))
                .hasValue(0);
        assertThatThrownBy(() -> Dendrogram.of(Cases.model(1, 1), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
