package dev.ratelab.diagnose;

import dev.ratelab.math.Elementary;
import java.util.Arrays;
import java.util.List;

/**
 * The modulus of continuity of one coordinate at a truth: {@code V(delta) = min ||f_G - f*||} over models G in which the coordinate is at
 * distance delta from its true value. If {@code V ~ delta^p}, the worst-case rate of the coordinate is {@code n^(-1/(2p))}.
 *
 * @param gate id of the gate
 * @param expert id of the expert family
 * @param held what is held away, such as {@code expert 2} or {@code gate-temperature}
 * @param cell number of fitted atoms in the cell of the true atom, 1 or 2
 * @param deltas distances, each half of the one before; empty if the coordinate is not available
 * @param values {@code V(delta)}: in units of the response, or twice the distance of square roots of densities
 * @param flat whether V is zero to rounding at the smallest distance: the coordinate is not identified
 * @param noise standard deviation of the noise; 1 in the density problem
 * @param note why there are no values; else empty
 */
public record ModulusCurve(
        String gate,
        String expert,
        String held,
        int cell,
        List<Double> deltas,
        List<Double> values,
        boolean flat,
        double noise,
        String note) {
    /** How near to the last local exponent another one counts as the same. */
    private static final double SAME_EXPONENT = 0.1;

    public ModulusCurve {
        deltas = List.copyOf(deltas);
        values = List.copyOf(values);
    }

    /**
     * The local exponents {@code log2 V(delta) - log2 V(delta / 2)}, one fewer than there are distances; none if flat. Far from
     * the limit where V is zero at one distance, as it is where other parameters make the true function.
     */
    public List<Double> exponents() {
        if (flat || values.isEmpty()) {
            return List.of();
        }
        double[] exponents = new double[values.size() - 1];
        for (int i = 0; i < exponents.length; i++) {
            exponents[i] = Elementary.log(values.get(i) / values.get(i + 1)) / Elementary.log(2);
        }
        return Arrays.stream(exponents).boxed().toList();
    }

    /** The local exponent p at the smallest distances; infinite if flat, {@code NaN} if there are no values. */
    public double exponent() {
        List<Double> all = exponents();
        return values.isEmpty() ? Double.NaN : flat ? Double.POSITIVE_INFINITY : all.get(all.size() - 1);
    }

    /** The exponent {@code 1 / (2 p)} of the implied worst-case rate {@code n^-e}; 0 if flat. */
    public double rate() {
        return 1 / (2 * exponent());
    }

    /** Whether the last two local exponents agree to 0.1: if not, the limit has not been reached. */
    public boolean settled() {
        List<Double> all = exponents();
        int last = all.size() - 1;
        return last > 0 && Math.abs(all.get(last - 1) - all.get(last)) <= SAME_EXPONENT;
    }

    /** The largest distance from which on, downwards, all local exponents are those of the limit, to 0.1; {@code NaN} if not settled. */
    public double asymptoticFrom() {
        List<Double> all = exponents();
        int first = all.size() - 1;
        while (first > 0 && Math.abs(all.get(first - 1) - exponent()) <= SAME_EXPONENT) {
            first--;
        }
        return settled() ? deltas.get(first) : Double.NaN;
    }

    /**
     * The information n over the noise variance at which errors of {@link #asymptoticFrom} can be told from none,
     * {@code sigma / sqrt(n) = V(delta)}; the limit rate is seen well beyond. The number n itself in the density problem. Infinite if
     * flat or not settled.
     */
    public double visibleFrom() {
        if (!settled()) {
            return Double.POSITIVE_INFINITY;
        }
        double value = values.get(deltas.indexOf(asymptoticFrom()));
        return 1 / (value * value);
    }
}
