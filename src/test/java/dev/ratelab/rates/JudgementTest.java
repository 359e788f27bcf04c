package dev.ratelab.rates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.testing.Records;
import dev.ratelab.theory.Prediction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Verdicts at the ends of the ranges that the rules name: the last number of the one verdict and the first of the next. */
class JudgementTest {
    private static final double NEXT = 1e-9;
    private static final Prediction HALF = new Prediction(-0.5, "a theorem", Prediction.PROVED_SEEN);
    private static final Prediction AT_MOST_HALF = Prediction.atMost(-0.5, "a theorem", Prediction.PROVED_SEEN);
    private static final Prediction NOT_IDENTIFIED = Prediction.notIdentified("an identity", Prediction.DERIVED);
    private static final int[] SIZES = {100, 200, 400, 800, 1600, 3200, 6400, 12800};
    private static final RateFit FIT = RateFit.of(Fits.observations(SIZES, 20, n -> 1 / Math.sqrt(n), 0.1, 7));

    /** A rate without curvature. */
    private static RateFit rate(double low, double slope, double high) {
        Slopes slopes = Records.with(FIT.slopes(), Map.of("mean", new Slope(slope, low, high)));
        return with(FIT, Map.of("slopes", slopes, "curvature", new Slope(0, -1, 1)));
    }

    /** A rate whose halves have these slopes, which differ significantly. */
    private static RateFit curved(RateFit rate, double lowerHalf, double upperHalf) {
        Slopes slopes = Records.with(rate.slopes(), Map.of("lowerHalf", lowerHalf, "upperHalf", upperHalf));
        boolean rises = upperHalf > lowerHalf;
        return with(
                rate,
                Map.of(
                        "slopes",
                        slopes,
                        "curvature",
                        new Slope(upperHalf - lowerHalf, rises ? NEXT : -2.0, rises ? 2.0 : -NEXT)));
    }

    private static RateFit with(RateFit rate, Map<String, ?> changes) {
        return Records.with(rate, new HashMap<>(changes));
    }

    private static Verdict verdict(double low, double slope, double high, Prediction prediction) {
        return Judgement.compareAlone(rate(low, slope, high), prediction).verdict();
    }

    @Test
    void anIntervalThatEndsAtThePredictionHoldsIt() {
        assertThat(verdict(-0.5, -0.4, -0.3, HALF)).isEqualTo(Verdict.AGREES);
        assertThat(verdict(-0.5 + NEXT, -0.4, -0.3, HALF)).isEqualTo(Verdict.SLOWER);
        assertThat(verdict(-0.7, -0.6, -0.5, HALF)).isEqualTo(Verdict.AGREES);
        assertThat(verdict(-0.7, -0.6, -0.5 - NEXT, HALF)).isEqualTo(Verdict.FASTER);
    }

    @Test
    void aSlopeWithinTheToleranceAgreesHoweverShortItsInterval() {
        assertThat(verdict(-0.4803, -0.4802, -0.4801, HALF)).isEqualTo(Verdict.AGREES);
        assertThat(verdict(-0.4799, -0.4798, -0.4797, HALF)).isEqualTo(Verdict.SLOWER);
        assertThat(verdict(-0.5199, -0.5198, -0.5197, HALF)).isEqualTo(Verdict.AGREES);
        assertThat(verdict(-0.5203, -0.5202, -0.5201, HALF)).isEqualTo(Verdict.FASTER);
        assertThat(verdict(-0.041, -0.04, -0.039, new Prediction(-0.02, "a theorem", Prediction.PROVED_SEEN)))
                .as("off by the tolerance, to the last bit")
                .isEqualTo(Verdict.AGREES);
        assertThat(Judgement.compareAlone(rate(-0.4803, -0.4802, -0.4801), HALF).reason())
                .isEqualTo("slope -0.480 is within 0.02 of the predicted -0.500");
        assertThat(Judgement.compareAlone(rate(-0.5, -0.48, -0.46), HALF).reason())
                .isEqualTo("interval [-0.500, -0.460] holds the predicted -0.500");
    }

