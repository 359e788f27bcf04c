package dev.ratelab.rates;

import java.util.Locale;

/**
 * One condition that a rate must meet to be believed, and what was found.
 *
 * @param name name of the gate, one of the constants of {@link TrustGates}
 * @param status what was found
 * @param number the number that decided; {@code NaN} if there is none
 * @param detail one sentence with the numbers
 */
public record TrustGate(String name, GateStatus status, double number, String detail) {

    static TrustGate notChecked(String name, String why) {
        return new TrustGate(name, GateStatus.NOT_CHECKED, Double.NaN, why);
    }

    static TrustGate of(String name, GateStatus status, double number, String format, Object... arguments) {
        return new TrustGate(name, status, number, String.format(Locale.ROOT, format, arguments));
    }
}
