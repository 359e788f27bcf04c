package dev.ratelab.fit.objective;

import dev.ratelab.data.Truth;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Passes over a sample of the three orders, at the truth that a subclass names: nanoseconds a row. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 7, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:ObjectAlignmentInBytes=64")
public abstract class RowPass {
    private static final int ROWS = 100_000;

    private PassState pass;

    /** What the sample is drawn from. */
    abstract Truth truth();

    /** Draws the sample. */
    @Setup
    public void draw() {
        pass = new PassState(truth(), ROWS);
    }

    /** The objective alone. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public double value() {
        return pass.run(Order.VALUE);
    }

    /** What an EM iteration needs; in regression, one of Gauss-Newton. */
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
