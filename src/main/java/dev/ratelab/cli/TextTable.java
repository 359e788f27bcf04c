package dev.ratelab.cli;

import java.util.ArrayList;
import java.util.List;

/** A table of text with aligned columns. */
final class TextTable {
    private static final String GAP = "  ";

    private final List<String[]> rows = new ArrayList<>();
    private final boolean[] right;

    /**
     * A table with a header.
     *
     * @param columns titles; one that begins with {@code >} is of a column that is aligned to the right
     */
    TextTable(String... columns) {
        right = new boolean[columns.length];
        String[] header = new String[columns.length];
        for (int c = 0; c < columns.length; c++) {
            right[c] = columns[c].startsWith(">");
            header[c] = right[c] ? columns[c].substring(1) : columns[c];
        }
        rows.add(header);
    }

    void add(String... cells) {
        if (cells.length != right.length) {
            throw new IllegalArgumentException(cells.length + " cells for " + right.length + " columns");
        }
        rows.add(cells);
    }

    @Override
    public String toString() {
        int[] width = new int[right.length];
        for (String[] row : rows) {
            for (int c = 0; c < width.length; c++) {
                width[c] = Math.max(width[c], row[c].length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < width.length; c++) {
                String padding = " ".repeat(width[c] - row[c].length());
                line.append(c == 0 ? "" : GAP)
                        .append(right[c] ? padding : "")
                        .append(row[c])
                        .append(right[c] ? "" : padding);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
