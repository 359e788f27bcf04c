package dev.ratelab.rates;

import java.util.Locale;

/** Shares as text for people: rounded, but never to the other side of what they are compared with. */
public final class Percent {
    /** Decimals that tell any two shares apart that are worth telling apart. */
    private static final int MOST_DECIMALS = 15;

    private Percent() {}

    /**
     * A share in percent, rounded to the nearest. It has as many more decimals as it takes to stay above or below 0 %, 100 % and the
     * limits where the share is: 99.6 % is not 100 %, and 10.04 % not the 10 % that may be.
     *
     * @param share a share, such as 0.996; what is not finite is written as it is
     * @param decimals decimals at least, from 0
     * @param limits shares that the text is compared with
     */
    public static String text(double share, int decimals, double... limits) {
        for (int digits = decimals; digits < MOST_DECIMALS; digits++) {
            String number = String.format(Locale.ROOT, "%." + digits + "f", 100 * share);
            double percent = Double.parseDouble(number);
            if (keepsItsSide(percent, share, 0, 1) && keepsItsSide(percent, share, limits)) {
                return number + " %";
            }
        }
        return 100 * share + " %";
    }

    private static boolean keepsItsSide(double percent, double share, double... limits) {
        for (double limit : limits) {
            if (share != limit && Math.signum(percent - 100 * limit) != Math.signum(share - limit)) {
                return false;
            }
        }
        return true;
    }
}
