package dev.ratelab.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads columns of finite numbers from CSV with a header line. */
public final class CsvColumns {
    private static final int BYTE_ORDER_MARK = 0xFEFF;

    /** The longest first line, in characters: what has none so long, such as a device, may have no end. */
    private static final int LONGEST_HEADER = 1_000_000;

    private CsvColumns() {}

    /**
     * Reads columns by name.
     *
     * @param reader where the text comes from, closed at the end; a byte-order mark that some spreadsheets put first is
     *     skipped
     * @param source what messages call the text, such as a file name
     * @param names names of the columns to read; other columns are ignored; empty: all columns
     * @param most the most numbers that are read
     * @return {@code [column][row]}, in the order of the names, or of the file; at least one row
     * @throws CsvException naming line, column and value of what is not a finite number, or saying what else is wrong
     */
    public static double[][] read(Reader reader, String source, List<String> names, long most) {
        try (BufferedReader text = begun(reader, source);
                CSVParser parser = CSVFormat.DEFAULT
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .setTrim(true)
                        .setIgnoreEmptyLines(true)
                        .get()
                        .parse(text)) {
            List<String> wanted = names.isEmpty() ? new ArrayList<>(parser.getHeaderNames()) : names;
            int[] positions = positions(parser, wanted, source);
            double[][] columns = new double[wanted.size()][1024];
            int fields = parser.getHeaderNames().size();
            int rows = 0;
            for (CSVRecord line : parser) {
                if (line.size() != fields) {
                    throw new CsvException(source + ":" + parser.getCurrentLineNumber() + ": the row has " + line.size()
                            + " fields, the header " + fields);
                }
                for (int c = 0; c < columns.length; c++) {
                    if (rows == columns[c].length) {
                        columns[c] = Arrays.copyOf(columns[c], 2 * rows);
                    }
                    columns[c][rows] =
                            number(line.get(positions[c]), wanted.get(c), source, parser.getCurrentLineNumber());
                }
                rows++;
                if ((long) rows * columns.length > most) {
                    throw new CsvException(source + ":" + parser.getCurrentLineNumber() + ": there are more than "
                            + most + " numbers, the most that may be read; name fewer columns, or leave out rows");
                }
            }
            if (rows == 0) {
                throw new CsvException(source + " has a header but no rows");
            }
            for (int c = 0; c < columns.length; c++) {
                columns[c] = Arrays.copyOf(columns[c], rows);
            }
            return columns;
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw new CsvException("data file " + source + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The text without a byte-order mark, if it begins with a line. */
    private static BufferedReader begun(Reader reader, String source) throws IOException {
        BufferedReader buffered = new BufferedReader(reader);
        buffered.mark(LONGEST_HEADER);
        int length = 0;
        for (int c = buffered.read(); c >= 0 && c != '\n' && c != '\r'; c = buffered.read()) {
            length++;
            if (length == LONGEST_HEADER) {
                throw new CsvException(source + " does not begin with a line of column names: the first line has "
                        + LONGEST_HEADER + " characters or more");
            }
        }
        buffered.reset();
        buffered.mark(1);
        if (buffered.read() != BYTE_ORDER_MARK) {
            buffered.reset();
        }
        return buffered;
    }

    private static int[] positions(CSVParser parser, List<String> names, String source) {
        List<String> header = parser.getHeaderNames();
        int[] positions = new int[names.size()];
        for (int c = 0; c < positions.length; c++) {
            positions[c] = header.indexOf(names.get(c));
            if (positions[c] < 0) {
                throw new CsvException(
                        source + " has no column '" + names.get(c) + "'; it has " + String.join(", ", header));
            }
            if (header.lastIndexOf(names.get(c)) != positions[c]) {
                throw new CsvException(source + " has two columns '" + names.get(c) + "'");
            }
        }
        return positions;
    }

    private static double number(String text, String column, String source, long lineNumber) {
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // The message below says what is wrong.
        }
        throw new CsvException(source + ":" + lineNumber + ": " + column + " = '" + text + "' is not a finite number");
    }
}
