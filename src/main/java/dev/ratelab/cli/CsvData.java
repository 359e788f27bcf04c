package dev.ratelab.cli;

import dev.ratelab.data.CsvColumns;
import dev.ratelab.data.CsvException;
import dev.ratelab.data.Sample;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the columns of a fit from a CSV file with a header line. */
final class CsvData {
    /** Stands for standard input. */
    static final String STANDARD_INPUT = "-";

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
        List<String> names = new ArrayList<>(inputs);
        names.add(response);
        try (Reader reader = open(file)) {
            double[][] columns = CsvColumns.read(reader, name, names, Long.MAX_VALUE);
            return Sample.of(Arrays.copyOf(columns, inputs.size()), columns[inputs.size()]);
        } catch (CsvException e) {
            throw CommandException.usage(e.getMessage(), e);
        } catch (NoSuchFileException e) {
            throw CommandException.usage("data file " + file + " does not exist", e);
        } catch (IOException e) {
            throw CommandException.usage("data file " + name + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Reader open(String file) throws IOException {
        return file.equals(STANDARD_INPUT)
                ? new InputStreamReader(System.in, StandardCharsets.UTF_8)
                : Files.newBufferedReader(Path.of(file), StandardCharsets.UTF_8);
    }
}
