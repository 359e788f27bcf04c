package dev.ratelab.fit;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Passes over a sample, softmax gate and linear experts: nanoseconds a row. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 7, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class LinearPass {
    private static final int ROWS = 100_000;

    /** Number of experts. */
    @Param({"2", "3", "4", "5", "6", "8"})
    public int atoms;

    /** Number of inputs. */
    @Param({"1", "2", "4", "8", "16"})
    public int dimension;

    private PassState pass;

    /** Draws the sample. */
    @Setup
    public void draw() {
        pass = new PassState(Problems.truth("softmax", "linear", atoms, dimension), ROWS);
    }

    /** The log likelihood alone. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public double value() {
        return pass.run(Order.VALUE);
    }

    /** What an EM iteration needs. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public double complete() {
        return pass.run(Order.COMPLETE);
    }

    /** Gradient and exact Hessian. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public double observed() {
        return pass.run(Order.OBSERVED);
    }
}
