package dev.ratelab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratelab.run.FitKey;
import dev.ratelab.run.FitRow;
import dev.ratelab.run.FitRunner;
import dev.ratelab.study.Setting;
import dev.ratelab.study.Study;
import dev.ratelab.testing.SmallStudy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FitCommandTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"2, 300, 1", "2, 1000, 2", "3, 300, 1", "3, 1000, 2"})
    void theDataOfAStudysFitGiveItsEstimate(int experts, int sampleSize, int seed) throws IOException {
        Path file = Files.writeString(directory.resolve("small.conf"), SmallStudy.text());
        Path data = sample(file, sampleSize, seed);
        Study study = SmallStudy.with("fit.starts.oracle=20", "fit.starts.random=20");
        Setting setting = study.settings().get(experts - 2);
        FitRow row = new FitRunner(study).run(new FitKey(setting.id(), sampleSize, seed));
        JsonNode fit = fit(data, "x1", experts, "--bounds", file, "--starts", 60);
        assertThat(fit.get("log_likelihood").asDouble())
                .isCloseTo(row.likelihoods().estimate(), within(1e-6));
        assertThat(fit.get("status").asText()).isEqualTo(row.status().name());
        assertThat(strings(fit.get("active_bounds")))
                .isEqualTo(row.certificate().activeBounds());
        List<double[]> expected = new ArrayList<>();
        for (FitRow.StoredAtom atom : row.atoms()) {
            expected.add(new double[] {
                atom.expert().get("intercept").get(0),
                atom.expert().get("slope").get(0),
                atom.variance(),
                atom.gate().get("gate-bias").get(0),
                atom.gate().get("gate-weight").get(0)
            });
        }
        assertSameAtoms(atoms(fit), expected, 1e-5);
    }

    @Test
    void standardInputIsReadLikeAFile() throws IOException {
        Path data = write("data.csv", toy(300, 1, 5, 1));
        JsonNode expected = fit(data, "x1", 2);
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream(Files.readAllBytes(data)));
            assertThat(fit("-", "x1", 2)).isEqualTo(expected);
            System.setIn(new ByteArrayInputStream("x1,y\n1,a\n".getBytes(StandardCharsets.UTF_8)));
            assertThat(run("-", "x1", 2).refusal()).contains("standard input:2: y = 'a' is not a finite number");
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void aHundredThousandRowsAreCertifiedWhateverTheOrderOfColumnsAndNames() throws IOException {
        double[][] rows = toy(100_000, 2, 3, 3);
        JsonNode first = fit(write("a.csv", rows), "x1,x2", 3, "--starts", 3);
        assertThat(first.get("status").asText()).isEqualTo("CONVERGED");
        assertThat(first.get("log_likelihood").asDouble()).isGreaterThan(-2.3 * rows.length);
        Path permuted = directory.resolve("b.csv");
        StringBuilder text = new StringBuilder("y,unused,x2,x1\n");
        for (double[] row : rows) {
            text.append(row[2])
                    .append(",text,")
                    .append(row[1])
                    .append(',')
                    .append(row[0])
                    .append('\n');
        }
        Files.writeString(permuted, text);
        JsonNode second = fit(permuted, "x2,x1", 3, "--starts", 3);
        assertThat(second.get("log_likelihood")).isEqualTo(first.get("log_likelihood"));
        assertThat(second.get("newton_decrement")).isEqualTo(first.get("newton_decrement"));
        assertThat(second.get("iterations")).isEqualTo(first.get("iterations"));
        for (int i = 0; i < 3; i++) {
            JsonNode left = first.get("atoms").get(i);
            JsonNode right = second.get("atoms").get(i);
            for (String name : List.of("gate-bias", "intercept", "variance")) {
                assertThat(right.get(name)).isEqualTo(left.get(name));
            }
            for (String name : List.of("gate-weight", "slope")) {
                assertThat(right.get(name).get(0)).isEqualTo(left.get(name).get(1));
                assertThat(right.get(name).get(1)).isEqualTo(left.get(name).get(0));
            }
        }
    }

    @Test
    void anEarlierResultIsAStart() throws IOException {
        Path data = write("data.csv", toy(500, 2, 4, 2));
        CommandRun earlier = run(data, "x2,x1", 2);
        Path start = Files.writeString(directory.resolve("start.json"), earlier.printed());
        JsonNode again = fit(data, "x2,x1", 2, "--start", start);
        assertThat(again.get("starts").asInt()).isEqualTo(1);
        assertThat(again.get("status").asText()).isEqualTo("CONVERGED");
        assertThat(again.get("log_likelihood").asDouble())
                .isCloseTo(earlier.json().get("log_likelihood").asDouble(), within(1e-9));
        for (int i = 0; i < 2; i++) {
            assertThat(again.get("atoms").get(i).get("slope").get(0).asDouble())
                    .isCloseTo(
                            earlier.json()
                                    .get("atoms")
                                    .get(i)
                                    .get("slope")
                                    .get(0)
                                    .asDouble(),
                            within(1e-6));
        }
    }

    @Test
    void boundsAndSmallestVarianceHold() throws IOException {
        Path data = write("data.csv", toy(500, 1, 6, 2));
        JsonNode free = fit(data, "x1", 2);
        JsonNode floored = fit(data, "x1", 2, "--min-variance", 2);
        assertThat(floored.get("status").asText()).isEqualTo("CONVERGED_AT_BOUND");
        assertThat(strings(floored.get("active_bounds"))).contains("min-variance");
        assertThat(floored.get("min_variance").asDouble()).isEqualTo(2);
        assertThat(floored.get("log_likelihood").asDouble())
                .isLessThan(free.get("log_likelihood").asDouble());
        for (JsonNode atom : floored.get("atoms")) {
            assertThat(atom.get("variance").asDouble()).isGreaterThanOrEqualTo(2 * (1 - 1e-9));
        }
        for (String text : List.of("gate-weight-difference = 0.1", "bounds { gate-weight-difference = 0.1 }")) {
            Path bounds = Files.writeString(directory.resolve("bounds.conf"), text);
            JsonNode bounded = fit(data, "x1", 2, "--bounds", bounds);
            assertThat(strings(bounded.get("active_bounds"))).containsExactly("gate-weight-difference");
            double difference = bounded.get("atoms")
                            .get(0)
                            .get("gate-weight")
                            .get(0)
                            .asDouble()
                    - bounded.get("atoms").get(1).get("gate-weight").get(0).asDouble();
            assertThat(Math.abs(difference)).isCloseTo(0.1, within(1e-9));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2, 2000, 6, 1, 0",
        "2, 2000, 6, 1e-3, 0",
        "2, 2000, 6, 1e6, -5e9",
        "2, 1.7e9, 3600, 1, 0",
        "3, 2000, 6, 1e-3, 0",
        "3, 2000, 6, 1e6, 3e6"
    })
    void originAndUnitsOfTheDataChangeNothing(int experts, double origin, double unit, double factor, double offset)
            throws IOException {
        double[][] rows = toy(800, 1, 11, 2);
        Path plain = write("plain.csv", rows);
        double[][] moved = new double[rows.length][];
        for (int n = 0; n < rows.length; n++) {
            moved[n] = new double[] {origin + unit * rows[n][0], factor * rows[n][1] + offset};
        }
        Path other = write("moved.csv", moved);
        JsonNode expected = fit(plain, "x1", experts, "--starts", 40, "--min-variance", 0.3);
        JsonNode actual = fit(other, "x1", experts, "--starts", 40, "--min-variance", 0.3 * factor * factor);
        assertThat(actual.get("status")).isEqualTo(expected.get("status"));
        assertThat(actual.get("status").asText()).startsWith("CONVERGED");
        assertThat(actual.get("log_likelihood").asDouble() + rows.length * Math.log(factor))
                .isCloseTo(expected.get("log_likelihood").asDouble(), within(1e-6));
    }

    @Test
    void jsonHasTheseKeysAndNothingElseIsPrinted() throws IOException {
        JsonNode fit = fit(write("data.csv", toy(300, 2, 8, 2)), "x1,x2", 2);
        assertThat(fit.fieldNames())
                .toIterable()
                .containsExactly(
                        "gate",
                        "expert",
                        "problem",
                        "fitted_experts",
                        "sample_size",
                        "inputs",
                        "response",
                        "status",
                        "log_likelihood",
                        "newton_decrement",
                        "smallest_eigenvalue",
                        "flat_dimensions",
                        "active_bounds",
                        "min_variance",
                        "iterations",
                        "starts",
                        "certified_starts",
                        "starts_at_optimum",
                        "uncertified_gain",
                        "atoms");
        for (JsonNode atom : fit.get("atoms")) {
            assertThat(atom.fieldNames())
                    .toIterable()
                    .containsExactly("gate-bias", "gate-weight", "intercept", "slope", "variance");
            assertThat(atom.get("variance").isNumber()).isTrue();
            assertThat(atom.get("slope")).hasSize(2);
        }
        assertThat(strings(fit.get("inputs"))).containsExactly("x1", "x2");
    }

    @Test
    void undefinedNumbersAreNull() throws IOException {
        double[][] rows = toy(100, 1, 9, 2);
        for (double[] row : rows) {
            row[0] *= 1e200;
        }
        JsonNode fit = fit(write("huge.csv", rows), "x1", 2);
        assertThat(fit.get("status").asText()).isEqualTo("NON_FINITE");
        assertThat(fit.get("newton_decrement").isNull()).isTrue();
        assertThat(fit.has("smallest_eigenvalue")).isTrue();
    }

    @Test
    void withoutJsonTheSameIsText() throws IOException {
        String text = CommandRun.of(
                        "fit", write("data.csv", toy(300, 1, 8, 2)), "--y", "y", "--x", "x1", "--experts", 2)
                .printed();
        assertThat(text).contains("log likelihood ", "status ", "atom 1", "atom 2", "variance ");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheHeader() throws IOException {
        Path plain = write("plain.csv", toy(100, 1, 3, 2));
        Path marked = Files.writeString(directory.resolve("marked.csv"), "\uFEFF" + Files.readString(plain));
        assertThat(fit(marked, "x1", 1)).isEqualTo(fit(plain, "x1", 1));
    }

    @Test
    void badDataAreRefusedWithTheirPlace() throws IOException {
        Path data = write("data.csv", toy(100, 1, 3, 2));
        assertThat(run(directory.resolve("none.csv"), "x1", 2).refusal()).contains("none.csv does not exist");
        assertThat(run(data, "x9", 2).refusal()).contains("no column 'x9'; it has x1, y");
        assertThat(run(text("x1,y\n1,2\n2,three\n3,4\n"), "x1", 1).refusal())
                .endsWith("text.csv:3: y = 'three' is not a finite number");
        assertThat(run(text("x1,y\n1,2\n2,NaN\n"), "x1", 1).refusal()).contains("text.csv:3: y = 'NaN'");
        assertThat(run(text("x1,y\n1,2\n2\n3,4\n"), "x1", 1).refusal())
                .endsWith("text.csv:3: the row has 1 fields, the header 2");
        assertThat(run(text("x1,y\n1,2\n2,3,4\n"), "x1", 1).refusal())
                .endsWith("text.csv:3: the row has 3 fields, the header 2");
        assertThat(run(text("x1,y\n1,\"2\"3\n"), "x1", 1).refusal()).contains("text.csv cannot be read");
        assertThat(run(text("x1,y\n"), "x1", 1).refusal()).contains("has a header but no rows");
        assertThat(run(text("x1,y\n1,2\n2,3\n3,5\n"), "x1", 1).refusal())
                .contains("3 rows; a fit of 3 free parameters needs more");
        String constant = "x1,y\n1,5\n2,5\n3,5\n4,5\n5,5\n";
        assertThat(run(text(constant), "x1", 1).refusal()).contains("response y is constant");
        assertThat(run(text(constant), "x1", 1, "--min-variance", 1).refusal()).contains("response y is constant");
    }

    @Test
    void badOptionsAreRefusedWithTheirValue() throws IOException {
        Path data = write("data.csv", toy(100, 2, 3, 2));
        assertThat(run(data, "x1", 0).refusal()).contains("experts = 0 must be at least 1");
        assertThat(run(data, "x1", "two").refusal()).contains("two");
        assertThat(run(data, "x1", 2, "--gate", "hard").refusal()).contains("unknown gate 'hard'; known: softmax");
        assertThat(run(data, "x1", 2, "--expert", "oak").refusal())
                .contains("unknown expert")
                .contains("oak");
        assertThat(run(data, "x1", 2, "--problem", "chess").refusal()).contains("unknown problem 'chess'");
        assertThat(run(data, "x1,x2,x1", 2).refusal()).contains("--x = x1,x2,x1 must name each input once");
        assertThat(run(data, "x1,y", 2).refusal()).contains("--x = x1,y").contains("not the response y");
        assertThat(run(data, "x1", 2, "--min-variance", -1).refusal()).contains("min-variance = -1.0 must be");
        assertThat(run(data, "x1", 2, "--starts", 0).refusal()).contains("--starts = 0 must be from 1 to 10000");
        assertThat(run(data, "x1", 2, "--starts", Integer.MAX_VALUE).refusal())
                .contains("--starts = 2147483647 must be from 1 to 10000");
        assertThat(CommandRun.of("fit", data, "--x", "x1", "--experts", 2).refusal())
                .contains("--y");
    }

    @Test
    void badStartAndBoundsFilesAreRefused() throws IOException {
        Path data = write("data.csv", toy(100, 1, 3, 2));
        Path file = directory.resolve("file");
        assertThat(run(data, "x1", 1, "--start", file).refusal()).contains(file + " cannot be read");
        Files.writeString(file, "{");
        assertThat(run(data, "x1", 1, "--start", file).refusal()).contains(file + " cannot be read");
        Files.writeString(file, "[]");
        assertThat(run(data, "x1", 1, "--start", file).refusal()).contains("must hold a list of 1 atoms; it has 0");
        String atom = "{\"gate-bias\": 0, \"gate-weight\": [0], \"intercept\": %s, \"slope\": %s, \"variance\": %s}";
        Files.writeString(file, "[" + String.format(atom, "\"a\"", "[1]", "1") + "]");
        assertThat(run(data, "x1", 1, "--start", file).refusal())
                .contains("atom 1: intercept = \"a\" must be a finite number");
        Files.writeString(file, "[" + String.format(atom, "1", "[1, 2]", "1") + "]");
        assertThat(run(data, "x1", 1, "--start", file).refusal()).contains("slope must be a list of 1 numbers");
        Files.writeString(file, "[" + String.format(atom, "1", "[1]", "-3") + "]");
        assertThat(run(data, "x1", 1, "--start", file).refusal()).contains("variance = -3.0 must be positive");
        Files.delete(file);
        assertThat(run(data, "x1", 1, "--bounds", file).refusal()).contains("bounds file " + file + " does not exist");
        Files.writeString(file, "gate-bias = 3");
        assertThat(run(data, "x1", 1, "--bounds", file).refusal()).contains("gate-bias");
        Files.writeString(file, "min-variance = -2");
        assertThat(run(data, "x1", 1, "--bounds", file).refusal()).contains("min-variance = -2");
    }

    private Path text(String text) throws IOException {
        return Files.writeString(directory.resolve("text.csv"), text);
    }

    private Path sample(Path study, int sampleSize, int seed) throws IOException {
        String text = CommandRun.of("sample", study, "--sample-size", sampleSize, "--seed", seed)
                .printed();
        return Files.writeString(directory.resolve("sample.csv"), text);
    }

    /** Crossing lines with noise: inputs, then the response. */
    private static double[][] toy(int rows, int dimension, long seed, int lines) {
        Random random = new Random(seed);
        double[][] data = new double[rows][dimension + 1];
        for (double[] row : data) {
            double total = 0;
            for (int j = 0; j < dimension; j++) {
                row[j] = -1.7 + 3.4 * random.nextDouble();
                total += row[j] / (1 + j);
            }
            int line = Math.min(lines - 1, (int) Math.floor(lines / (1 + Math.exp(-total - random.nextGaussian()))));
            row[dimension] = 6 * line + (line % 2 == 0 ? 1 : -1) * total + random.nextGaussian();
        }
        return data;
    }

    private Path write(String name, double[][] rows) throws IOException {
        StringBuilder text = new StringBuilder();
        int dimension = rows[0].length - 1;
        for (int j = 1; j <= dimension; j++) {
            text.append('x').append(j).append(',');
        }
        text.append("y\n");
        for (double[] row : rows) {
            for (int j = 0; j < dimension; j++) {
                text.append(row[j]).append(',');
            }
            text.append(row[dimension]).append('\n');
        }
        return Files.writeString(directory.resolve(name), text);
    }

    private static CommandRun run(Object data, String inputs, Object experts, Object... more) {
        List<Object> arguments =
                new ArrayList<>(List.of("fit", data, "--y", "y", "--x", inputs, "--experts", experts, "--json"));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray());
    }

    private static JsonNode fit(Object data, String inputs, int experts, Object... more) {
        return run(data, inputs, experts, more).json();
    }

    private static List<String> strings(JsonNode list) {
        List<String> strings = new ArrayList<>();
        list.forEach(node -> strings.add(node.asText()));
        return strings;
    }

    /** Atoms with one input: intercept, slope, variance, gate bias, gate weight. */
    private static List<double[]> atoms(JsonNode fit) {
        List<double[]> atoms = new ArrayList<>();
        for (JsonNode atom : fit.get("atoms")) {
            atoms.add(new double[] {
                atom.get("intercept").asDouble(),
                atom.get("slope").get(0).asDouble(),
                atom.get("variance").asDouble(),
                atom.get("gate-bias").asDouble(),
                atom.get("gate-weight").get(0).asDouble()
            });
        }
        return atoms;
    }

    /** The same atoms in any order and with any translation of the gate. */
    private static void assertSameAtoms(List<double[]> actual, List<double[]> expected, double tolerance) {
        List<double[]> left = new ArrayList<>(actual);
        List<double[]> right = new ArrayList<>(expected);
        Comparator<double[]> byIntercept = Comparator.comparingDouble(atom -> atom[0]);
        left.sort(byIntercept);
        right.sort(byIntercept);
        assertThat(left).hasSameSizeAs(right);
        for (int i = 0; i < left.size(); i++) {
            for (int c = 0; c < 5; c++) {
                double gauge = c < 3 ? 0 : left.get(0)[c] - right.get(0)[c];
                assertThat(left.get(i)[c] - gauge).isCloseTo(right.get(i)[c], within(tolerance));
            }
        }
    }
}
