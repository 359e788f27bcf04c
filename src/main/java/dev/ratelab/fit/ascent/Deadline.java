package dev.ratelab.fit.ascent;

/** The time limit of one fit. Results depend on the machine once it is reached, so it is off by default. */
public final class Deadline {
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final long limitNanos;
    private final long startNanos = System.nanoTime();

    public Deadline(long limitMillis) {
        limitNanos = limitMillis * NANOS_PER_MILLI;
    }

    public boolean passed() {
        return limitNanos > 0 && System.nanoTime() - startNanos > limitNanos;
    }
}
