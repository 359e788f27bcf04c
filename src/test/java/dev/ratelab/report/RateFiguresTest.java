package dev.ratelab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.loss.Derivation;
import dev.ratelab.loss.FitMeasure;
import dev.ratelab.loss.LossName;
import dev.ratelab.rates.CellSummary;
import dev.ratelab.rates.Cells;
import dev.ratelab.rates.RateRow;
import dev.ratelab.rates.Rates;
import dev.ratelab.run.FitRow;
import dev.ratelab.study.Study;
import dev.ratelab.testing.Slow;
import dev.ratelab.testing.SmallStudy;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateFiguresTest {
    private static final double NAN = Double.NaN;
    private static final Study STUDY = SmallStudy.with();
    private static final List<FitRow> FITS = SmallStudy.inAPlainLoop(STUDY);
    private static final List<CellSummary> CELLS = Cells.compute(FITS);
    private static final List<RateRow> RATES = Rates.compute(FITS, 2);

    private static List<RateFigures.Named> figures(LossName... metrics) {
        return RateFigures.of(STUDY, CELLS, RATES, List.of(metrics), id -> true);
    }

    /** Losses 3 n^-1/2 at three sizes; the precision is n over 0.01. */
    private static RateCurve curve(double slope, double predicted, double certifiedAtFirst) {
        List<RateCurve.Mean> means = IntStream.of(100, 1000, 10_000)
                .mapToObj(n -> new RateCurve.Mean(
                        n / 0.01,
                        n,
                        3 / Math.sqrt(n),
                        0.1 / Math.sqrt(n),
                        1 / Math.sqrt(n),
                        9 / Math.sqrt(n),
                        n == 100 ? certifiedAtFirst : 1))
                .toList();
        return new RateCurve(
                "id-1",
                "softmax gate, linear experts, k = 2",
                LossName.D2,
                means,
                slope,
                slope - 0.02,
                slope + 0.02,
                StrictMath.log(3),
                predicted,
                Double.isNaN(slope) ? List.of() : List.of(-0.5, NAN));
    }

    @Test
    void aSettingAloneShowsPointsBandFitAndPrediction() {
        LogLogFigure figure = RateFigures.alone("study", curve(-0.5, -0.25, 0.8), true);
        assertThat(figure.title()).isEqualTo("study: D2");
        assertThat(figure.xTitle()).startsWith("n / \u03c3\u00b2");
        assertThat(figure.yTitle()).isEqualTo("mean D2");
        List<Point> points = figure.series().get(0).points();
        assertThat(points).extracting(Point::x).containsExactly(1e4, 1e5, 1e6);
        assertThat(points).extracting(Point::hollow).containsExactly(true, false, false);
        assertThat(points.get(0).y()).isCloseTo(0.3, within(1e-12));
        assertThat(points.get(0).low()).isCloseTo(0.28, within(1e-12));
        assertThat(points.get(0).high()).isCloseTo(0.32, within(1e-12));
        assertThat(figure.bands().get(0).spans().get(2)).isEqualTo(new Band.Span(1e6, 0.01, 0.09));
        ReferenceLine fitted = figure.lines().get(0);
        assertThat(fitted.label()).isEqualTo("fitted slope -0.500 [-0.520, -0.480]");
        assertThat(fitted.dashed()).isFalse();
        assertThat(fitted.at(1e4)).isCloseTo(0.3, within(1e-12));
        assertThat(fitted.at(1e6)).isCloseTo(0.03, within(1e-12));
        ReferenceLine predicted = figure.lines().get(1);
        assertThat(predicted.label()).isEqualTo("predicted slope -0.250");
        assertThat(predicted.dashed()).isTrue();
        assertThat(predicted.at(1e6)).as("anchored at the last mean").isCloseTo(0.03, within(1e-12));
        assertThat(predicted.at(1e4)).isCloseTo(0.03 * StrictMath.pow(100, 0.25), within(1e-12));
        SlopePanel panel = figure.panel().orElseThrow();
        assertThat(panel.series()).singleElement().satisfies(series -> assertThat(series.points())
                .as("undefined slopes are left out")
                .singleElement()
                .satisfies(point -> {
                    assertThat(point.x()).isCloseTo(1e4 * Math.sqrt(10), within(1e-6));
                    assertThat(point.y()).isEqualTo(-0.5);
                }));
        assertThat(panel.levels()).extracting(SlopePanel.Level::y).containsExactly(-0.5, -0.25);
        assertThat(String.join(" ", figure.notes())).contains("standard errors", "Hollow", "Dashed: predicted slope");
        assertThat(new SvgPicture(FigureWriter.svg(figure)).texts())
                .contains("fitted slope -0.500 [-0.520, -0.480]", "predicted slope -0.250");
    }

    @Test
    void whatIsUndefinedIsLeftOut() {
        LogLogFigure figure = RateFigures.alone("study", curve(NAN, NAN, 1), false);
        assertThat(figure.xTitle()).isEqualTo("sample size n (rows)");
        assertThat(figure.lines()).isEmpty();
        assertThat(figure.panel()).isEmpty();
        assertThat(String.join(" ", figure.notes())).doesNotContain("Hollow", "predicted");
        assertThat(RateFigures.alone("study", curve(-0.4, NAN, 1), false).lines())
                .singleElement()
                .satisfies(line -> assertThat(line.dashed()).isFalse());
    }

    @Test
    void whatIsPredictedNotToBeIdentifiedHasALevelLine() {
        LogLogFigure figure = RateFigures.alone("study", curve(-0.01, 0, 1), false);
        assertThat(figure.lines().get(1).slope()).isZero();
        assertThat(figure.lines().get(1).label()).isEqualTo("predicted not identified");
        assertThat(String.join(" ", figure.notes())).contains("level").doesNotContain("Dashed: predicted slope");
    }

    @Test
    void severalSettingsShareOneFigureWithALineOfTextEach() {
        LogLogFigure figure = RateFigures.together("study", List.of(curve(-0.5, -0.5, 1), curve(-0.3, NAN, 1)), false);
        assertThat(figure.series())
                .extracting(Series::label)
                .containsExactly(
                        "softmax gate, linear experts, k = 2: slope -0.500 [-0.520, -0.480], predicted slope -0.500",
                        "softmax gate, linear experts, k = 2: slope -0.300 [-0.320, -0.280]");
        assertThat(figure.series()).extracting(Series::colour).containsExactly(0, 1);
        assertThat(figure.lines()).hasSize(3);
        assertThat(figure.bands()).hasSize(2);
        List<RateCurve> many =
                IntStream.range(0, 9).mapToObj(i -> curve(-0.5, -0.5, 1)).toList();
        assertThat(RateFigures.together("study", many, false).bands())
                .as("nine bands would hide each other")
                .isEmpty();
    }

    @Test
    void aStoreHasAFigureOfEachLossAndOneOfEachSetting() {
        String first = STUDY.settings().get(0).id();
        String second = STUDY.settings().get(1).id();
        assertThat(figures(LossName.D1))
                .extracting(RateFigures.Named::name)
                .containsExactly("D1", "D1-" + first, "D1-" + second);
        assertThat(figures(LossName.D1, LossName.D1)).hasSize(3);
        assertThat(RateFigures.of(STUDY, CELLS, RATES, List.of(LossName.D1), id -> id.equals(second)))
                .extracting(RateFigures.Named::name)
                .containsExactly("D1-" + second);
        assertThat(figures())
                .extracting(RateFigures.Named::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[A-Za-z0-9._-]+"));
        double mean = CELLS.stream()
                .filter(cell -> cell.setting().equals(first) && cell.metric().equals(LossName.D1))
                .findFirst()
                .orElseThrow()
                .mean();
        assertThat(figures(LossName.D1)
                        .get(1)
                        .figure()
                        .series()
                        .get(0)
                        .points()
                        .get(0)
                        .y())
                .isEqualTo(mean);
    }

    @Test
    void refusalsSayWhatThereIs() {
        assertThatThrownBy(() -> figures(LossName.of(FitMeasure.D1, Derivation.MERGED)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no loss 'merged-D1'")
                .hasMessageContaining("D1, D2");
        assertThatThrownBy(() -> RateFigures.of(STUDY, List.of(), List.of(), List.of(), id -> true))
                .hasMessageContaining("no summaries");
        assertThatThrownBy(() -> RateFigures.of(STUDY, CELLS, RATES, List.of(), id -> false))
                .hasMessageContaining("no setting")
                .hasMessageContaining(STUDY.settings().get(0).id());
    }

    @Slow
    @Test
    void aWorstCasePathStandsBesideTheFixedTruth() {
        Study study = SmallStudy.with(
                "truth.path=[fixed, worst-case]",
                "grid.fitted-experts=[2]",
                "grid.sample-sizes=[200, 400, 800]",
                "grid.seeds=2",
                "fit.bounds={min-variance=0.01}");
        List<FitRow> fits = SmallStudy.inAPlainLoop(study);
        assertThat(fits.stream().map(row -> row.truthPoint().path()).distinct()).containsExactly("fixed", "worst-case");
        List<RateRow> rates = Rates.compute(fits, 2);
        assertThat(rates.stream().filter(rate -> rate.metric().equals(LossName.D1)))
                .hasSize(2)
                .satisfiesExactly(fixed -> assertThat(fixed.predicted().slope()).isEqualTo(-0.5), moved -> {
                    assertThat(moved.setting().truthPath()).isEqualTo("worst-case");
                    assertThat(moved.predicted().slope()).isNaN();
                    assertThat(moved.predicted().source()).contains("worst case of each sample size");
                });
        LogLogFigure together = RateFigures.of(study, Cells.compute(fits), rates, List.of(LossName.D1), id -> true)
                .get(0)
                .figure();
        assertThat(together.series()).hasSize(2);
        assertThat(together.series().get(0).label()).doesNotContain("path");
        assertThat(together.series().get(1).label()).contains("k = 2, worst-case path");
        assertThat(together.series().get(1).colour())
                .isNotEqualTo(together.series().get(0).colour());
    }
}
