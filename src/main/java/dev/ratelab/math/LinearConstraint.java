package dev.ratelab.math;

/**
 * The constraint {@code sum_a row[a] theta[a] <= limit} on a parameter vector.
 *
 * @param name the study's bound that it comes from, such as {@code gate-bias-difference}
 * @param row coefficients; owned by the record, not modified
 * @param limit upper limit, in the units of the row
 */
public record LinearConstraint(String name, double[] row, double limit) {

    /** The constraint {@code coefficient theta[index] <= limit} on a vector of {@code count} parameters. */
    public static LinearConstraint ofOne(String name, int count, int index, double coefficient, double limit) {
        double[] row = new double[count];
        row[index] = coefficient;
        return new LinearConstraint(name, row, limit);
    }

    /** This constraint on the parameters from {@code offset} on of a vector of {@code count} parameters. */
    public LinearConstraint within(int count, int offset) {
        double[] all = new double[count];
        System.arraycopy(row, 0, all, offset, row.length);
        return new LinearConstraint(name, all, limit);
    }

    /** {@code row . theta - limit}: positive where the constraint is violated. */
    public double excess(double[] theta) {
        double sum = 0;
        for (int a = 0; a < row.length; a++) {
            if (row[a] != 0) {
                sum += row[a] * theta[a];
            }
        }
        return sum - limit;
    }
}
