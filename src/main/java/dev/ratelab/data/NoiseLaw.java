package dev.ratelab.data;

import dev.ratelab.random.Quantiles;
import dev.ratelab.random.Stream;

/**
 * The law of the noise {@code e} in {@code y = mean + sqrt(nu) e}, where {@code nu} is the variance of an atom. Row
 * {@code i} is a function of the stream and {@code i} alone. Immutable and safe for use by several threads.
 */
public sealed interface NoiseLaw {

    /** The standard normal law. */
    NoiseLaw NORMAL = new Normal();

    /** The name in study files, such as {@code normal}. */
    String id();

    /**
     * Fills an array with the noise of consecutive rows.
     *
     * @param stream the stream of the noise; its variates 0 and 1 are used
     * @param from first row, from 0
     * @param x {@code x[j][i]}: coordinate j of row {@code from + i}; not modified
     * @param noise {@code noise[i]}: that of row {@code from + i}; modified
     */
    void fill(Stream stream, int from, double[][] x, double[] noise);

    /** Standard normal noise. */
    record Normal() implements NoiseLaw {
        /** The name of this law in study files. */
        public static final String ID = "normal";

        @Override
        public String id() {
            return ID;
        }

        @Override
        public void fill(Stream stream, int from, double[][] x, double[] noise) {
            stream.normals(from, 0, noise);
        }
    }

    /**
     * Student's distribution, scaled to variance one.
     *
     * @param degreesOfFreedom more than 2, not necessarily whole
     */
    record Student(double degreesOfFreedom) implements NoiseLaw {
        /** The name of this law in study files. */
        public static final String ID = "student";

        public Student {
            if (!(degreesOfFreedom > 2 && degreesOfFreedom < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("degrees of freedom = " + degreesOfFreedom
                        + " must be finite and above 2: with fewer the noise has no variance");
            }
        }

        @Override
        public String id() {
            return ID;
        }

        @Override
        public void fill(Stream stream, int from, double[][] x, double[] noise) {
            double[] angle = new double[noise.length];
            stream.uniforms(from, 0, noise);
            stream.uniforms(from, 1, angle);
            double unit = Math.sqrt((degreesOfFreedom - 2) / degreesOfFreedom);
            for (int i = 0; i < noise.length; i++) {
                noise[i] = unit * Quantiles.student(noise[i], angle[i], degreesOfFreedom);
            }
        }
    }

    /** The Laplace (double exponential) distribution with variance one. */
    record Laplace() implements NoiseLaw {
        /** The name of this law in study files. */
        public static final String ID = "laplace";

        @Override
        public String id() {
            return ID;
        }

        @Override
        public void fill(Stream stream, int from, double[][] x, double[] noise) {
            stream.uniforms(from, 0, noise);
            for (int i = 0; i < noise.length; i++) {
                noise[i] = Quantiles.laplace(noise[i]);
            }
        }
    }

    /**
     * Normal noise whose variance depends on the inputs: {@code e = sqrt(1 + (s'x)^2) z} with standard normal {@code z}. The
     * variance of an atom is that at {@code s'x = 0}, the smallest.
     *
     * @param slope {@code s}, d numbers; owned by the record, not modified
     */
    record Heteroscedastic(double[] slope) implements NoiseLaw {
        /** The name of this law in study files. */
        public static final String ID = "heteroscedastic";

        public Heteroscedastic {
            for (double component : slope) {
                if (!Double.isFinite(component)) {
                    throw new IllegalArgumentException("the slope of the noise has a component that is not finite");
                }
            }
        }

        @Override
        public String id() {
            return ID;
        }

        @Override
        public void fill(Stream stream, int from, double[][] x, double[] noise) {
            if (slope.length != x.length) {
                throw new IllegalArgumentException("the slope of the noise has " + slope.length
                        + " entries, the model has " + x.length + " inputs");
            }
            stream.normals(from, 0, noise);
            for (int i = 0; i < noise.length; i++) {
                noise[i] *= deviation(x, i);
            }
        }

        /**
         * The standard deviation of {@code e} given the inputs of a row.
         *
         * @param x {@code x[j][row]}; not modified
         */
        double deviation(double[][] x, int row) {
            double product = 0;
            for (int j = 0; j < x.length; j++) {
                product += slope[j] * x[j][row];
            }
            return Math.sqrt(1 + product * product);
        }
    }
}
