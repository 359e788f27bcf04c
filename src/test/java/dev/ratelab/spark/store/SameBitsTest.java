package dev.ratelab.spark.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.plan.Plan;
import dev.ratelab.plan.PlannedFit;
import dev.ratelab.run.FitKey;
import dev.ratelab.run.FitRunner;
import dev.ratelab.study.Study;
import dev.ratelab.studyfile.StudyParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/**
 * Stored fits keep their bits: a fit or two of shipped studies of every kind, at the smallest size, against digests of their columns.
 *
 * <p>The digests are in {@code src/test/resources/reference/bits.txt}, whose head says how they were made. A column that is new is in no
 * line of it, and is not compared until the file is made again. A change that is meant belongs in the changelog.
 */
class SameBitsTest {
    private static final Path STUDIES = Path.of("conf/studies");
    private static final Path REFERENCE = Path.of("src/test/resources/reference/bits.txt");
    private static final Path FOUND = Path.of("target/bits.txt");

    private static final String HEAD = """
            # Digests (the first 8 bytes of SHA-256) of the columns of a few fits: study, column, digest. Made by
            #   mvn -B test -Dtest=SameBitsTest; cp target/bits.txt src/test/resources/reference/bits.txt
            # on JDK 17. The test says which study and column differs.
            """;

    /** Columns that depend on the machine and the build. */
    private static final Set<String> NOT_COMPARED = Set.of("fit_millis", "host", "code_version");

    /** Estimators, gates, experts, problems, targets and losses of all kinds, as far as a fit takes a moment. */
    private static final List<String> SLICES = List.of(
            "quickstart",
            "gaussian-gate-model-1-2305.07572",
            "temperature-tanh-router",
            "hierarchical-tanh",
            "six-gates",
            "identified-set",
            "remedies",
            "misspecified-density",
            "cosine-against-perturbed-cosine-2405.14131");

    @Test
    void storedColumnsAreThoseOfTheReference() throws IOException {
        List<String> found = new ArrayList<>();
        for (String study : SLICES) {
            digests(study).forEach((column, digest) -> found.add(study + " " + column + " " + digest));
        }
        Files.writeString(FOUND, HEAD + String.join("\n", found) + "\n");
        List<String> expected = Files.readAllLines(REFERENCE).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
        assertThat(expected).isNotEmpty();
        assertThat(found).as("digests, which are in %s too", FOUND).containsAll(expected);
    }

    /** Digests by column of the fits of the first and the last setting of a study, at its smallest size. */
    private static Map<String, String> digests(String name) {
        Study study = StudyParser.standard().parse(STUDIES.resolve(name + ".conf"), List.of());
        List<FitKey> keys = Plan.of(study, Set.of()).fits().stream()
                .map(PlannedFit::key)
                .filter(key -> key.seed() == 1)
                .sorted(Comparator.comparing(FitKey::sampleSize).thenComparing(FitKey::setting))
                .toList();
        List<FitKey> smallest = keys.stream()
                .filter(key -> key.sampleSize() == keys.get(0).sampleSize())
                .toList();
        FitRunner runner = new FitRunner(study);
        Map<String, StringBuilder> columns = new TreeMap<>();
        for (FitKey key : Set.copyOf(List.of(smallest.get(0), smallest.get(smallest.size() - 1))).stream()
                .sorted()
                .toList()) {
            Row row = FitTable.toRow(runner.run(key));
            for (int c = 0; c < row.length(); c++) {
                columns.computeIfAbsent(FitTable.SCHEMA.fieldNames()[c], column -> new StringBuilder())
                        .append(text(row.get(c)))
                        .append('\n');
            }
        }
        columns.keySet().removeAll(NOT_COMPARED);
        Map<String, String> digests = new TreeMap<>();
        columns.forEach((column, values) -> digests.put(column, digest(values.toString())));
        return digests;
    }

    /** A value such that different bits have different texts. */
    private static String text(Object value) {
        if (value instanceof Double number) {
            return Long.toHexString(Double.doubleToLongBits(number));
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, String> sorted = new TreeMap<>();
            map.forEach((key, entry) -> sorted.put(text(key), text(entry)));
            return sorted.toString();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(SameBitsTest::text).toList().toString();
        }
        if (value instanceof double[] numbers) {
            return Arrays.stream(numbers).mapToObj(SameBitsTest::text).toList().toString();
        }
        if (value instanceof Row row) {
            List<String> fields = new ArrayList<>();
            for (int c = 0; c < row.length(); c++) {
                fields.add(text(row.get(c)));
            }
            return fields.toString();
        }
        return String.valueOf(value);
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
