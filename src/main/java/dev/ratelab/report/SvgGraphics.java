package dev.ratelab.report;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;

/** Draws SVG with text laid out by {@link TableFont}. */
final class SvgGraphics extends SVGGraphics2D {
    SvgGraphics(SVGGeneratorContext context) {
        super(context, false);
    }

    private SvgGraphics(SvgGraphics parent) {
        super(parent);
    }

    @Override
    public Graphics create() {
        return new SvgGraphics(this);
    }

    /** @throws IllegalStateException for a font of the machine: the picture would depend on the machine */
    @Override
    public FontMetrics getFontMetrics(Font font) {
        if (font instanceof TableFont table) {
            return table.metrics();
        }
        throw new IllegalStateException("the chart uses the machine's font " + font.getName());
    }
}
