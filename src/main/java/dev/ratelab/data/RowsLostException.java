package dev.ratelab.data;

/** The rows of a data set cannot be passed over, as what holds them has failed: no property of the data or of a fit. */
public final class RowsLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RowsLostException(String message, Throwable cause) {
        super(message, cause);
    }
}
