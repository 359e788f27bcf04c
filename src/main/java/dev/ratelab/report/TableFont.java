package dev.ratelab.report;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.font.FontRenderContext;
import java.awt.font.LineMetrics;
import java.awt.font.TextAttribute;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.text.AttributedCharacterIterator;
import java.text.CharacterIterator;
import java.util.Map;

/**
 * Helvetica as a table of widths, so that text in SVG can be laid out without the fonts of the machine: those of a JDK may be
 * missing altogether, and differ between machines. It has no glyphs; whatever shows the SVG brings them.
 */
final class TableFont extends Font {
    private static final long serialVersionUID = 1L;

    static final String FAMILY = "Helvetica";

    /** Widths of the characters from space to tilde, thousandths of the size. */
    private static final int[] WIDTHS = {
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556,
                556,
        556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556,
                833,
        722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500,
                556,
        556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500,
                334,
        260, 334, 584
    };

    private static final int OTHER_WIDTH = 556;
    private static final int SUPERSCRIPT_WIDTH = 333;
    private static final double BOLD = 1.07;
    private static final float ASCENT = 0.77f;
    private static final float DESCENT = 0.23f;

    TableFont(int style, int size) {
        super(FAMILY, style, size);
    }

    private double width(CharSequence text) {
        long sum = 0;
        for (int i = 0; i < text.length(); i++) {
            sum += width(text.charAt(i));
        }
        return sum * size / 1000.0 * (isBold() ? BOLD : 1);
    }

    private static int width(char character) {
        if (character >= ' ' && character <= '~') {
            return WIDTHS[character - ' '];
        }
        boolean superscript = character == '\u00b9'
                || character == '\u00b2'
                || character == '\u00b3'
                || (character >= '\u2070' && character <= '\u207f');
        return superscript ? SUPERSCRIPT_WIDTH : OTHER_WIDTH;
    }

    /** The same widths as metrics. */
    FontMetrics metrics() {
        return new Metrics(this);
    }

    @Override
    public String getFamily() {
        return FAMILY;
    }

    @Override
    public LineMetrics getLineMetrics(String text, FontRenderContext context) {
        return new Line(text.length(), size);
    }

    @Override
    public LineMetrics getLineMetrics(String text, int begin, int limit, FontRenderContext context) {
        return new Line(limit - begin, size);
    }

    @Override
    public LineMetrics getLineMetrics(char[] text, int begin, int limit, FontRenderContext context) {
        return new Line(limit - begin, size);
    }

    @Override
    public LineMetrics getLineMetrics(CharacterIterator text, int begin, int limit, FontRenderContext context) {
        return new Line(limit - begin, size);
    }

    @Override
    public Rectangle2D getStringBounds(String text, FontRenderContext context) {
        return new Rectangle2D.Double(0, -ASCENT * size, width(text), (ASCENT + DESCENT) * size);
    }

    @Override
    public Font deriveFont(int newStyle, float newSize) {
        return new TableFont(newStyle, Math.round(newSize));
    }

    @Override
    public Font deriveFont(float newSize) {
        return new TableFont(style, Math.round(newSize));
    }

    @Override
    public Font deriveFont(int newStyle) {
        return new TableFont(newStyle, size);
    }

    /** Understands a size alone. */
    @Override
    public Font deriveFont(Map<? extends AttributedCharacterIterator.Attribute, ?> attributes) {
        return attributes.get(TextAttribute.SIZE) instanceof Number newSize
                ? deriveFont(newSize.floatValue())
                : deriveFont(style);
    }

    @Override
    public Font deriveFont(AffineTransform transform) {
        throw new UnsupportedOperationException("a font of widths alone cannot be transformed");
    }

    private static final class Metrics extends FontMetrics {
        private static final long serialVersionUID = 1L;

        Metrics(TableFont font) {
            super(font);
        }

        private TableFont table() {
            return (TableFont) font;
        }

        @Override
        public int getAscent() {
            return Math.round(ASCENT * font.getSize());
        }

        @Override
        public int getDescent() {
            return Math.round(DESCENT * font.getSize());
        }

        @Override
        public int stringWidth(String text) {
            return (int) Math.ceil(table().width(text));
        }

        @Override
        public int charWidth(char character) {
            return stringWidth(String.valueOf(character));
        }

        @Override
        public int charsWidth(char[] data, int offset, int length) {
            return stringWidth(new String(data, offset, length));
        }
    }

    private static final class Line extends LineMetrics {
        private final int characters;
        private final int size;

        Line(int characters, int size) {
            this.characters = characters;
            this.size = size;
        }

        @Override
        public int getNumChars() {
            return characters;
        }

        @Override
        public float getAscent() {
            return ASCENT * size;
        }

        @Override
        public float getDescent() {
            return DESCENT * size;
        }

        @Override
        public float getLeading() {
            return 0;
        }

        @Override
        public float getHeight() {
            return (ASCENT + DESCENT) * size;
        }

        @Override
        public int getBaselineIndex() {
            return Font.ROMAN_BASELINE;
        }

        @Override
        public float[] getBaselineOffsets() {
            return new float[] {0, 0, 0};
        }

        @Override
        public float getStrikethroughOffset() {
            return -ASCENT * size / 3;
        }

        @Override
        public float getStrikethroughThickness() {
            return size / 20f;
        }

        @Override
        public float getUnderlineOffset() {
            return size / 10f;
        }

        @Override
        public float getUnderlineThickness() {
            return size / 20f;
        }
    }
}
