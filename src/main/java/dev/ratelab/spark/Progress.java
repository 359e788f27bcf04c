package dev.ratelab.spark;

import java.io.PrintStream;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows how much of a run is done and when the rest will be, in shares of its predicted time: a bar on a
 * terminal, a line now and then elsewhere.
 */
final class Progress implements AutoCloseable {
    /** Set by the launcher where standard error is a terminal. */
    private static final String TERMINAL = "RATELAB_TERMINAL";

    private static final int TERMINAL_REFRESH_MILLIS = 250;
    private static final int LOG_REFRESH_MILLIS = 10_000;
    private static final int WIDTH = 110;
    private static final int STEPS = 1000;

    private final ProgressBar bar;
    private final ProgressCounters counters;
    private final int fits;
    private final double predictedMillis;
    private final ScheduledFuture<?> refresher;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });

    Progress(int fits, double predictedMillis, ProgressCounters counters, PrintStream messages) {
        this.fits = fits;
        this.predictedMillis = predictedMillis;
        this.counters = counters;
        boolean terminal = System.getenv(TERMINAL) != null;
        int refresh = terminal ? TERMINAL_REFRESH_MILLIS : LOG_REFRESH_MILLIS;
        bar = ProgressBar.builder()
                .setTaskName("fits")
                .setInitialMax(STEPS)
                .setUpdateIntervalMillis(refresh)
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(
                        terminal
                                ? new ConsoleProgressBarConsumer(messages, WIDTH)
                                : new DelegatingProgressBarConsumer(messages::println, WIDTH))
                .build();
        refresher = timer.scheduleAtFixedRate(this::show, 0, TERMINAL_REFRESH_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Shows the counts of now. */
    void show() {
        bar.stepTo(Math.min(STEPS, Math.round(STEPS * counters.predictedMillis() / predictedMillis)));
        bar.setExtraMessage(counters.done() + "/" + fits + " done, " + counters.failed() + " not certified");
    }

    @Override
    public void close() {
        refresher.cancel(false);
        timer.shutdown();
        show();
        bar.close();
    }
}
