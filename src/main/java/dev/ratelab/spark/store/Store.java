package dev.ratelab.spark.store;

import dev.ratelab.plan.SettingTimes;
import dev.ratelab.run.FitRow;
import dev.ratelab.store.StoreLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Reads and writes the tables of a store. A wave is written to a staging directory and appears by one atomic rename; a killed
 * driver leaves nothing but a staging directory, which the next run removes.
 */
public final class Store {

    private final SparkSession spark;
    private final StoreLayout layout;

    public Store(SparkSession spark, StoreLayout layout) {
        this.spark = spark;
        this.layout = layout;
    }

    /** Removes waves and summaries that were never finished. */
    public void removeStaging() throws IOException {
        for (Path staging : layout.staging()) {
            deleteTree(staging);
        }
    }

    /** Loads the classes that write a wave, which takes a second where none has been written yet. Leaves nothing. */
    public void prepare() throws IOException {
        Path staging = staging(UUID.randomUUID().toString());
        TableFile.write(spark, List.of(), FitTable.SCHEMA, staging);
        deleteTree(staging);
    }

    /**
     * Adds a wave: all of its rows appear at once, or none.
     *
     * @param rows the fits; not modified
     * @param times how long they took on one core
     */
    public void commit(List<FitRow> rows, List<SettingTimes> times) throws IOException {
        List<FitRow> sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparing(FitRow::key));
        String id = UUID.randomUUID().toString();
        Path staging = staging(id);
        TableFile.write(spark, sorted.stream().map(FitTable::toRow).toList(), FitTable.SCHEMA, staging);
        int certified = 0;
        double millis = 0;
        for (FitRow row : sorted) {
            certified += row.status().certified() ? 1 : 0;
            millis += row.provenance().fitMillis();
        }
        StoreLayout.writeManifest(
                staging,
                new StoreLayout.Manifest(
                        sorted.stream().map(row -> row.key().toString()).toList(),
                        certified,
                        sorted.size() - certified,
                        millis,
                        SettingTimes.sum(times),
                        checksums(staging)));
        Files.move(staging, layout.wave(id), StandardCopyOption.ATOMIC_MOVE);
    }

    private Path staging(String id) {
        return layout.fits().resolve(StoreLayout.STAGING_PREFIX + id);
    }

    /** Replaces a summary table. */
    public void replace(List<Row> rows, StructType schema, Path directory) throws IOException {
        Path staging = directory.resolveSibling(StoreLayout.STAGING_PREFIX + UUID.randomUUID());
        TableFile.write(spark, rows, schema, staging);
        if (Files.isDirectory(directory)) {
            deleteTree(directory);
        }
        Files.move(staging, directory, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The table {@code fits}: all waves. */
    public Dataset<Row> fits() {
        try {
            return read(layout.waves(), FitTable.SCHEMA);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the waves of " + layout.root(), e);
        }
    }

    /** All stored fits, in the order of their keys. */
    public List<FitRow> fitRows() {
        List<FitRow> rows = new ArrayList<>();
        for (Row row : fits().collectAsList()) {
            rows.add(FitTable.fromRow(row));
        }
        rows.sort(Comparator.comparing(FitRow::key));
        return rows;
    }

    /** The table {@code cells}; empty before the first summary. */
    public Dataset<Row> cells() {
        return read(existing(layout.cells()), CellTable.SCHEMA);
    }

    /** The table {@code rates}; empty before the first summary. */
    public Dataset<Row> rates() {
        return read(existing(layout.rates()), RateTable.SCHEMA);
    }

    private static List<Path> existing(Path directory) {
        return Files.isDirectory(directory) ? List.of(directory) : List.of();
    }

    private Dataset<Row> read(List<Path> directories, StructType schema) {
        if (directories.isEmpty()) {
            return spark.createDataFrame(List.of(), schema);
        }
        String[] paths =
                directories.stream().map(path -> path.toUri().toString()).toArray(String[]::new);
        return spark.read().schema(schema).parquet(paths);
    }

    private static Map<String, String> checksums(Path directory) throws IOException {
        Map<String, String> sums = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".parquet")).toList()) {
                sums.put(file.getFileName().toString(), sha256(Files.readAllBytes(file)));
            }
        }
        return sums;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void deleteTree(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
