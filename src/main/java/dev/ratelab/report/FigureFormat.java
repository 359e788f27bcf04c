package dev.ratelab.report;

/** Formats in which figures are written. */
public enum FigureFormat {
    /** Vector graphics with text as text; needs no fonts, and the same figure has the same bytes everywhere. */
    SVG("svg"),
    /** Pixels, twice as many as the SVG has units in each direction; needs the fonts of the machine. */
    PNG("png");

    private final String id;

    FigureFormat(String id) {
        this.id = id;
    }

    /** The name on the command line and the ending of files. */
    public String id() {
        return id;
    }

    /**
     * The format of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static FigureFormat of(String id) {
        for (FigureFormat format : values()) {
            if (format.id.equals(id)) {
                return format;
            }
        }
        throw new IllegalArgumentException("unknown format '" + id + "': svg and png there are");
    }
}
