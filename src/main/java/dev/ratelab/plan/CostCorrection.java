package dev.ratelab.plan;

import java.util.Arrays;
import java.util.List;

/**
 * What the default cost of the fits of a setting must be corrected by: {@code u fixed + v (n / 1000)^q rows}, see {@link DefaultCost}.
 * Never negative, and as monotone in n as the default.
 *
 * @param fixed factor u of the cost that does not depend on the rows, positive
 * @param rows factor v of the cost by rows at n = 1000, positive
 * @param power correction q of the power of n
 */
record CostCorrection(double fixed, double rows, double power) {
    static final CostCorrection NONE = new CostCorrection(1, 1, 0);

    /** Powers that are tried; the smallest leaves costs by rows rising with n. */
    private static final double[] POWERS = {0, 0.05, -0.05, 0.1, -0.1, 0.15, -0.15, 0.2, -0.2, 0.25, -0.25, 0.3, -0.3};

    /** Relative deviation below which a cell counts as well predicted: times of cells repeat to about that. */
    private static final double SMALLEST_DEVIATION = 0.05;

    /** Pull of the two factors towards each other, as a share of the weight of all cells. */
    private static final double RIDGE = 0.01;

    /** Relative deviation that a power away from the default must save: {@code q / 0.3} of it. */
    private static final double PRICE_OF_POWER = 0.03;

    private static final double SMALLEST_SHARE = 0.1;
    private static final int ITERATIONS = 30;

    /**
     * One cell.
     *
     * @param weight number of its fits, less if they say less; positive
     * @param millis mean time, positive
     * @param fixed default cost that does not depend on the rows, milliseconds
     * @param rows default cost by rows, milliseconds
     * @param thousands {@code n / 1000}
     */
    record Cell(double weight, double millis, double fixed, double rows, double thousands) {}

    /**
     * The correction with the smallest weighted mean of absolute relative deviations (by reweighted least squares), so that a few cells
     * that a busy machine delayed have little to say.
     *
     * @param cells at least one; in any order that is always the same
     */
    static CostCorrection of(List<Cell> cells) {
        CostCorrection best = NONE;
        double smallest = Double.POSITIVE_INFINITY;
        for (double power : POWERS) {
            CostCorrection candidate = withPower(cells, power);
            double loss = candidate.deviation(cells) + PRICE_OF_POWER * Math.abs(power) / 0.3;
            if (loss < smallest) {
                smallest = loss;
                best = candidate;
            }
        }
        return best;
    }

    private static CostCorrection withPower(List<Cell> cells, double power) {
        double ratio = medianRatio(cells, power);
        CostCorrection current = new CostCorrection(ratio, ratio, power);
        for (int i = 0; i < ITERATIONS; i++) {
            current = current.reweighted(cells, ratio);
        }
        return current;
    }

    /** One step of reweighted least squares of {@code 1} on {@code u fixed / millis + v rows / millis}. */
    private CostCorrection reweighted(List<Cell> cells, double ratio) {
        double xx = 0;
        double xy = 0;
        double yy = 0;
        double x1 = 0;
        double y1 = 0;
        double total = 0;
        for (Cell cell : cells) {
            double x = cell.fixed / cell.millis;
            double y = cell.rows * DefaultCost.power(cell.thousands, power) / cell.millis;
            double weight = cell.weight / Math.max(SMALLEST_DEVIATION, Math.abs(1 - fixed * x - rows * y));
            xx += weight * x * x;
            xy += weight * x * y;
            yy += weight * y * y;
            x1 += weight * x;
            y1 += weight * y;
            total += weight;
        }
        double ridge = RIDGE * total / (ratio * ratio);
        xx += ridge;
        yy += ridge;
        xy -= ridge;
        double determinant = xx * yy - xy * xy;
        double least = SMALLEST_SHARE * ratio;
        double u = (x1 * yy - y1 * xy) / determinant;
        double v = (y1 * xx - x1 * xy) / determinant;
        if (!(u >= least)) {
            u = least;
            v = (y1 - u * xy) / yy;
        } else if (!(v >= least)) {
            v = least;
            u = (x1 - v * xy) / xx;
        }
        return new CostCorrection(Math.max(least, u), Math.max(least, v), power);
    }

    private static double medianRatio(List<Cell> cells, double power) {
        double[] ratios = new double[cells.size()];
        for (int i = 0; i < ratios.length; i++) {
            Cell cell = cells.get(i);
            ratios[i] = cell.millis / (cell.fixed + cell.rows * DefaultCost.power(cell.thousands, power));
        }
        Arrays.sort(ratios);
        return ratios[ratios.length / 2];
    }

    private double deviation(List<Cell> cells) {
        double sum = 0;
        double weights = 0;
        for (Cell cell : cells) {
            sum += cell.weight * Math.abs(1 - millis(cell.fixed, cell.rows, cell.thousands) / cell.millis);
            weights += cell.weight;
        }
        return sum / weights;
    }

    /** The corrected cost, milliseconds. */
    double millis(double fixedMillis, double rowMillis, double thousands) {
        return fixed * fixedMillis + rows * DefaultCost.power(thousands, power) * rowMillis;
    }
}
