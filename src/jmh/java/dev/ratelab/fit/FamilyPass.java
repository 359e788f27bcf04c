package dev.ratelab.fit;

import dev.ratelab.data.Truth;
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

/**
 * Passes over a sample with three experts (four for a hierarchical gate) and one input: every gate with linear experts and every expert
 * with a softmax gate; nanoseconds a row. A gate whose weights do not sum to one is fitted by least squares.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 7, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class FamilyPass {
    private static final int ROWS = 100_000;

    /** Gate and expert. */
    @Param({
        "softmax linear",
        "dense-to-sparse linear",
        "activation-dense-to-sparse linear",
        "laplace linear",
        "quadratic linear",
        "quadratic(form=monomial) linear",
        "cosine linear",
        "perturbed-cosine linear",
        "sigmoid linear",
        "normalised-sigmoid linear",
        "gaussian linear",
        "hierarchical(groups=2) linear",
        "top-k(k=2) linear",
        "softmax constant",
        "softmax polynomial(degree=2)",
        "softmax sigmoid",
        "softmax tanh",
        "softmax gelu",
        "softmax silu",
        "softmax relu",
        "softmax sine"
    })
    public String model;

    private PassState pass;

    /** Draws the sample. */
    @Setup
    public void draw() {
        String[] names = model.split(" ", 2);
        int atoms = names[0].startsWith("hierarchical") ? 4 : 3;
        Truth truth = Problems.truth(names[0], names[1], atoms, 1);
        pass = new PassState(truth, ROWS);
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
