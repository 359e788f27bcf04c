package dev.ratelab.report;

import java.awt.Dimension;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGGraphics2DIOException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Draws figures. No display is needed: the first use makes the JVM headless. This class is thread-safe. */
public final class FigureWriter {
    private static final String SVG_NAMESPACE = "http://www.w3.org/2000/svg";

    /** Decimals of coordinates in SVG. */
    private static final int DECIMALS = 2;

    /** Pixels to a unit of the SVG. */
    private static final int SCALE = 2;

    static {
        System.setProperty("java.awt.headless", "true");
    }

    private FigureWriter() {}

    /**
     * Writes a figure, over a file of that name if there is one.
     *
     * @throws IllegalStateException if the format is PNG and {@link #pngProblem} is present
     */
    public static void write(LogLogFigure figure, FigureFormat format, Path file) throws IOException {
        Files.write(file, format == FigureFormat.SVG ? svg(figure) : png(figure));
    }

    /** The figure as SVG in UTF-8: the same bytes for the same figure on every machine, with or without fonts. */
    public static byte[] svg(LogLogFigure figure) {
        FigureChart chart = new FigureChart(figure, TableFont::new);
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(emptyDocument());
        context.setComment("Ratelab");
        context.setPrecision(DECIMALS);
        SVGGeneratorContext.GraphicContextDefaults defaults = new SVGGeneratorContext.GraphicContextDefaults();
        // Otherwise the library asks the machine about its default font.
        defaults.setFont(new TableFont(Font.PLAIN, 12));
        context.setGraphicContextDefaults(defaults);
        SvgGraphics graphics = new SvgGraphics(context);
        graphics.setSVGCanvasSize(new Dimension(chart.width(), chart.height()));
        chart.chart().draw(graphics, new Rectangle2D.Double(0, 0, chart.width(), chart.height()));
        StringWriter text = new StringWriter();
        try {
            Element root = graphics.getRoot();
            root.setAttributeNS(null, "viewBox", "0 0 " + chart.width() + " " + chart.height());
            graphics.stream(root, text, true, false);
        } catch (SVGGraphics2DIOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString()
                // Many XML parsers would fetch the document type from the network.
                .replaceFirst("<!DOCTYPE[^>]*>\\s*", "")
                .replace(
                        "font-family:'" + TableFont.FAMILY + "'",
                        "font-family:" + TableFont.FAMILY + ",Arial,sans-serif")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Document emptyDocument() {
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(SVG_NAMESPACE, SVGGraphics2D.SVG_SVG_TAG, null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("every JDK makes XML documents", e);
        }
    }

    /**
     * The figure as PNG. Its text is in the machine's sans-serif font.
     *
     * @throws IllegalStateException if {@link #pngProblem} is present
     */
    public static byte[] png(LogLogFigure figure) {
        pngProblem().ifPresent(problem -> {
            throw new IllegalStateException(problem);
        });
        FigureChart chart = new FigureChart(figure, (style, size) -> new Font(Font.SANS_SERIF, style, size));
        int width = chart.width() * SCALE;
        int height = chart.height() * SCALE;
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            graphics.scale(SCALE, SCALE);
            chart.chart().draw(graphics, new Rectangle2D.Double(0, 0, chart.width(), chart.height()));
        } finally {
            graphics.dispose();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, FigureFormat.PNG.id(), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot encode a picture in memory", e);
        }
        return bytes.toByteArray();
    }

    /** Why this machine cannot draw text in pixels, with what would help; empty if it can. */
    public static Optional<String> pngProblem() {
        Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
        try {
            boolean drawable = graphics.getFontMetrics(new Font(Font.SANS_SERIF, Font.PLAIN, 12))
                            .stringWidth("n")
                    > 0;
            return drawable ? Optional.empty() : Optional.of(missing("its sans-serif font is empty"));
        } catch (RuntimeException | LinkageError | InternalError noFonts) {
            // What Java throws without fonts or without their libraries depends on which is missing, and on whether it
            // is the
            // first attempt.
            Throwable cause = noFonts;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            return Optional.of(missing(String.valueOf(cause.getMessage())));
        } finally {
            graphics.dispose();
        }
    }

    private static String missing(String why) {
        return "PNG needs the fonts of the machine, and Java finds none (" + why
                + "); install fontconfig and a font such as DejaVu, or write --format svg";
    }
}
