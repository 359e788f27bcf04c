package dev.ratelab.fit.ascent;

import java.util.concurrent.TimeUnit;

/** The time limit of one fit. Results depend on the machine once it is reached, so it is off by default. */
public final class Deadline {
    private final long limitNanos;
    private final long startNanos = System.nanoTime();

    public Deadline(long limitMillis) {
        limitNanos = TimeUnit.MILLISECONDS.toNanos(limitMillis);
    }

    public boolean passed() {
        return limitNanos > 0 && System.nanoTime() - startNanos > limitNanos;
    }
}
