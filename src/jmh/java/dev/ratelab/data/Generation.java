package dev.ratelab.data;

import dev.ratelab.fit.objective.Problems;
import dev.ratelab.random.Stream;
import dev.ratelab.random.Streams;
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

/** Random numbers and whole samples: nanoseconds a number, or a row. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 7, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class Generation {
    private static final int ROWS = 100_000;

    private final Stream stream = Streams.of("benchmark", "numbers");
    private final double[] numbers = new double[ROWS];
    private final double[][] inputs = new double[1][ROWS];
    private Truth density;
    private Truth regression;

    /** Builds the truths. */
    @Setup
    public void build() {
        density = Problems.truth("softmax", "linear", 3, 1);
        regression = Problems.truth("sigmoid", "tanh", 3, 1);
    }

    /** Uniform numbers. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public double[] uniform() {
        stream.uniforms(0, 0, numbers);
        return numbers;
    }

    /** Standard normal numbers. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public double[] normal() {
        stream.normals(0, 0, numbers);
        return numbers;
    }

    /** Noise of Student's distribution with five degrees of freedom. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public double[] student() {
        new NoiseLaw.Student(5).fill(stream, 0, inputs, numbers);
        return numbers;
    }

    /** Noise of the Laplace distribution. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public double[] laplace() {
        new NoiseLaw.Laplace().fill(stream, 0, inputs, numbers);
        return numbers;
    }

    /** A sample of three linear experts with a softmax gate: uniform inputs, choice of the expert, normal noise. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public Sample densitySample() {
        return Generator.generate(density, ROWS, "benchmark");
    }

    /** A sample of the regression on three tanh experts with a sigmoid gate. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public Sample regressionSample() {
        return Generator.generate(regression, ROWS, "benchmark");
    }
}
