package dev.ratelab.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratelab.data.InputDistribution;
import dev.ratelab.data.Truth;
import dev.ratelab.model.Atom;
import dev.ratelab.model.Expert;
import dev.ratelab.model.Gate;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Noise;
import dev.ratelab.model.ParameterKind;
import dev.ratelab.model.catalog.Experts;
import dev.ratelab.model.catalog.Gates;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LossNameTest {
    private static final List<LossName> ALL = all();

    /** Every name of the kinds of all registered families, with the first twelve atoms and {@code <j>}. */
    private static List<LossName> all() {
        List<Measure> measures = new ArrayList<>(List.of(FitMeasure.values()));
        for (String kind : LossName.kinds()) {
            for (Regime regime : Regime.values()) {
                for (int atom = -1; atom <= 12; atom++) {
                    if (regime == Regime.ATOM ? atom != 0 : atom == 0) {
                        measures.add(new ParameterError(kind, regime, atom));
                    }
                }
            }
        }
        List<LossName> names = new ArrayList<>();
        for (Derivation derivation : Derivation.values()) {
            measures.stream()
                    .filter(measure -> measure.definedIn(derivation))
                    .forEach(measure -> names.add(LossName.of(measure, derivation)));
        }
        return names;
    }

    @Test
    void text_and_parse_are_inverse_for_every_name_of_every_family() {
        List<LossName> names = ALL;
        assertThat(names).hasSizeGreaterThan(4000);
        assertThat(names.stream().map(LossName::text)).doesNotHaveDuplicates();
        for (LossName name : names) {
            LossName read = LossName.parsePattern(name.text());
            assertThat(read).isEqualTo(name).hasSameHashCodeAs(name).hasToString(name.text());
            assertThat(read.measured()).isEqualTo(name.measured());
            assertThat(read.derivation()).isEqualTo(name.derivation());
            assertThat(read.text()).isEqualTo(name.text());
            assertThat(read.compareTo(name)).isZero();
        }
    }

    @Test
    void names_travel_as_their_text() throws IOException, ClassNotFoundException {
        for (LossName name : ALL) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(name);
            }
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                LossName read = (LossName) in.readObject();
                assertThat(read).isSameAs(LossName.parsePattern(name.text()));
                assertThat(read.measured()).isEqualTo(name.measured());
            }
        }
    }

    /** Any change of one letter gives another name, or none; the same text never means two losses. */
    @Property(tries = 500, seed = "1")
    void a_text_has_at_most_one_meaning(@ForAll @IntRange(min = 0, max = 4000) int which, @ForAll Random random) {
        String text = ALL.get(which).text();
        int at = random.nextInt(text.length());
        String changed = text.substring(0, at) + (char) ('a' + random.nextInt(26)) + text.substring(at + 1);
        try {
            assertThat(LossName.parsePattern(changed).text()).isEqualTo(changed);
        } catch (IllegalArgumentException unknown) {
            assertThat(unknown).hasMessageContaining("unknown loss '" + changed + "'");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "D3, D1",
        "slop-error-exact, slope-error-exact",
        "slope-error-overly, slope-error-over",
        "slope-error-atom-0, slope-error-atom-<j>",
        "slope-error-atom-01, slope-error-atom-<j>",
        "slope-error-atom-99999999999, ''",
        "Hellinger, hellinger",
        "merged-dic-expert, merged-dic-experts",
        "identified-set-D1-deficits, identified-set-D1-deficit",
        "merged-merged-D1, ''",
        "identified-set-D2-nats, identified-set-nats",
    })
    void an_unknown_name_is_refused_with_a_near_one(String text, String near) {
        assertThatThrownBy(() -> LossName.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown loss '" + text + "'; "
                        + (near.isEmpty() ? "" : "did you mean '" + near + "'? ")
                        + "docs/tables.md lists the losses");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "speed-error-over",
                "nats",
                "experts",
                "merged-min-weight",
                "oracle-start-D1-unprofiled",
                "identified-set-merged-D1",
                "merged-D1-deficit",
                "identified-set-",
                "slope-error-atom-",
                "slope-error-",
                "slope"
            })
    void what_no_study_can_store_is_no_name(String text) {
        assertThatThrownBy(() -> LossName.parse(text)).hasMessageStartingWith("unknown loss '" + text + "'; ");
    }

    @Test
    void the_place_of_a_number_is_a_name_in_lists_only() {
        assertThatThrownBy(() -> LossName.parse("slope-error-atom-<j>"))
                .hasMessage("the loss 'slope-error-atom-<j>' needs the number of an atom for <j>");
        LossName every = LossName.parsePattern("slope-error-atom-<j>");
        assertThat(every.everyAtom()).isTrue();
        assertThat(LossName.parse("slope-error-atom-12").pattern()).isEqualTo(every);
        assertThat(LossName.D1.pattern()).isSameAs(LossName.D1);
    }

    @Test
    void derived_losses_that_measure_nothing_have_no_rate() {
        assertThat(ALL)
                .filteredOn(LossName::descriptive)
                .allMatch(name -> name.text()
                        .matches("over-cell-share|empty-cells|min-weight|identified-set-nats|merged-dic-experts"
                                + "|identified-set-.*-(deficit|gain|agreeing)"))
                .hasSizeGreaterThan(1000);
        assertThat(ALL).filteredOn(name -> !name.descriptive()).noneMatch(name -> name.text()
                .matches("identified-set-.*-(deficit|gain|agreeing)"));
    }

    /** The order of stored maps: derived losses by length, then whole fits, then errors by kind, regime and number. */
    @Test
    void the_order_is_that_of_tables() {
        List<String> ordered = List.of(
                "merged-D1",
                "merged-dic-D1",
                "oracle-start-D1",
                "random-start-D1",
                "identified-set-D1",
                "merged-dic-experts",
                "identified-set-nats",
                "identified-set-D1-gain",
                "D1",
                "D2",
                "D1-unprofiled",
                "D2-unprofiled",
                "hellinger",
                "regression-l2",
                "gate-l2",
                "over-cell-share",
                "empty-cells",
                "min-weight",
                "gate-bias-error-exact",
                "gate-bias-error-over",
                "gate-bias-error-over-weighted",
                "gate-bias-error-atom-2",
                "gate-bias-error-atom-10",
                "gate-weight-error-exact",
                "intercept-error-exact",
                "variance-error-atom-1");
        List<LossName> names =
                new ArrayList<>(ordered.stream().map(LossName::parse).toList());
        Collections.shuffle(names, new Random(1));
        Collections.sort(names);
        assertThat(names).extracting(LossName::text).isEqualTo(ordered);
    }

    /** As tables have had it; those of levels that no hierarchical gate can have are gone. */
    @Test
    void kinds_are_in_the_order_of_tables() {
        List<String> own = List.of("tilt", "twist", "height", "width");
        assertThat(LossName.kinds())
                .filteredOn(kind -> own.stream().noneMatch(kind::endsWith))
                .containsExactly(
                        "gate-bias",
                        "gate-weight",
                        "gate-temperature",
                        "gate-centre",
                        "gate-quadratic",
                        "gate-covariance",
                        "gate-outer-bias",
                        "gate-outer-weight",
                        "gate-inner-bias",
                        "gate-inner-weight",
                        "gate-bias-over-temperature",
                        "gate-weight-over-temperature",
                        "gate-direction",
                        "gate-direction-over-temperature",
                        "gate-outer-temperature",
                        "gate-inner-temperature",
                        "gate-outer-centre",
                        "gate-inner-centre",
                        "gate-outer-quadratic",
                        "gate-inner-quadratic",
                        "gate-outer-bias-over-temperature",
                        "gate-inner-bias-over-temperature",
                        "gate-outer-weight-over-temperature",
                        "gate-inner-weight-over-temperature",
                        "gate-outer-direction",
                        "gate-inner-direction",
                        "gate-outer-direction-over-temperature",
                        "gate-inner-direction-over-temperature",
                        "intercept",
                        "slope",
                        "expert-bias",
                        "expert-weight",
                        "output-weight",
                        "expert-function",
                        "variance");
    }

    static Stream<String> gates() {
        return Stream.concat(
                AllFamiliesTest.GATES.stream(),
                Stream.of(
                        "dense-to-sparse(temperature=2:0.5)",
                        "activation-dense-to-sparse(temperature=1,router=relu)",
                        "quadratic(form=monomial)",
                        "hierarchical(groups=2,outer=activation-dense-to-sparse(router=relu),inner=perturbed-cosine)",
                        "hierarchical(groups=2,outer=toy,inner=quadratic)",
                        "top-k(k=1,scores=hierarchical(groups=2,inner=cosine))",
                        "top-k(k=1,scores=toy)"));
    }

    /** Also of families from a jar, at any level of a gate that is made of others. */
    @ParameterizedTest
    @MethodSource("gates")
    void every_kind_of_every_gate_is_known(String id) {
        Gate gate = Gates.of(id);
        for (int dimension = 1; dimension <= 3; dimension++) {
            assertThat(LossName.kinds())
                    .containsAll(ParameterKind.names(gate.kinds(dimension)))
                    .containsAll(
                            ParameterKind.names(gate.invariantForm(dimension).kinds()));
        }
    }

    static Stream<String> experts() {
        return Stream.concat(
                AllFamiliesTest.EXPERTS.stream(), Stream.of("toy", "gelu(output-weight=yes,bias=no)", "silu"));
    }

    @ParameterizedTest
    @MethodSource("experts")
    void every_kind_of_every_expert_is_known(String id) {
        Expert expert = Experts.of(id);
        for (int dimension = 1; dimension <= 3; dimension++) {
            assertThat(LossName.kinds()).containsAll(ParameterKind.names(expert.kinds(dimension)));
        }
    }

    @Test
    void errors_of_a_family_from_a_jar_are_found_at_a_level_of_a_hierarchical_gate() {
        MixtureOfExperts model = new MixtureOfExperts(
                Gates.of("hierarchical(groups=2,outer=toy,inner=toy)"), Experts.of("toy"), Noise.OWN, 4, 1);
        double[] theta = new double[model.parameterCount()];
        for (int a = 0; a < theta.length; a++) {
            theta[a] = Math.sin(a + 1);
        }
        List<Atom> atoms = model.toAtoms(theta);
        Map<LossName, Double> found = LossEvaluator.of(new Truth(model, atoms, InputDistribution.uniform(-1, 1)))
                .evaluate(model, atoms)
                .losses();
        for (String kind : List.of("gate-outer-bias", "gate-outer-tilt", "gate-inner-tilt", "height", "width")) {
            assertThat(found).containsEntry(LossName.parse(kind + "-error-exact"), 0.0);
        }
    }

    @Test
    void kinds_that_there_are_with_several_inputs_only_are_known() {
        assertThat(ParameterKind.names(Gates.of("toy").kinds(1))).doesNotContain("twist");
        assertThat(LossName.kinds()).contains("twist", "gate-outer-twist", "gate-inner-twist");
    }

    @ParameterizedTest
    @ValueSource(strings = {"merged-level", "identified-set-x", "oracle-start-x", "random-start-x", "a-error-b"})
    void a_kind_whose_losses_could_be_mistaken_for_others_is_refused(String kind) {
        assertThatThrownBy(() -> new ErrorKinds(List.of("slope", kind)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'" + kind + "'");
    }
}
