package dev.ratelab.rates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.fit.ascent.FitStatus;
import dev.ratelab.loss.LossName;
import dev.ratelab.loss.Regime;
import dev.ratelab.run.FitRow;
import dev.ratelab.study.Study;
import dev.ratelab.studyfile.StudyParser;
import dev.ratelab.testing.Slow;
import dev.ratelab.testing.SmallStudy;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Recipes that are known to mislead get the verdict that says so. Each is a smaller version of its study file. */
@Slow
class MisleadingRecipesTest {

    private static Study study(String name, String... overrides) {
        return StudyParser.standard().parse(Path.of("conf", "studies", name + ".conf"), List.of(overrides));
    }

    private static List<RateRow> rates(Study study, List<FitRow> rows) {
        return Rates.compute(rows, study.truth().model().atoms());
    }

    private static RateRow rate(List<RateRow> rates, LossName metric) {
        return rates.stream()
                .filter(rate -> rate.metric().equals(metric))
                .filter(rate -> rate.setting().fitted().startRadiusFactor() == 1)
                .findFirst()
                .orElseThrow();
    }

    private static String described(RateRow rate) {
        return rate.metric() + " " + rate.slope() + ": " + rate.judgement().reason();
    }

    /** The checks of a rate that failed. */
    private static List<String> failed(RateRow rate) {
        return rate.trust().names(CheckStatus.FAILED);
    }

    @Test
    void fitsThatAreStoppedEarlyAreNotTrustedForTheirDeficit() {
        Study study = study("misleading-early-stopping", "grid.seeds=6", "grid.sample-sizes=[300,1000,3000,10000]");
        List<FitRow> rows = SmallStudy.inAPlainLoop(study);
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.status()).isEqualTo(FitStatus.EARLY_STOPPED);
            assertThat(row.starts().certified()).isZero();
            assertThat(row.likelihoods().oracle())
                    .as("the polish goes on")
                    .isGreaterThan(row.likelihoods().estimate());
        });
        RateRow rate = rate(rates(study, rows), LossName.D2);
        assertThat(rate.verdict()).as(described(rate)).isEqualTo(Verdict.NOT_TRUSTED);
        assertThat(failed(rate)).containsExactly(TrustChecks.DEFICIT, TrustChecks.CERTIFIED);
        assertThat(rate.judgement().reason()).startsWith("likelihood-deficit: ");
        assertThat(rate.slope()).isNaN();
        assertThat(rate.slopeFinite()).isFinite();
        assertThat(rate.trust().check(TrustChecks.DEFICIT).number()).isGreaterThan(0.5);
    }

    @Test
    void theRuleOnThePredictedGainHasNoDeficitOnTheSameData() {
        Study study = study(
                "misleading-early-stopping",
                "grid.seeds=3",
                "grid.sample-sizes=[300,1000,3000]",
                "fit.stop={rule=predicted-gain}");
        RateRow rate = rate(rates(study, SmallStudy.inAPlainLoop(study)), LossName.D2);
        assertThat(failed(rate)).as(described(rate)).doesNotContain(TrustChecks.DEFICIT, TrustChecks.CERTIFIED);
    }

    @Test
    void aRadiusThatShrinksWithNIsFoundByOtherRadii() {
        Study study = study(
                "misleading-shrinking-start",
                "grid.seeds=8",
                "grid.noise-precision={log-spaced={from=1e7,to=1e13,count=4}}");
        List<RateRow> rates = rates(study, SmallStudy.inAPlainLoop(study));
        RateRow temperature = rate(rates, LossName.error("gate-temperature", Regime.EXACT));
        assertThat(temperature.slope()).as("it is the slope of the radius").isBetween(-0.35, -0.15);
        assertThat(temperature.verdict()).as(described(temperature)).isEqualTo(Verdict.NOT_TRUSTED);
        assertThat(failed(temperature)).containsExactly(TrustChecks.START_RADIUS);
        RateRow identified = rate(rates, LossName.error("intercept", Regime.EXACT));
        assertThat(identified.trust().check(TrustChecks.START_RADIUS).status())
                .as("what the data identify does not depend on the radius: " + described(identified))
                .isEqualTo(CheckStatus.PASSED);
    }

    @Test
    void aSlopeThatDependsOnTheSizesThatAreLeftOutSaysSo() {
        Study study = study("misleading-dropped-sizes", "grid.seeds=10");
        RateRow rate = rate(rates(study, SmallStudy.inAPlainLoop(study)), LossName.D1);
        assertThat(rate.trust().failedCheck()).as(described(rate)).isEqualTo(TrustChecks.SMALL_SIZES);
        assertThat(rate.verdict()).isEqualTo(Verdict.PRE_ASYMPTOTIC);
        assertThat(rate.judgement().reason()).contains("small-sizes: the slope is ");
        List<Double> slopes = rate.slopes().withoutSmallest();
        assertThat(rate.slope() - slopes.get(slopes.size() - 1)).isGreaterThan(0.15);
    }

    @Test
    void looseBoundsLetAWeightVanish() {
        Study loose = study(
                "misleading-loose-bounds",
                "grid.seeds=16",
                "grid.sample-sizes=[200,800,3200,10000]",
                "fit.starts={oracle=2,random=2}");
        RateRow rate = rate(rates(loose, SmallStudy.inAPlainLoop(loose)), LossName.D2);
        assertThat(rate.verdict()).as(described(rate)).isEqualTo(Verdict.NOT_TRUSTED);
        assertThat(failed(rate)).containsExactly(TrustChecks.VANISHING_WEIGHTS);
        assertThat(rate.trust().check(TrustChecks.VANISHING_WEIGHTS).number()).isBetween(-0.75, -0.3);
    }
}
