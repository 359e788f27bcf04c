package dev.ratelab.fit;

/** The time limit of one fit. Results depend on the machine once it is reached, so it is off by default. */
final class Deadline {
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final long limitNanos;
    private final long startNanos = System.nanoTime();

    Deadline(long limitMillis) {
        limitNanos = limitMillis * NANOS_PER_MILLI;
    }

    boolean passed() {
        return limitNanos > 0 && System.nanoTime() - startNanos > limitNanos;
    }
}