    @Test
    void anIntervalThatReachesZeroDecidesNothing() {
        assertThat(verdict(-0.6, -0.3, -NEXT, HALF)).isEqualTo(Verdict.AGREES);
        assertThat(verdict(-0.6, -0.3, 0, HALF)).isEqualTo(Verdict.UNDECIDED);
        assertThat(verdict(-0.02, -0.01, NEXT, new Prediction(-0.01, "a theorem", Prediction.PROVED_SEEN)))
                .as("whether the interval holds the prediction or the slope is near it")
                .isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void flatIsWhatLiesWithinTheFlatSlopesOnBothSides() {
        assertThat(verdict(-0.05, 0, 0.05, HALF)).isEqualTo(Verdict.FLAT);
        assertThat(verdict(-0.05 - NEXT, 0, 0.05, HALF)).isEqualTo(Verdict.SLOWER);
        assertThat(verdict(-0.05, 0, 0.05 + NEXT, HALF)).isEqualTo(Verdict.SLOWER);
    }

    @Test
    void whatIsNotIdentifiedAgreesWithFlatOnly() {
        assertThat(verdict(-0.05, 0, 0.05, NOT_IDENTIFIED)).isEqualTo(Verdict.AGREES);
        assertThat(verdict(-0.05 - NEXT, 0, 0.05, NOT_IDENTIFIED)).isEqualTo(Verdict.UNDECIDED);
        assertThat(verdict(-0.05, 0, 0.05 + NEXT, NOT_IDENTIFIED)).isEqualTo(Verdict.UNDECIDED);
        assertThat(verdict(-0.2, -0.1, 0, NOT_IDENTIFIED)).isEqualTo(Verdict.UNDECIDED);
        assertThat(verdict(-0.2, -0.1, -NEXT, NOT_IDENTIFIED)).isEqualTo(Verdict.FASTER);
        assertThat(verdict(0, 0.1, 0.2, NOT_IDENTIFIED)).isEqualTo(Verdict.UNDECIDED);
        assertThat(verdict(NEXT, 0.1, 0.2, NOT_IDENTIFIED)).isEqualTo(Verdict.SLOWER);
        assertThat(Judgement.compareAlone(rate(-0.04, 0, 0.04), NOT_IDENTIFIED).reason())
                .isEqualTo("interval [-0.040, 0.040] lies within 0.05 of zero: not identified, as predicted");
        assertThat(Judgement.compareAlone(rate(-0.4, 0, 0.4), NOT_IDENTIFIED).reason())
                .isEqualTo("interval [-0.400, 0.400] holds the predicted zero, but is wider than 0.05 around it");
    }

    /** The interval is above the prediction; the halves say where the slope goes. */
    @ParameterizedTest
    @CsvSource({
        "-0.2, -0.3, PRE_ASYMPTOTIC",
        "-0.3, -0.2, SLOWER",
        "-0.4, -0.59, PRE_ASYMPTOTIC",
        "-0.4, -0.6, SLOWER",
        "-0.4, -0.61, SLOWER"
    })
    void preAsymptoticIsACurveWhoseUpperHalfIsNearer(double lowerHalf, double upperHalf, Verdict expected) {
        RateFit rate = curved(rate(-0.3, -0.25, -0.2), lowerHalf, upperHalf);
        assertThat(Judgement.compareAlone(rate, HALF).verdict()).isEqualTo(expected);
    }

    @Test
    void aCurveCountsOnlyIfItsIntervalExcludesZero() {
        RateFit towards = curved(rate(-0.3, -0.25, -0.2), -0.2, -0.3);
        assertThat(towards.curved()).isTrue();
        RateFit touching = with(towards, Map.of("curvature", new Slope(0, -2.0, 0.0)));
        assertThat(touching.curved()).isFalse();
        assertThat(Judgement.compareAlone(touching, HALF).verdict()).isEqualTo(Verdict.SLOWER);
        assertThat(with(towards, Map.of("curvature", new Slope(0, 0.0, 2.0))).curved())
                .isFalse();
        assertThat(with(towards, Map.of("curvature", new Slope(0, NEXT, 2.0))).curved())
                .isTrue();
    }

    @Test
    void anAgreementOfACurveSaysSo() {
        RateFit agreeing = curved(rate(-0.6, -0.5, -0.4), -0.7, -0.3);
        assertThat(Judgement.compareAlone(agreeing, HALF).reason())
                .isEqualTo("interval [-0.600, -0.400] holds the predicted -0.500; but the slope changes from -0.700"
                        + " (smaller sizes) to -0.300 (larger sizes)");
    }

    @Test
    void onlyAnUpperBoundExplainsWhatIsFaster() {
        RateFit faster = rate(-0.8, -0.7, -0.6);
        assertThat(Judgement.compareAlone(faster, HALF).reason())
                .isEqualTo("interval [-0.800, -0.600] is below the predicted -0.500");
        assertThat(Judgement.compareAlone(faster, AT_MOST_HALF).reason())
                .isEqualTo("interval [-0.800, -0.600] is below the predicted -0.500; theory bounds the loss from above,"
                        + " which a faster fall does not contradict");
    }

    /** Over 100, 200, ..., 12800 the slope of {@code (log n / n)^0.5} is {@code -0.5 (1 - slope of log log n on log n)}. */
    @Test
    void onlyALogarithmThatReachesTheIntervalExplainsWhatIsSlower() {
        double sumX = 0;
        double sumY = 0;
        for (int n : SIZES) {
            sumX += Math.log(n) / SIZES.length;
            sumY += Math.log(Math.log(n)) / SIZES.length;
        }
        double products = 0;
        double squares = 0;
        for (int n : SIZES) {
            products += (Math.log(n) - sumX) * (Math.log(Math.log(n)) - sumY);
            squares += (Math.log(n) - sumX) * (Math.log(n) - sumX);
        }
        double bound = -0.5 * (1 - products / squares);
        assertThat(Judgement.compareAlone(rate(bound - NEXT, -0.3, -0.2), AT_MOST_HALF)
                        .reason())
                .contains("; but not above the upper bound (log n / n)^0.500, whose slope over these sizes is -0.4");
        assertThat(Judgement.compareAlone(rate(bound + NEXT, -0.3, -0.2), AT_MOST_HALF)
                        .reason())
                .endsWith("is above the predicted -0.500");
        RateFit tiny = with(rate(-0.499, -0.3, -0.2), Map.of("sampleSizes", List.of(2, 4, 8)));
        assertThat(Judgement.compareAlone(tiny, AT_MOST_HALF).reason())
                .as("log log 2 is negative")
                .endsWith("is above the predicted -0.500");
        RateFit three = with(rate(-0.499, -0.3, -0.2), Map.of("sampleSizes", List.of(3, 30, 300)));
        assertThat(Judgement.compareAlone(three, AT_MOST_HALF).reason()).contains("; but not above the upper bound");
    }

    private static Trust failed(String... gates) {
        return new Trust(List.of(gates).stream()
                .map(gate -> TrustCheck.of(gate, CheckStatus.FAILED, 1, "because"))
                .toList());
    }

    @Test
    void smallSizesAloneLeaveWhatIsPreAsymptotic() {
        RateFit towards = curved(rate(-0.3, -0.25, -0.2), -0.2, -0.3);
        Judgement alone = Judgement.of(towards, HALF, failed(TrustChecks.SMALL_SIZES));
        assertThat(alone.verdict()).isEqualTo(Verdict.PRE_ASYMPTOTIC);
        assertThat(alone.reason()).endsWith("; small-sizes: because");
        assertThat(Judgement.of(towards, HALF, failed(TrustChecks.SMALL_SIZES, TrustChecks.DEFICIT))
                        .verdict())
                .isEqualTo(Verdict.NOT_TRUSTED);
        assertThat(Judgement.of(towards, HALF, failed(TrustChecks.DEFICIT)).verdict())
                .isEqualTo(Verdict.NOT_TRUSTED);
        assertThat(Judgement.of(rate(-0.6, -0.5, -0.4), HALF, failed(TrustChecks.SMALL_SIZES))
                        .verdict())
                .as("what agrees is not excused")
                .isEqualTo(Verdict.NOT_TRUSTED);
    }

    @Test
    void theStartRadiusAloneLeavesWhatIsFlatAsPredicted() {
        RateFit flat = rate(-0.01, 0, 0.01);
        assertThat(Judgement.of(flat, NOT_IDENTIFIED, failed(TrustChecks.START_RADIUS))
                        .verdict())
                .isEqualTo(Verdict.AGREES);
        assertThat(Judgement.of(flat, NOT_IDENTIFIED, failed(TrustChecks.DEFICIT))
                        .verdict())
                .isEqualTo(Verdict.NOT_TRUSTED);
        assertThat(Judgement.of(rate(-0.2, -0.1, -0.06), NOT_IDENTIFIED, failed(TrustChecks.START_RADIUS))
                        .verdict())
                .isEqualTo(Verdict.NOT_TRUSTED);
        assertThat(Judgement.of(rate(-0.6, -0.5, -0.4), HALF, failed(TrustChecks.START_RADIUS))
                        .verdict())
                .isEqualTo(Verdict.NOT_TRUSTED);
    }

    @Test
    void whatIsUndecidedNeedsNoWarning() {
        Trust warned = new Trust(List.of(TrustCheck.of(TrustChecks.BOUNDS, CheckStatus.WARNED, 1, "at a bound")));
        assertThat(Judgement.of(rate(-0.6, -0.3, 0.1), HALF, warned).reason()).doesNotContain("warned");
        assertThat(Judgement.of(rate(-0.3, -0.25, -0.2), HALF, warned).reason()).endsWith("; warned by bounds");
    }
}
