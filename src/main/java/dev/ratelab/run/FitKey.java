package dev.ratelab.run;

import dev.ratelab.study.Setting;
import java.io.Serializable;
import java.util.Comparator;

/**
 * The coordinates of one fit within a store, ordered by setting, then sample size, then seed.
 *
 * @param setting id of the {@link Setting}; not empty, without {@code /}
 * @param sampleSize number of rows n, at least 1
 * @param seed seed number, at least 1
 */
public record FitKey(String setting, int sampleSize, int seed) implements Comparable<FitKey>, Serializable {
    private static final Comparator<FitKey> ORDER = Comparator.comparing(FitKey::setting)
            .thenComparingInt(FitKey::sampleSize)
            .thenComparingInt(FitKey::seed);

    public FitKey {
        if (setting.isEmpty() || setting.indexOf('/') >= 0) {
            throw new IllegalArgumentException("setting = '" + setting + "' must be a name without '/'");
        }
        if (sampleSize < 1 || seed < 1) {
            throw new IllegalArgumentException(
                    "sample size = " + sampleSize + " and seed = " + seed + " must be at least 1");
        }
    }

    /**
     * The inverse of {@link #toString}.
     *
     * @throws IllegalArgumentException if the text is not of the form {@code setting/n/seed}
     */
    public static FitKey parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length == 3) {
            try {
                FitKey key = new FitKey(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
                if (key.toString().equals(text)) {
                    return key;
                }
            } catch (NumberFormatException e) {
                throw notAKey(text, e);
            }
        }
        throw notAKey(text, null);
    }

    private static IllegalArgumentException notAKey(String text, Throwable cause) {
        return new IllegalArgumentException(
                "'" + text + "' is not the key of a fit; write setting/sample-size/seed", cause);
    }

    @Override
    public int compareTo(FitKey other) {
        return ORDER.compare(this, other);
    }

    /** {@code setting/n/seed}. */
    @Override
    public String toString() {
        return setting + "/" + sampleSize + "/" + seed;
    }
}
