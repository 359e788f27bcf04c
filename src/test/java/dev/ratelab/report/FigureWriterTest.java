package dev.ratelab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.GraphicsEnvironment;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class FigureWriterTest {
    private static final String BLUE = "rgb(0,114,178)";
    private static final String ORANGE = "rgb(213,94,0)";
    private static final String SOLID = "none";
    private static final String DASHED = "6,4";

    /** Coordinates have two decimals, and marks straddle them. */
    private static final double ROUNDING = 0.03;

    /** y = 3 x^-1/2 at 100, 1,000, ... with bars of a factor 2 each way; the first point is hollow. */
    private static List<Point> rootLaw(int points) {
        List<Point> law = new ArrayList<>();
        for (int i = 0; i < points; i++) {
            double x = 100 * StrictMath.pow(10, i);
            double y = 3 / Math.sqrt(x);
            law.add(new Point(x, y, y / 2, y * 2, i == 0));
        }
        return law;
    }

    private static LogLogFigure figure() {
        List<Band.Span> spans = rootLaw(4).stream()
                .map(point -> new Band.Span(point.x(), point.y() / 4, point.y() * 4))
                .toList();
        return new LogLogFigure(
                "a title",
                "sample size n (rows)",
                "mean loss",
                List.of(new Series("points", 0, Series.Style.MARKS, rootLaw(4))),
                List.of(new Band("band", 0, spans)),
                List.of(
                        new ReferenceLine("slope -0.500", 0, false, -0.5, 100, 0.3, 100, 100_000),
                        new ReferenceLine("predicted -0.250", 0, true, -0.25, 100_000, 0.01, 100, 100_000)),
                Optional.of(new SlopePanel(
                        "local slope",
                        List.of(new Series(
                                "", 0, Series.Style.MARKS, List.of(Point.of(300, -0.5), Point.of(3000, -0.4)))),
                        List.of(new SlopePanel.Level(0, true, -0.25)))),
                List.of("a note"));
    }

    @Test
    void theSameFigureHasTheSameBytesInEveryLocale() {
        Locale before = Locale.getDefault();
        byte[] svg = FigureWriter.svg(figure());
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG"));
            assertThat(FigureWriter.svg(figure())).isEqualTo(svg);
        } finally {
            Locale.setDefault(before);
        }
        assertThat(new String(svg, StandardCharsets.UTF_8))
                .startsWith("<?xml")
                .doesNotContain("DOCTYPE", "Dialog", "SansSerif", "NaN");
    }

    @Test
    void marksStandWhereTheDataAre() {
        SvgPicture picture = new SvgPicture(FigureWriter.svg(figure()));
        List<SvgPicture.Place> marks = new ArrayList<>(picture.marks("white"));
        assertThat(marks).as("hollow").hasSize(1);
        marks.addAll(picture.marks(BLUE));
        assertThat(marks).hasSize(4);
        double width = marks.get(1).x() - marks.get(0).x();
        double height = marks.get(1).y() - marks.get(0).y();
        assertThat(width).isGreaterThan(100);
        assertThat(height).as("y is downwards in SVG").isGreaterThan(20);
        for (int i = 0; i < 4; i++) {
            assertThat(marks.get(i).x()).isCloseTo(marks.get(0).x() + i * width, within(ROUNDING));
            assertThat(marks.get(i).y()).isCloseTo(marks.get(0).y() + i * height, within(ROUNDING));
            // The points lie at powers of ten, where the grid is.
            assertThat(picture.verticals().get(i)).isCloseTo(marks.get(i).x(), within(ROUNDING));
        }
        assertThat(picture.texts()).contains("100", "1000", "10000", "100000", "0.1");
    }

    @Test
    void linesBandsAndBarsHaveTheScaleOfTheMarks() {
        SvgPicture picture = new SvgPicture(FigureWriter.svg(figure()));
        SvgPicture.Place first = picture.marks("white").get(0);
        SvgPicture.Place last = picture.marks(BLUE).get(2);
        assertThat(picture.lines(BLUE, SOLID)).hasSize(1);
        assertPath(picture.lines(BLUE, SOLID).get(0), first.x(), first.y(), last.x(), last.y());
        double decade = (last.y() - first.y()) / 1.5;
        List<Double> dashed = picture.lines(BLUE, DASHED).get(0);
        assertThat(picture.lines(BLUE, DASHED)).hasSize(1);
        assertThat(dashed.get(3) - dashed.get(1)).isCloseTo(0.75 * decade, within(ROUNDING));
        double factorFour = decade * StrictMath.log10(4);
        assertThat(picture.bands()).hasSize(1);
        List<Double> band = picture.bands().get(0);
        assertThat(band).hasSize(16);
        assertPath(band.subList(0, 2), first.x(), first.y() + factorFour);
        assertPath(band.subList(14, 16), first.x(), first.y() - factorFour);
        assertThat(picture.bars(BLUE)).hasSize(4).allSatisfy(length -> assertThat(length)
                .isCloseTo(factorFour, within(ROUNDING)));
    }

    private static void assertPath(List<Double> path, double... expected) {
        assertThat(path).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(path.get(i)).isCloseTo(expected[i], within(ROUNDING));
        }
    }

    @Test
    void theLegendNamesSeriesThenLinesThenBands() {
        List<String> texts = new SvgPicture(FigureWriter.svg(figure())).texts();
        assertThat(texts).containsSubsequence("points", "slope -0.500", "predicted -0.250", "band");
        assertThat(texts).contains("a title", "a note", "sample size n (rows)", "mean loss", "local slope");
    }

    @Test
    void aModulusAndAWorstCasePathBesideAFixedTruthAreFigures() {
        List<Point> modulus = new ArrayList<>();
        List<Point> path = new ArrayList<>();
        List<Point> fixed = new ArrayList<>();
        for (int i = 0; i <= 16; i++) {
            double delta = StrictMath.pow(10, -i / 2.0);
            modulus.add(Point.of(delta, Math.sqrt(delta)));
            path.add(Point.of(delta, 2 * Math.sqrt(delta)));
            fixed.add(Point.of(delta, 1));
        }
        LogLogFigure figure = new LogLogFigure(
                "",
                "delta",
                "V(delta)",
                List.of(
                        new Series("V(delta)", 0, Series.Style.LINE, modulus),
                        new Series("worst-case path", 1, Series.Style.MARKS_AND_LINE, path),
                        new Series("fixed truth", 2, Series.Style.LINE, fixed)));
        SvgPicture picture = new SvgPicture(FigureWriter.svg(figure));
        assertThat(picture.lines(BLUE, SOLID)).singleElement().satisfies(line -> assertThat(line)
                .hasSize(34));
        assertThat(picture.marks(BLUE)).isEmpty();
        assertThat(picture.marks(ORANGE)).hasSize(17);
        assertThat(picture.bars(ORANGE)).isEmpty();
        assertThat(picture.texts())
                .contains("V(delta)", "worst-case path", "fixed truth", "10\u207b\u2074", "10\u2070")
                .doesNotContain("local slope");
    }

    @Test
    void aBarThatReachesBelowZeroEndsOnTheAxis() {
        LogLogFigure figure = new LogLogFigure(
                "",
                "n",
                "loss",
                List.of(new Series("one", 0, Series.Style.MARKS, List.of(new Point(10, 1, -3, 2, false)))));
        byte[] svg = FigureWriter.svg(figure);
        assertThat(new String(svg, StandardCharsets.UTF_8)).doesNotContain("NaN", "Infinity", "\u221e", "\ufffd");
        assertThat(new SvgPicture(svg).bars(BLUE)).singleElement().satisfies(length -> assertThat(length)
                .isBetween(100.0, 600.0));
    }

    @Test
    void ticksOfManyDecadesAreThinned() {
        LogLogFigure figure = new LogLogFigure(
                "",
                "n / \u03c3\u00b2",
                "loss",
                List.of(new Series(
                        "one", 0, Series.Style.MARKS, List.of(Point.of(1e-20, 1e-7), Point.of(1e20, 3e-7)))));
        assertThat(new SvgPicture(FigureWriter.svg(figure)).texts())
                .contains("10\u207b\u00b2\u2070", "10\u00b2\u2070", "2\u00b710\u207b\u2077", "n / \u03c3\u00b2")
                .doesNotContain("10\u00b9");
    }

    @Test
    void aFigureIsAsWideAsItsLongestText() {
        String label = "hierarchical(groups=2,outer=laplace) gate, ".repeat(4);
        LogLogFigure figure = new LogLogFigure(
                "", "n", "loss", List.of(new Series(label, 0, Series.Style.MARKS, List.of(Point.of(10, 1)))));
        byte[] svg = FigureWriter.svg(figure);
        assertThat(new SvgPicture(svg).texts()).contains(label);
        assertThat(new String(svg, StandardCharsets.UTF_8)).containsPattern("viewBox=\"0 0 1[0-9]{3} ");
    }

    @Test
    void pngHasTheSizeOfTheSvgTwiceAndIsNotBlank() throws IOException {
        // Where every test must run, the machine must have fonts.
        Assumptions.assumeTrue(
                System.getenv("CI") != null || FigureWriter.pngProblem().isEmpty(), "this machine has no fonts");
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(FigureWriter.png(figure())));
        assertThat(GraphicsEnvironment.isHeadless()).isTrue();
        String svg = new String(FigureWriter.svg(figure()), StandardCharsets.UTF_8);
        assertThat(svg).contains("width=\"" + image.getWidth() / 2 + "\"", "height=\"" + image.getHeight() / 2 + "\"");
        assertThat(image.getWidth()).isEqualTo(1440);
        int coloured = 0;
        Set<Integer> colours = new HashSet<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int pixel = image.getRGB(x, y);
                coloured += pixel == Color.WHITE.getRGB() ? 0 : 1;
                colours.add(pixel);
            }
        }
        assertThat(coloured).isBetween(10_000, image.getWidth() * image.getHeight() / 2);
        assertThat(colours).contains(new Color(0, 114, 178).getRGB());
    }

    @Test
    void wrongNumbersAreRefused() {
        List<Series> negative = List.of(new Series("s", 0, Series.Style.MARKS, List.of(Point.of(1, -1))));
        assertThatThrownBy(() -> new LogLogFigure("", "x", "y", negative))
                .hasMessageContaining("y of series 's' = -1.0");
        assertThatThrownBy(() -> new LogLogFigure("", "x", "y", List.of())).hasMessageContaining("no series");
        assertThatThrownBy(() -> new Series("s", 0, Series.Style.LINE, List.of()))
                .hasMessageContaining("no points");
        assertThatThrownBy(() -> Point.of(0, 1)).hasMessageContaining("x = 0.0");
        assertThatThrownBy(() -> Point.of(1, Double.NaN)).hasMessageContaining("y = NaN");
        assertThatThrownBy(() -> new Point(1, 1, 2, 3, false)).hasMessageContaining("must hold y");
        assertThatThrownBy(() -> new Band.Span(1, 0, 1)).hasMessageContaining("low = 0.0");
        assertThatThrownBy(() -> new Band("", 0, List.of(new Band.Span(2, 1, 1), new Band.Span(1, 1, 1))))
                .hasMessageContaining("ascend");
        assertThatThrownBy(() -> new ReferenceLine("", 0, true, 1, 1, 1, 5, 5)).hasMessageContaining("from = 5.0");
        assertThatThrownBy(() -> new ReferenceLine("", 0, true, -500, 1, 1, 1, 10))
                .hasMessageContaining("right end");
        assertThatThrownBy(() -> FigureFormat.of("pdf")).hasMessageContaining("svg and png");
    }
}
