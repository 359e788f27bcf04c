package dev.ratelab.spark;

import dev.ratelab.plan.FitTask;
import dev.ratelab.plan.SettingTimes;
import dev.ratelab.run.FitRow;
import dev.ratelab.spark.store.Store;
import dev.ratelab.store.StoreLock;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import scala.Function1;
import scala.Function2;
import scala.collection.Iterator;
import scala.concurrent.ExecutionContext;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;
import scala.util.Try;

/**
 * Makes fits on the executors and commits them in waves meanwhile: while a wave is written, the next one is computed, so no core waits
 * for the end of a wave.
 *
 * <p>Tasks go to Spark in jobs of many tasks, the next one before the last one has ended. The result of each task comes to the driver
 * as soon as the task ends, and exactly once, whether or not it was tried again. A thread of the driver writes what has come as soon as
 * that took the time of a wave. So a crash loses about a wave, plus what was computed while the last one was written and the tasks in
 * flight: with fits that take long, up to one of them on each core.
 */
final class Waves {
    /** Jobs are bounded so that neither the driver's book-keeping nor the results of one job (Spark limits their size) grow. */
    private static final int JOB_TASKS = 1000;

    private static final int JOB_FITS = 50_000;

    /** The next job is submitted while this many tasks a core are left, so that no core waits for it. */
    private static final int SPARE_TASKS_PER_CORE = 4;

    /** The smallest wave, as a share of a whole one. */
    private static final double SMALLEST_WAVE = 1 / 8.0;

    private final JavaSparkContext context;
    private final Store store;
    private final StoreLock lock;
    private final Function<FitTask, MadeFits> function;
    private final double waveSeconds;

    // All below are guarded by this object.
    private final List<SimpleFutureAction<BoxedUnit>> jobs = new ArrayList<>();
    private final List<FitRow> all = new ArrayList<>();
    private List<MadeFits> arrived = new ArrayList<>();
    private double arrivedMillis;
    private double allMillis;
    private double madePredictedMillis;
    private double allPredictedMillis;
    private int tasksLeft;
    private boolean ended;
    private Throwable failure;

    /**
     * Prepares the waves of one plan.
     *
     * @param function makes the fits of a task, on an executor
     * @param waveSeconds work of a wave on each core, seconds, positive
     */
    Waves(
            JavaSparkContext context,
            Store store,
            StoreLock lock,
            Function<FitTask, MadeFits> function,
            double waveSeconds) {
        this.context = context;
        this.store = store;
        this.lock = lock;
        this.function = function;
        this.waveSeconds = waveSeconds;
    }

    /**
     * Makes the fits of tasks, in about their order, and returns when all of them are in the store. To be called once.
     *
     * @return the fits, in no order
     * @throws IOException if a job or a commit failed; what had arrived before a job failed is stored
     */
    List<FitRow> make(List<FitTask> tasks) throws IOException {
        synchronized (this) {
            for (FitTask task : tasks) {
                allPredictedMillis += task.predictedMillis();
            }
        }
        Thread writer = new Thread(this::commitWaves, "waves");
        writer.start();
        try {
            submitAll(tasks);
            awaitTasksLeft(0);
        } finally {
            end();
            join(writer);
        }
        synchronized (this) {
            if (failure instanceof IOException known) {
                throw known;
            }
            if (failure != null) {
                throw new IOException("the fits could not be made: " + failure.getMessage(), failure);
            }
            return all;
        }
    }

    private void submitAll(List<FitTask> tasks) {
        int next = 0;
        while (next < tasks.size() && awaitTasksLeft(SPARE_TASKS_PER_CORE * context.defaultParallelism())) {
            int last = endOfJob(tasks, next);
            submit(List.copyOf(tasks.subList(next, last)));
            next = last;
        }
    }

    /** Where the job ends that begins with a task: the number of the first task that is not in it. */
    private int endOfJob(List<FitTask> tasks, int from) {
        int most = Math.max(JOB_TASKS, 2 * SPARE_TASKS_PER_CORE * context.defaultParallelism());
        int fits = 0;
        int task = from;
        while (task < tasks.size() && task - from < most && fits < JOB_FITS) {
            fits += tasks.get(task).fits().size();
            task++;
        }
        return task;
    }

