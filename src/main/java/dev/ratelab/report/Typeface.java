package dev.ratelab.report;

import java.awt.Font;

/** Where the fonts of a figure come from. */
interface Typeface {
    /**
     * A font.
     *
     * @param style {@link Font#PLAIN} or {@link Font#BOLD}
     * @param size in units of the figure
     */
    Font font(int style, int size);
}
