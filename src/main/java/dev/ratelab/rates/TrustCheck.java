package dev.ratelab.rates;

import java.util.Locale;

/**
 * One condition that a rate must meet to be believed, and what was found.
 *
 * @param name name of the check, one of the constants of {@link TrustChecks}
 * @param status what was found
 * @param number the number that decided; {@code NaN} if there is none
 * @param detail one sentence with the numbers
 */
public record TrustCheck(String name, CheckStatus status, double number, String detail) {

    static TrustCheck notChecked(String name, String why) {
        return new TrustCheck(name, CheckStatus.NOT_CHECKED, Double.NaN, why);
    }

    static TrustCheck of(String name, CheckStatus status, double number, String format, Object... arguments) {
        return new TrustCheck(name, status, number, String.format(Locale.ROOT, format, arguments));
    }
}
