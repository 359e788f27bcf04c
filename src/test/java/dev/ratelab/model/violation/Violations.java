package dev.ratelab.model.violation;

import dev.ratelab.fit.ascent.StopRule;
import dev.ratelab.model.Gate;
import dev.ratelab.model.catalog.Gates;
import dev.ratelab.model.violation.circle.Circle;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.util.FastMath;
import org.apache.spark.SparkConf;
import org.apache.spark.ml.linalg.Vectors;
import org.jfree.data.xy.XYSeries;
import picocli.CommandLine;

/** Breaks the rules on purpose, to show that they can fail. Never run. */
public final class Violations {
    static final DoubleUnaryOperator EXP = Math::exp;

    private Violations() {}

    public static double random() {
        return new Random(1).nextDouble();
    }

    static double fastMath() {
        return FastMath.log(2);
    }

    static double strictMath() {
        return StrictMath.log(2);
    }

    static double parallelSum() {
        return DoubleStream.of(1, 2).parallel().sum();
    }

    static String localised() {
        return "%d".formatted(1);
    }

    static double machineChosenAlgebra() {
        return Vectors.norm(Vectors.dense(1, new double[] {2}), 2);
    }

    static int laterPackage() {
        return StopRule.defaults().maxIterations();
    }

    static Gate lookUp() {
        return Gates.of("softmax");
    }

    static double circle() {
        return Circle.back();
    }

    static Object libraries() {
        return new Object[] {new SparkConf(), new XYSeries(""), new CommandLine(new Object())};
    }
}
