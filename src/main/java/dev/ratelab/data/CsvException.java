package dev.ratelab.data;

/** A CSV file that cannot be read as columns of numbers; the message says why, and where. */
public final class CsvException extends RuntimeException {
    private static final long serialVersionUID = 1;

    CsvException(String message) {
        super(message);
    }

    CsvException(String message, Throwable cause) {
        super(message, cause);
    }
}
