package dev.ratelab.fit.objective;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;

/**
 * Nanoseconds of processor time a row of passes over a sample, softmax gate and linear experts, as lines
 * {@code order k d best median n}.
 *
 * <p>Processor time of the thread, not time on the clock: where other programs share the machine, the best of many short repetitions is
 * what the code itself takes. Arguments: {@code k:d}, for 100,000 rows, or {@code k:d:n}.
 */
public final class PassTimes {
    private static final String ROWS = "100000";
    private static final int FEWEST_REPETITIONS = 5;
    private static final int ROWS_TO_REPEAT = 4_000_000;
    private static final long WARM_NANOS = 1_500_000_000L;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private PassTimes() {}

    /** Prints one line for each order and argument. */
    public static void main(String[] arguments) {
        for (String argument : arguments) {
            String[] words = argument.split(":", -1);
            int atoms = Integer.parseInt(words[0]);
            int dimension = Integer.parseInt(words[1]);
            int rows = Integer.parseInt(words.length > 2 ? words[2] : ROWS);
            PassState pass = new PassState(Problems.truth("softmax", "linear", atoms, dimension), rows);
            for (Order order : Order.values()) {
                double[] times = times(pass, order, rows);
                System.out.printf(
                        Locale.ROOT,
                        "%s %d %d %.2f %.2f %d%n",
                        order,
                        atoms,
                        dimension,
                        times[0],
                        times[times.length / 2],
                        rows);
            }
        }
    }

    private static double[] times(PassState pass, Order order, int rows) {
        long begin = THREADS.getCurrentThreadCpuTime();
        while (THREADS.getCurrentThreadCpuTime() - begin < WARM_NANOS) {
            pass.run(order);
        }
        double[] times = new double[FEWEST_REPETITIONS + ROWS_TO_REPEAT / rows];
        for (int repetition = 0; repetition < times.length; repetition++) {
            long start = THREADS.getCurrentThreadCpuTime();
            pass.run(order);
            times[repetition] = (double) (THREADS.getCurrentThreadCpuTime() - start) / rows;
        }
        Arrays.sort(times);
        return times;
    }
}
