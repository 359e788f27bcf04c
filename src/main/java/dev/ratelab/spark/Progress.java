package dev.ratelab.spark;

import dev.ratelab.rates.Percent;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Timer;
import java.util.TimerTask;

/**
 * Shows how much of a run is done and when the rest will be, in shares of its predicted time: one line that is
 * written over on a terminal, a line now and then elsewhere.
 */
final class Progress implements AutoCloseable {
    /** Set by the launcher where standard error is a terminal. */
    private static final String TERMINAL = "RATELAB_TERMINAL";

    private static final int TERMINAL_REFRESH_MILLIS = 250;
    private static final int LOG_REFRESH_MILLIS = 10_000;
    private static final int BAR = 20;

    /** Sums of the same predicted times in another order differ by a smaller share. */
    private static final double ROUNDING = 1e-9;

    private final int fits;
    private final double predictedMillis;
    private final ProgressCounters counters;
    private final PrintStream messages;
    private final boolean terminal = System.getenv(TERMINAL) != null;
    private final long startNanos = System.nanoTime();
    private final Timer timer = new Timer("progress", true);
    private boolean closed;

    Progress(int fits, double predictedMillis, ProgressCounters counters, PrintStream messages) {
        this.fits = fits;
        this.predictedMillis = predictedMillis;
        this.counters = counters;
        this.messages = messages;
    }

    /** Begins to show the counts, at once and then now and then. */
    void start() {
        TimerTask task = new TimerTask() {
            @Override
            public void run() {
                show();
            }
        };
        timer.schedule(task, 0, terminal ? TERMINAL_REFRESH_MILLIS : LOG_REFRESH_MILLIS);
    }

    private synchronized void show() {
        if (closed) {
            return;
        }
        double share = counters.predictedMillis() / predictedMillis;
        long seconds = (System.nanoTime() - startNanos) / 1_000_000_000;
        String line = line(share, counters.done(), fits, counters.failed(), seconds);
        if (terminal) {
            // Blanks cover the end of a longer line before.
            messages.printf(Locale.ROOT, "\r%-100s", line);
        } else {
            messages.println(line);
        }
    }

    /**
     * What is shown.
     *
     * @param share what is done, as a share of the predicted time; more than one counts as one
     * @param done number of fits that are made
     * @param fits number of all fits
     * @param failed number of fits without certificate
     * @param seconds time since the start
     */
    static String line(double share, long done, int fits, long failed, long seconds) {
        double part = share > 1 - ROUNDING ? 1 : share;
        String bar = "=".repeat((int) (BAR * part));
        String left = part > 0 ? time((long) (seconds * (1 - part) / part)) : "?";
        return String.format(
                Locale.ROOT,
                "fits %5s [%-" + BAR + "s] %d/%d done, %d not certified (%s gone, %s left)",
                Percent.text(part, 0),
                bar,
                done,
                fits,
                failed,
                time(seconds),
                left);
    }

    private static String time(long seconds) {
        return String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    @Override
    public synchronized void close() {
        timer.cancel();
        show();
        closed = true;
        if (terminal) {
            messages.println();
        }
    }
}
