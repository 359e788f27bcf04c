package dev.ratelab.data;

/**
 * A data set of {@code n} rows {@code (x_1, ..., x_d, y)}, wherever they are: in memory, made when they are needed, or spread over
 * other machines. What is computed from all rows is a {@link RowFold}, whose result has the same bits wherever they are.
 *
 * <p>Immutable.
 */
public interface Rows {

    /** Number of rows n, at least 1. */
    int size();

    /** Number of inputs d, at least 1. */
    int dimension();

    /** Whether the rows carry weights of their own; if not, each weighs one. */
    boolean weighted();

    /** Sum of the weights of the rows: the number of observations that they stand for. */
    double totalWeight();

    /** The weights of all rows, n numbers; none if the rows carry no weights of their own. */
    double[] weights();

    /**
     * Some of the rows, in memory.
     *
     * @param numbers of the rows, from 0, in any order and possibly repeated; at least one; not modified
     */
    Sample pick(int[] numbers);

    /** The same rows in other units. */
    Rows inUnits(Units units);

    /** The numbers of all rows. */
    double[] fold(RowFold fold);
}
