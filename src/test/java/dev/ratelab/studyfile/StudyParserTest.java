package dev.ratelab.studyfile;

import static dev.ratelab.testing.StudyTexts.parse;
import static dev.ratelab.testing.StudyTexts.small;
import static dev.ratelab.testing.StudyTexts.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratelab.data.InputDistribution;
import dev.ratelab.fit.ascent.StartOptions;
import dev.ratelab.fit.ascent.StopRule;
import dev.ratelab.loss.LossName;
import dev.ratelab.model.Expert;
import dev.ratelab.model.Gate;
import dev.ratelab.model.ParameterBounds;
import dev.ratelab.model.Problem;
import dev.ratelab.study.AdaptiveSeeds;
import dev.ratelab.study.Grid;
import dev.ratelab.study.Limits;
import dev.ratelab.study.Study;
import dev.ratelab.study.StudyException;
import dev.ratelab.testing.StudyTexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyParserTest {

    @Test
    void everyKeyIsRead() {
        Study study = small();
        assertThat(study.name()).isEqualTo("small");
        assertThat(study.baseSeed()).isEqualTo(7);
        assertThat(study.truth().problem()).isEqualTo(Problem.DENSITY);
        assertThat(study.truth().input()).isEqualTo(InputDistribution.uniform(-1, 1));
        assertThat(study.truth().model().gate().id()).isEqualTo("softmax");
        assertThat(study.truth().model().expert().id()).isEqualTo("linear");
        assertThat(study.truth().model().dimension()).isEqualTo(1);
        assertThat(study.truth().atoms()).hasSize(2);
        assertThat(study.truth().atoms().get(1).gate()).containsExactly(0.5, 0);
        assertThat(study.truth().atoms().get(1).expert()).containsExactly(-3, -1);
        assertThat(study.truth().atoms().get(1).variance()).isEqualTo(2);
        Grid grid = study.grid();
        assertThat(grid.gates()).extracting(Gate::id).containsExactly("softmax");
        assertThat(grid.experts()).extracting(Expert::id).containsExactly("linear");
        assertThat(grid).isEqualTo(new Grid(grid.gates(), grid.experts(), List.of(2, 3), List.of(100, 1000), 4));
        assertThat(study.starts()).isEqualTo(new StartOptions(3, List.of(0.1, 1.0), 2));
        assertThat(study.bounds()).isEqualTo(new ParameterBounds(1.5, 4, 0.3, Double.POSITIVE_INFINITY));
        assertThat(study.stop()).isEqualTo(new StopRule(1e-6, 2000, 50, 0));
        assertThat(study.nested()).isFalse();
        assertThat(study.losses()).containsExactly(LossName.D1);
        assertThat(study.limits()).isEqualTo(new Limits(0.1, 5_000_000));
    }

    @Test
    void everyDefaultIsFilledIn() {
        String text =
                StudyTexts.SMALL.substring(0, StudyTexts.SMALL.indexOf("fit {")).replace("base-seed = 7\n", "");
        Study study = parse(text);
        assertThat(study.baseSeed()).isEqualTo(20250303);
        assertThat(study.starts()).isEqualTo(new StartOptions(6, List.of(0.1, 0.5, 1.0), 6));
        assertThat(study.bounds()).isEqualTo(ParameterBounds.none());
        assertThat(study.stop()).isEqualTo(StopRule.defaults());
        assertThat(study.losses()).isEmpty();
        assertThat(study.limits().maxFailureRate()).isEqualTo(0.05);
        assertThat(parse(text, "fit.bounds.max-variance=none", "losses=[]")).isEqualTo(study);
    }

    @Test
    void aKindOfStartsLeavesOutTheOther() {
        assertThat(small("fit.starts={kind=oracle}").starts())
                .isEqualTo(new StartOptions(6, List.of(0.1, 0.5, 1.0), 0));
        assertThat(small("fit.starts={kind=random,random=4}").starts().oracle()).isZero();
        assertThat(small("fit.starts.kind=paired").starts()).isEqualTo(small().starts());
    }

    @Test
    void oneInputMayBeWrittenWithoutVectors() {
        Study study = parse(with("weight = [[1], [0]]", "weight = [1, 0]").replace("[[1], [-1]]", "[1, -1]"));
        assertThat(study).isEqualTo(small());
    }

    @Test
    void theNumberOfInputsIsThatOfTheVectors() {
        String weight = "[[" + "1, ".repeat(63) + "1], [" + "0, ".repeat(63) + "0]]";
        String slope = "[[" + "1, ".repeat(63) + "1], [" + "-1, ".repeat(63) + "-1]]";
        Study study = parse(with("[[1], [0]]", weight).replace("[[1], [-1]]", slope), "grid.sample-sizes=[1000]");
        assertThat(study.truth().model().dimension()).isEqualTo(64);
        assertThat(study.truth().atoms().get(0).expert()).hasSize(65);
        assertThat(study.settings().get(0).model(study.truth()).dimension()).isEqualTo(64);
    }

    @Test
    void logSpacedSizesAreRoundedPowers() {
        assertThat(small("grid.sample-sizes={log-spaced={from=100,to=1e5,count=4}}")
                        .grid()
                        .sampleSizes())
                .containsExactly(100, 1000, 10000, 100000);
        assertThat(small("grid.sample-sizes={log-spaced={from=100,to=200,count=3}}")
                        .grid()
                        .sampleSizes())
                .containsExactly(100, 141, 200);
    }

    @Test
    void sizesMayBeMixedAndAreSorted() {
        assertThat(small("grid.sample-sizes=[5000,{linear={from=100,to=900,count=5}},"
                                + "{linear={from=1000,to=1500,count=3}}]")
                        .grid()
                        .sampleSizes())
                .containsExactly(100, 300, 500, 700, 900, 1000, 1250, 1500, 5000);
    }

    @Test
    void anOverrideTakesThePlaceOfTheWholeValue() {
        assertThat(small("grid.seeds=9").grid().seeds()).isEqualTo(9);
        assertThat(small("grid.seeds = 9", "truth.variance=[1,3]")
                        .truth()
                        .atoms()
                        .get(1)
                        .variance())
                .isEqualTo(3);
        Study other = small("truth.input={type=normal,mean=0,standard-deviation=2}");
        assertThat(other.truth().input()).isEqualTo(InputDistribution.normal(0, 2));
        String logSpaced = with("[100, 1000]", "{ log-spaced = { from = 100, to = 1000, count = 2 } }");
        assertThat(parse(logSpaced, "grid.sample-sizes={linear={from=100,to=300,count=3}}")
                        .grid()
                        .sampleSizes())
                .containsExactly(100, 200, 300);
    }

    @Test
    void seedsMayFollowFromTheResults() {
        String sizes = "grid.sample-sizes=[100,300,1000]";
        Study adaptive = small(sizes, "grid.seeds={target-slope-error=0.02,max=200}");
        assertThat(adaptive.grid().adaptive()).contains(new AdaptiveSeeds(0.02, 200, LossName.D1));
        assertThat(adaptive.grid().seeds()).isEqualTo(200);
        assertThat(parse(adaptive.resolvedText())).isEqualTo(adaptive);
        assertThat(adaptive.resolvedText())
                .contains("seeds = { target-slope-error = 0.02, max = 200, metric = \"D1\" }");
        Study fixed = small(sizes);
        assertThat(fixed.grid().adaptive()).isEmpty();
        assertThat(fixed.resolvedText()).contains("  seeds = 4\n");
        assertThat(adaptive.hash()).isEqualTo(fixed.hash());
        assertThat(adaptive.settings()).isEqualTo(fixed.settings());
        assertThat(small(sizes, "losses=[]", "grid.seeds={target-slope-error=0.02,max=10,metric=D2}")
                        .grid()
                        .adaptive())
                .contains(new AdaptiveSeeds(0.02, 10, LossName.D2));
        assertThatThrownBy(() -> small(sizes, "grid.seeds={target-slope-error=0.02,max=10,metric=D2}"))
                .isInstanceOf(StudyException.class)
                .hasMessageContaining("grid.seeds = ")
                .hasMessageContaining("needs the loss D2 among losses = [D1] (--set)");
    }

    @Test
    void substitutionsSeeTheFile() {
        assertThat(parse(with("slope = [[1], [-1]]", "slope = ${truth.gate.weight}"))
                        .truth()
                        .atoms()
                        .get(1)
                        .expert())
                .containsExactly(-3, 0);
    }

    @Test
    void aFileIsReadLikeItsText(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("small.conf");
        Files.writeString(file, StudyTexts.SMALL);
        assertThat(StudyTexts.PARSER.parse(file, List.of("grid.seeds=5"))).isEqualTo(small("grid.seeds=5"));
    }
}
