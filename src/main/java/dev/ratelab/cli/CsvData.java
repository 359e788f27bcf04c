package dev.ratelab.cli;

import dev.ratelab.data.Sample;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads the columns of a fit from a CSV file with a header line. */
final class CsvData {
    /** Stands for standard input. */
    static final String STANDARD_INPUT = "-";

    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private CsvData() {}

    /**
     * Reads a sample.
     *
     * @param file path of the file, or {@value #STANDARD_INPUT}
     * @param inputs names of the input columns, in the order of the sample's coordinates
     * @param response name of the response column
     * @throws CommandException naming line, column and value of what is not a finite number
     */
    static Sample read(String file, List<String> inputs, String response) {
        String name = file.equals(STANDARD_INPUT) ? "standard input" : file;
        try (Reader reader = open(file);
                CSVParser parser = CSVFormat.DEFAULT
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .setTrim(true)
                        .setIgnoreEmptyLines(true)
                        .get()
                        .parse(reader)) {
            List<String> names = new ArrayList<>(inputs);
            names.add(response);
            int[] positions = positions(parser, names, name);
            double[][] columns = new double[names.size()][1024];
            int fields = parser.getHeaderNames().size();
            int rows = 0;
            for (CSVRecord line : parser) {
                if (line.size() != fields) {
                    throw new CommandException(
                            ExitCode.USAGE,
                            name + ":" + parser.getCurrentLineNumber() + ": the row has " + line.size()
                                    + " fields, the header " + fields);
                }
                for (int c = 0; c < columns.length; c++) {
                    if (rows == columns[c].length) {
                        columns[c] = Arrays.copyOf(columns[c], 2 * rows);
                    }
                    columns[c][rows] = number(line, positions[c], names.get(c), name, parser.getCurrentLineNumber());
                }
                rows++;
            }
            if (rows == 0) {
                throw new CommandException(ExitCode.USAGE, name + " has a header but no rows");
            }
            for (int c = 0; c < columns.length; c++) {
                columns[c] = Arrays.copyOf(columns[c], rows);
            }
            return Sample.of(Arrays.copyOf(columns, inputs.size()), columns[inputs.size()]);
        } catch (NoSuchFileException e) {
            throw new CommandException(ExitCode.USAGE, "data file " + file + " does not exist", e);
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, "data file " + name + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** A reader without the byte-order mark that some spreadsheets put first. */
    private static Reader open(String file) throws IOException {
        BufferedReader reader = file.equals(STANDARD_INPUT)
                ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                : Files.newBufferedReader(Path.of(file), StandardCharsets.UTF_8);
        reader.mark(1);
        if (reader.read() != BYTE_ORDER_MARK) {
            reader.reset();
        }
        return reader;
    }

    private static int[] positions(CSVParser parser, List<String> names, String file) {
        List<String> header = parser.getHeaderNames();
        int[] positions = new int[names.size()];
        for (int c = 0; c < positions.length; c++) {
            positions[c] = header.indexOf(names.get(c));
            if (positions[c] < 0) {
                throw new CommandException(
                        ExitCode.USAGE,
                        file + " has no column '" + names.get(c) + "'; it has " + String.join(", ", header));
            }
        }
        return positions;
    }

    private static double number(CSVRecord line, int position, String column, String file, long lineNumber) {
        String text = position < line.size() ? line.get(position) : "";
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // The message below says what is wrong.
        }
        throw new CommandException(
                ExitCode.USAGE, file + ":" + lineNumber + ": " + column + " = '" + text + "' is not a finite number");
    }
}
