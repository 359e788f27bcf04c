package dev.ratelab.fit;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;

/**
 * Nanoseconds of processor time a row of passes over a sample, softmax gate and linear experts, as lines {@code order k d best median}.
 *
 * <p>Processor time of the thread, not time on the clock: where other programs share the machine, the best of many short repetitions is
 * what the code itself takes. Arguments: numbers {@code k:d}.
 */
public final class PassTimes {
    private static final int ROWS = 100_000;
    private static final int REPETITIONS = 41;
    private static final long WARM_NANOS = 1_500_000_000L;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private PassTimes() {}

    /** Prints one line for each order and argument. */
    public static void main(String[] arguments) {
        for (String argument : arguments) {
            String[] words = argument.split(":", -1);
            int atoms = Integer.parseInt(words[0]);
            int dimension = Integer.parseInt(words[1]);
            PassState pass = new PassState(Problems.truth("softmax", "linear", atoms, dimension), ROWS);
            for (Order order : Order.values()) {
                double[] times = times(pass, order);
                System.out.printf(
                        Locale.ROOT,
                        "%s %d %d %.2f %.2f%n",
                        order,
                        atoms,
                        dimension,
                        times[0],
                        times[times.length / 2]);
            }
        }
    }

    private static double[] times(PassState pass, Order order) {
        long begin = THREADS.getCurrentThreadCpuTime();
        while (THREADS.getCurrentThreadCpuTime() - begin < WARM_NANOS) {
            pass.run(order);
        }
        double[] times = new double[REPETITIONS];
        for (int repetition = 0; repetition < REPETITIONS; repetition++) {
            long start = THREADS.getCurrentThreadCpuTime();
            pass.run(order);
            times[repetition] = (double) (THREADS.getCurrentThreadCpuTime() - start) / ROWS;
        }
        Arrays.sort(times);
        return times;
    }
}
