package dev.ratelab.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratelab.launch.Script.Outcome;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What scripts rely on: names, nulls, a clean standard output, exit codes. */
class JsonIT {
    private static final SmallRun RUN = SmallRun.with();
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @TempDir
    private static Path directory;

    private static Path store;

    @BeforeAll
    static void makeAStore() throws Exception {
        store = directory.resolve("store");
        Outcome run = Script.ratelab(directory, RUN.command(store, 10));
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    @Test
    void ratesAreAnArrayOfAllColumns() throws Exception {
        JsonNode rates = json("rates", "--json", store.toString());
        assertThat(rates.isArray()).isTrue();
        assertThat(rates).isNotEmpty();
        Set<String> undefined = new TreeSet<>();
        for (JsonNode rate : rates) {
            assertThat(names(rate)).containsExactlyElementsOf(names(rates.get(0)));
            for (String name : names(rate)) {
                if (rate.get(name).isNull()) {
                    undefined.add(name);
                } else if (List.of(
                                "setting",
                                "gate",
                                "expert",
                                "problem",
                                "metric",
                                "verdict",
                                "verdict_reason",
                                "prediction_source",
                                "prediction_status",
                                "failed_gate",
                                "decay_law",
                                "decay_reason",
                                "truth_path")
                        .contains(name)) {
                    assertThat(rate.get(name).isTextual()).as(name).isTrue();
                } else if (List.of("local_slopes", "slopes_without_smallest", "trust")
                        .contains(name)) {
                    assertThat(rate.get(name).isArray()).as(name).isTrue();
                } else {
                    assertThat(rate.get(name).isNumber()).as(name).isTrue();
                }
            }
        }
        assertThat(names(rates.get(0)))
                .startsWith(
                        "setting",
                        "gate",
                        "expert",
                        "problem",
                        "fitted_experts",
                        "metric",
                        "slope",
                        "slope_low",
                        "slope_high")
                .contains("predicted_slope", "prediction_source", "verdict", "verdict_reason", "certified_share")
                .contains("smallest_sample_size", "largest_sample_size", "sizes", "seeds", "local_slopes")
                .contains("failed_gate", "trust", "decay_law");
        // Some losses have no prediction, and without the smallest of three sizes there is no slope.
        assertThat(undefined).contains("predicted_slope", "slope_without_smallest");
    }

    @Test
    void queriesPrintJsonAndNothingElse() throws Exception {
        JsonNode fits = json(
                "query",
                "--format",
                "json",
                store.toString(),
                "SELECT setting, gate, expert, problem, fitted_experts, sample_size, seed, status, log_likelihood,"
                        + " newton_decrement, iterations, fit_millis, losses['D1'] AS d1, losses['none'] AS none,"
                        + " double('NaN') AS nan, double('Infinity') AS infinity FROM fits");
        assertThat(fits).hasSize(24);
        for (JsonNode fit : fits) {
            assertThat(fit.get("gate").asText()).isEqualTo("softmax");
            assertThat(fit.get("d1").asDouble()).isPositive();
            assertThat(fit.get("none").isNull()).isTrue();
            assertThat(fit.get("nan").isNull()).isTrue();
            assertThat(fit.get("infinity").isNull()).isTrue();
        }
    }

    @Test
    void queriesPrintCsvAndNothingElse() throws Exception {
        Outcome outcome = ratelab(
                "query",
                "--format",
                "csv",
                store.toString(),
                "SELECT sample_size AS n, 'a \"b\", c' AS quoted, losses['none'] AS none, atoms FROM fits");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        try (CSVParser parser = CSVParser.parse(
                new StringReader(outcome.out()),
                CSVFormat.RFC4180.builder().setHeader().get())) {
            assertThat(parser.getHeaderNames()).containsExactly("n", "quoted", "none", "atoms");
            List<CSVRecord> records = parser.getRecords();
            assertThat(records).hasSize(24);
            for (CSVRecord line : records) {
                assertThat(line.size()).isEqualTo(4);
                assertThat(line.get("n")).isIn("100", "300", "1000");
                assertThat(line.get("quoted")).isEqualTo("a \"b\", c");
                assertThat(line.get("none")).isEmpty();
                assertThat(JSON.readTree(line.get("atoms")).isArray()).isTrue();
            }
        }
    }

    @Test
    void planAndStatusPrintJsonAndNothingElse() throws Exception {
        JsonNode status = json("status", "--json", store.toString());
        assertThat(status.get("study").asText()).isEqualTo("small");
        assertThat(status.get("total").asInt()).isEqualTo(24);
        assertThat(status.get("stored").asInt()).isEqualTo(24);
        assertThat(status.get("left").asInt()).isZero();
        assertThat(status.get("certified").asInt() + status.get("not_certified").asInt())
                .isEqualTo(24);
        JsonNode plan = json(
                "plan",
                "--json",
                Script.home().resolve("src/test/resources/studies/small.conf").toString(),
                "--set",
                "grid.seeds=5",
                "--out",
                store.toString());
        assertThat(plan.get("total").asInt()).isEqualTo(30);
        assertThat(plan.get("stored").asInt()).isEqualTo(24);
        assertThat(plan.get("to_run").asInt()).isEqualTo(6);
        assertThat(plan.get("cells")).hasSize(6);
        double shares = 0;
        for (JsonNode cell : plan.get("cells")) {
            shares += cell.get("time_share").asDouble();
        }
        assertThat(shares).isBetween(1 - 1e-12, 1 + 1e-12);
    }

    @Test
    void aWrongQueryIsOneLineAndCodeTwo() throws Exception {
        for (String sql : List.of("SELECT nothing FROM fits", "SELECT * FORM fits")) {
            Outcome outcome = ratelab("query", "--format", "json", store.toString(), sql);
            assertThat(outcome.exitCode()).as(sql + outcome.err()).isEqualTo(2);
            assertThat(outcome.out()).isEmpty();
            assertThat(outcome.messages()).as(sql).hasSize(1).allMatch(line -> line.startsWith("ratelab: "));
        }
    }

    @Test
    void aDirectoryThatIsNoStoreIsCodeTwo() throws Exception {
        Path empty = Files.createDirectories(directory.resolve("empty"));
        Path missing = directory.resolve("missing");
        for (String[] command : new String[][] {
            {"status", "--json", missing.toString()},
            {"rates", "--json", empty.toString()},
            {"query", empty.toString(), "SELECT 1"}
        }) {
            Outcome outcome = ratelab(command);
            assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(2);
            assertThat(outcome.out()).isEmpty();
            assertThat(outcome.messages())
                    .hasSize(1)
                    .allMatch(line -> line.contains(" is not the directory of a study"));
        }
        assertThat(empty).isEmptyDirectory();
        assertThat(missing).doesNotExist();
    }

    @Test
    void aDirectoryThatCannotBeMadeIsCodeFour() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "no directory\n");
        Outcome outcome = ratelab(RUN.command(file.resolve("store"), 10));
        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(4);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.messages()).hasSize(1).allMatch(line -> line.contains(file.toString()));
    }

    private static Outcome ratelab(String... arguments) throws IOException, InterruptedException {
        return Script.ratelab(directory, arguments);
    }

    private static JsonNode json(String... arguments) throws IOException, InterruptedException {
        Outcome outcome = ratelab(arguments);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return JSON.readTree(outcome.out());
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