    private void submit(List<FitTask> tasks) {
        JavaRDD<MadeFits> results = context.parallelize(tasks, tasks.size()).map(function);
        synchronized (this) {
            tasksLeft += tasks.size();
        }
        List<Object> partitions =
                IntStream.range(0, tasks.size()).<Object>mapToObj(p -> p).toList();
        Function2<Object, MadeFits, BoxedUnit> handler = (partition, fits) -> {
            arrive(fits, tasks.get((Integer) partition).predictedMillis());
            return BoxedUnit.UNIT;
        };
        SimpleFutureAction<BoxedUnit> job = context.sc()
                .submitJob(
                        results.rdd(),
                        (Function1<Iterator<MadeFits>, MadeFits> & Serializable) Iterator::next,
                        CollectionConverters.asScala(partitions).toSeq(),
                        handler,
                        () -> BoxedUnit.UNIT);
        synchronized (this) {
            jobs.add(job);
        }
        job.onComplete(
                outcome -> {
                    jobEnded(outcome);
                    return BoxedUnit.UNIT;
                },
                ExecutionContext.fromExecutor(Runnable::run));
    }

    /** Called by Spark's scheduler, once for each task. */
    private synchronized void arrive(MadeFits fits, double predictedMillis) {
        arrived.add(fits);
        all.addAll(fits.rows());
        for (FitRow row : fits.rows()) {
            arrivedMillis += row.provenance().fitMillis();
            allMillis += row.provenance().fitMillis();
        }
        madePredictedMillis += predictedMillis;
        tasksLeft--;
        notifyAll();
    }

    private synchronized void jobEnded(Try<BoxedUnit> outcome) {
        if (outcome.isFailure()) {
            fail(outcome.failed().get());
        }
    }

    private synchronized void fail(Throwable reason) {
        if (failure == null) {
            failure = reason;
        } else if (failure != reason) {
            failure.addSuppressed(reason);
        }
        notifyAll();
    }

    /** Waits until at most some tasks are left; false if the run has failed. */
    private synchronized boolean awaitTasksLeft(int most) {
        try {
            while (failure == null && tasksLeft > most) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(e);
        }
        return failure == null;
    }

    private synchronized void end() {
        ended = true;
        if (failure != null) {
            jobs.forEach(SimpleFutureAction::cancel);
        }
        notifyAll();
    }

    /** Waits for the writer, also if this thread is interrupted, for a commit must not outlive the lock. */
    private static void join(Thread writer) {
        boolean interrupted = false;
        while (true) {
            try {
                writer.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void commitWaves() {
        try {
            store.prepare();
            List<MadeFits> wave = nextWave();
            while (!wave.isEmpty()) {
                List<FitRow> rows = new ArrayList<>();
                List<SettingTimes> times = new ArrayList<>();
                for (MadeFits fits : wave) {
                    rows.addAll(fits.rows());
                    times.addAll(fits.times());
                }
                lock.requireHeld();
                store.commit(rows, times);
                wave = nextWave();
            }
        } catch (Exception | Error e) {
            fail(e);
        }
    }

    /** What has arrived, as soon as it is a wave or nothing more will come; empty at the end only. */
    private synchronized List<MadeFits> nextWave() throws InterruptedException {
        while (!ended && (arrived.isEmpty() || arrivedMillis < waveMillis())) {
            wait();
        }
        List<MadeFits> wave = arrived;
        arrived = new ArrayList<>();
        arrivedMillis = 0;
        return wave;
    }

    /**
     * Work after which a wave ends, milliseconds. Towards the end it is as much as is still to come, by its predicted time, so that little
     * is left to write when the last fit is made; but no less than an eighth of a wave, for many small files are read slowly.
     */
    private double waveMillis() {
        double whole = 1000 * waveSeconds * context.defaultParallelism();
        double madeShare = allPredictedMillis == 0 ? 1 : madePredictedMillis / allPredictedMillis;
        double left = madeShare == 0 ? whole : allMillis * (1 - madeShare) / madeShare;
        return Math.max(SMALLEST_WAVE * whole, Math.min(whole, left));
    }
}
