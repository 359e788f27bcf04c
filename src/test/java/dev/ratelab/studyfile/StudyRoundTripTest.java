package dev.ratelab.studyfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.data.InputDistribution;
import dev.ratelab.data.Truth;
import dev.ratelab.fit.ascent.StartOptions;
import dev.ratelab.fit.ascent.StopRule;
import dev.ratelab.loss.LossName;
import dev.ratelab.model.Atom;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.ParameterBounds;
import dev.ratelab.model.catalog.Experts;
import dev.ratelab.model.catalog.Gates;
import dev.ratelab.study.Grid;
import dev.ratelab.study.Limits;
import dev.ratelab.study.Study;
import dev.ratelab.study.TruthPath;
import dev.ratelab.study.Truths;
import dev.ratelab.testing.StudyTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class StudyRoundTripTest {

    @Property(tries = 300)
    void theResolvedTextParsesBackToAnEqualStudy(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 4) int atoms,
            @ForAll @IntRange(min = 1, max = 5) int d) {
        Study study = random(new Random(seed), atoms, d);
        Study parsed = StudyTexts.parse(study.resolvedText());
        assertThat(parsed).isEqualTo(study).hasSameHashCodeAs(study);
        assertThat(parsed.resolvedText()).isEqualTo(study.resolvedText());
        assertThat(parsed.hash()).isEqualTo(study.hash());
        assertThat(parsed.differences(study)).isEmpty();
        assertThat(parsed.truth().parameters()).containsExactly(study.truth().parameters());
        assertThat(parsed.grid()).isEqualTo(study.grid());
        assertThat(parsed.starts()).isEqualTo(study.starts());
        assertThat(parsed.bounds()).isEqualTo(study.bounds());
        assertThat(parsed.stop()).isEqualTo(study.stop());
    }

    private static Study random(Random random, int atoms, int d) {
        List<Atom> list = new ArrayList<>();
        for (int i = 0; i < atoms; i++) {
            list.add(new Atom(numbers(random, 1 + d), numbers(random, 1 + d), 0.1 + random.nextDouble()));
        }
        MixtureOfExperts model = new MixtureOfExperts(Gates.of("softmax"), Experts.of("linear"), atoms, d);
        InputDistribution input = random.nextBoolean()
                ? InputDistribution.normal(random.nextGaussian(), 1 + random.nextDouble())
                : InputDistribution.uniform(-1 - random.nextDouble(), random.nextDouble());
        int count = 1 + random.nextInt(20);
        List<Integer> sizes =
                IntStream.range(0, count).mapToObj(i -> 1000 + 17 * i).toList();
        int oracle = random.nextInt(4);
        Grid grid = new Grid(
                List.of(Gates.of("softmax")),
                List.of(Experts.of("linear")),
                List.of(atoms + 1, atoms),
                sizes,
                1 + random.nextInt(100),
                OptionalInt.empty(),
                oracle == 0 || random.nextBoolean() ? List.of(1.0) : List.of(1.0, 0.1, 10.0, 1 / 3.0),
                Optional.empty(),
                TruthPath.FIXED_ONLY);
        ParameterBounds bounds = random.nextBoolean()
                ? ParameterBounds.none()
                : new ParameterBounds(1e7 + random.nextDouble(), 1e7, random.nextDouble() / 10, 2 + random.nextDouble())
                        .withTemperature(random.nextInt(2) * random.nextDouble(), 1 + random.nextDouble());
        return new Study(
                "random-" + random.nextInt(1000) + ".x",
                random.nextLong(),
                new Truths.Given(new Truth(model, list, input)),
                grid,
                new StartOptions(
                        oracle, List.of(random.nextDouble(), 0.0), 1 + random.nextInt(4), random.nextInt(3) / -4.0),
                bounds,
                new StopRule(
                        1e-9 + random.nextDouble(),
                        1 + random.nextInt(99),
                        random.nextInt(9),
                        random.nextLong() >>> 1,
                        random.nextBoolean() ? 0 : random.nextDouble() / 2),
                random.nextBoolean(),
                random.nextBoolean() ? List.of() : List.of(LossName.D2, LossName.D1),
                new Limits(random.nextDouble(), 1 + random.nextInt(Integer.MAX_VALUE)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static double[] numbers(Random random, int count) {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            double scale = random.nextBoolean() ? 1 : random.nextBoolean() ? 1e-300 : 1e6;
            numbers[i] = random.nextInt(5) == 0 ? random.nextInt(3) - 1 : scale * random.nextGaussian();
        }
        return numbers;
    }
}
