package dev.ratelab.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratelab.plan.SettingTimes;
import dev.ratelab.run.FitKey;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where a store keeps what, and which fits it holds: readable without Spark.
 *
 * <pre>
 *   study.json                        the resolved study and where it was run
 *   fits/wave-.../part-*.parquet      rows of one wave
 *   fits/wave-.../_manifest.json      which fits the wave holds
 *   fits/_staging-..., _staging-...   a wave or a summary in flight: not part of the store
 *   cells/*.parquet, rates/*.parquet  summaries, rewritten after each run
 *   _lock                             held by the runner at work
 * </pre>
 *
 * <p>A wave appears by one atomic rename of its directory, manifest included, so it is there whole or not at all.
 *
 * @param root the store's directory
 */
public record StoreLayout(Path root) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WAVE_PREFIX = "wave-";

    /** Prefix of the directory of a wave or a summary in flight; readers of Parquet skip names that begin with an underscore. */
    public static final String STAGING_PREFIX = "_staging-";

    /** The resolved study. */
    public Path studyFile() {
        return root.resolve("study.json");
    }

    /** The rows of all waves. */
    public Path fits() {
        return root.resolve("fits");
    }

    /** Summaries by cell. */
    public Path cells() {
        return root.resolve("cells");
    }

    /** Convergence rates. */
    public Path rates() {
        return root.resolve("rates");
    }

    /** Held by the runner at work. */
    public Path lockFile() {
        return root.resolve("_lock");
    }

    /** The manifest of a wave's directory. */
    public static Path manifest(Path wave) {
        return wave.resolve("_manifest.json");
    }

    /** The directory of a wave with that id. */
    public Path wave(String id) {
        return fits().resolve(WAVE_PREFIX + id);
    }

    /** Directories of the waves that are in the store, sorted by name. */
    public List<Path> waves() throws IOException {
        return directories(fits(), WAVE_PREFIX);
    }

    /** Directories of waves and summaries that were never finished. */
    public List<Path> staging() throws IOException {
        List<Path> found = directories(fits(), STAGING_PREFIX);
        found.addAll(directories(root, STAGING_PREFIX));
        return found;
    }

    private static List<Path> directories(Path parent, String prefix) throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(parent)) {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(parent, prefix + "*")) {
                stream.forEach(found::add);
            }
        }
        found.sort(null);
        return found;
    }

    /** Keys of all stored fits, from the manifests. */
    public Set<FitKey> storedFits() throws IOException {
        Set<FitKey> keys = new TreeSet<>();
        for (Path wave : waves()) {
            for (String fit : readManifest(wave).fits()) {
                if (!keys.add(FitKey.parse(fit))) {
                    throw new IOException("fit " + fit + " is stored twice; second time in " + wave);
                }
            }
        }
        return keys;
    }

    /** Times of the stored fits by setting and sample size, from the manifests. */
    public List<SettingTimes> times() throws IOException {
        List<SettingTimes> times = new ArrayList<>();
        for (Path wave : waves()) {
            times.addAll(readManifest(wave).times());
        }
        // Waves are found in the order of their random names, and sums of doubles depend on the order of their terms.
        times.sort(Comparator.comparing(SettingTimes::setting)
                .thenComparingInt(SettingTimes::sampleSize)
                .thenComparingInt(SettingTimes::fits)
                .thenComparingDouble(SettingTimes::millis));
        return SettingTimes.sum(times);
    }

    /** Reads the manifest of a wave. */
    public static Manifest readManifest(Path wave) throws IOException {
        return JSON.readValue(manifest(wave).toFile(), Manifest.class);
    }

    /** Writes the manifest of a wave. */
    public static void writeManifest(Path wave, Manifest manifest) throws IOException {
        JSON.writerWithDefaultPrettyPrinter().writeValue(manifest(wave).toFile(), manifest);
    }

    /**
     * What a wave holds.
     *
     * @param fits keys of its fits, sorted
     * @param certified number of certified fits
     * @param failed number of others
     * @param fitMillis sum of the times of its fits, milliseconds
     * @param times the same by setting and sample size; empty in manifests from before it was recorded
     * @param files SHA-256 of each Parquet file by name
     */
    public record Manifest(
            List<String> fits,
            int certified,
            int failed,
            double fitMillis,
            List<SettingTimes> times,
            Map<String, String> files) {

        public Manifest {
            times = times == null ? List.of() : List.copyOf(times);
        }
    }
}
