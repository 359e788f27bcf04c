package dev.ratelab.fit.objective;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Passes over samples of many sizes, softmax gate, three linear experts, one input: microseconds a pass. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 7, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = {"-Xmx3g", "-XX:ObjectAlignmentInBytes=64"})
public class SizePass {
    /** Number of rows. */
    @Param({"10000", "100000", "1000000", "10000000"})
    public int rows;

    private PassState pass;

    /** Draws the sample. */
    @Setup
    public void draw() {
        pass = new PassState(Problems.truth("softmax", "linear", 3, 1), rows);
    }

    /** What an EM iteration needs. */
    @Benchmark
    public double complete() {
        return pass.run(Order.COMPLETE);
    }

    /** Gradient and exact Hessian. */
    @Benchmark
    public double observed() {
        return pass.run(Order.OBSERVED);
    }
}
