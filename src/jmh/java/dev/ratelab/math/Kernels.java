package dev.ratelab.math;

import dev.ratelab.model.Block;
import java.util.Arrays;
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

/** Elementary functions of one block, value with both derivatives and value alone: nanoseconds an argument. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 7, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class Kernels {
    /** Function. */
    @Param({"exp", "exp-of-difference", "sigmoid", "tanh", "gelu", "silu", "relu", "sine", "log-sigmoid", "StrictMath.exp"})
    public String function;

    private final double[] arguments = Block.newArray();
    private final double[] shift = Block.newArray();
    private final double[][] scratch = new double[Activation.SCRATCH][Block.LENGTH];
    private final double[] value = Block.newArray();
    private final double[] first = Block.newArray();
    private final double[] second = Block.newArray();
    private Function kernel;

    private interface Function {
        void evaluate(double[] z, double[][] scratch, double[] value, double[] first, double[] second);
    }

    /** Chooses the kernel and its arguments: negative ones for the exponentials, else of both signs. */
    @Setup
    public void choose() {
        boolean negative = function.contains("exp");
        for (int i = 0; i < Block.ROWS; i++) {
            arguments[i] = negative ? -40 * (i + 0.5) / Block.ROWS : 16 * (i + 0.5) / Block.ROWS - 8;
        }
        kernel = switch (function) {
            case "exp" -> (z, work, out, slope, bend) -> BlockExp.exp(z, work[0], out);
            case "exp-of-difference" -> (z, work, out, slope, bend) -> BlockExp.expOfDifference(z, shift, work[0], out);
            case "log-sigmoid" -> BlockLogistic::logSigmoid;
            case "StrictMath.exp" -> (z, work, out, slope, bend) -> Arrays.setAll(out, i -> StrictMath.exp(z[i]));
            default ->
                Activation.named().stream()
                                .filter(activation -> activation.name().equals(function))
                                .findFirst()
                                .orElseThrow()
                        ::evaluate;
        };
    }

    /** The value. */
    @Benchmark
    @OperationsPerInvocation(BlockKernels.ROWS)
    public double[] value() {
        kernel.evaluate(arguments, scratch, value, null, null);
        return value;
    }

    /** The value and two derivatives. */
    @Benchmark
    @OperationsPerInvocation(BlockKernels.ROWS)
    public double[] valueAndDerivatives() {
        kernel.evaluate(arguments, scratch, value, first, second);
        return second;
    }
}
