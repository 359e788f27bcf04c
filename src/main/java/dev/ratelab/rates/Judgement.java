package dev.ratelab.rates;

import dev.ratelab.math.Elementary;
import dev.ratelab.theory.Prediction;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A verdict with its reason. The first of these rules that applies decides; the interval is the 95 % interval of the
 * slope.
 *
 * <ol>
 *   <li>{@code not-trusted} if a check fails ({@link TrustChecks}); the reason names it. There are two exceptions: if only the check
 *       {@code small-sizes} fails and the slope moves towards the prediction, the verdict is {@code pre-asymptotic}; if only {@code
 *       start-radius} fails and the loss does not fall, as theory says, that confirms that it is not identified;
 *   <li>{@code undecided} if slope or interval are undefined ({@link RateFit#problem});
 *   <li>{@code undecided} if there is no predicted slope;
 *   <li>if theory says that the loss does not fall: {@code agrees} if the interval lies within -.05 and .05; else {@code
 *       undecided} if it holds zero, {@code faster} if it is below and {@code slower} if it is above;
 *   <li>the interval holds the predicted slope, or the slope is within .02 of it: {@code agrees}; but {@code undecided}
 *       if the interval holds zero too, since such data would agree with a loss that does not fall at all;
 *   <li>{@code flat} if the interval lies within -.05 and .05;
 *   <li>{@code pre-asymptotic} if the slopes of the lower and the upper half of the sizes differ significantly ({@link
 *       RateFit#curved}) and that of the upper half is nearer to the predicted one;
 *   <li>{@code faster} if the whole interval is below (more negative than) the predicted slope, {@code slower} if above.
 * </ol>
 *
 * <p>Where the prediction is an upper bound of the loss, the reason says that {@code faster} does not contradict it, and, if so,
 * that {@code slower} is no slower than the bound with its logarithm {@code (log n / n)^e} over these sample sizes.
 *
 * @param verdict the verdict
 * @param reason one sentence with the numbers that decided
 */
public record Judgement(Verdict verdict, String reason) {
    /** Difference from the predicted slope that is no disagreement, however small the uncertainty. */
    public static final double TOLERANCE = 0.02;

    /** Largest absolute slope of a loss that is called flat. */
    public static final double FLAT_SLOPE = 0.05;

    /** Compares a fitted rate with a prediction, if its checks let it. */
    public static Judgement of(RateFit fit, Prediction prediction, Trust trust) {
        Judgement compared = compareAlone(fit, prediction);
        List<String> failed = trust.names(CheckStatus.FAILED);
        if (failed.isEmpty()) {
            List<String> warned = trust.warnings();
            return warned.isEmpty() || compared.verdict() == Verdict.UNDECIDED
                    ? compared
                    : compared.and("warned by " + String.join(", ", warned));
        }
        String first = failed.get(0) + ": " + trust.check(failed.get(0)).detail();
        boolean alone = failed.size() == 1;
        if (alone && failed.contains(TrustChecks.SMALL_SIZES) && compared.verdict() == Verdict.PRE_ASYMPTOTIC) {
            return compared.and(first);
        }
        if (alone
                && failed.contains(TrustChecks.START_RADIUS)
                && prediction.notIdentified()
                && compared.verdict() == Verdict.AGREES) {
            return compared.and("as of what is not identified, its level is that of the starts: " + first);
        }
        return new Judgement(
                Verdict.NOT_TRUSTED,
                alone ? first : first + "; also failed: " + String.join(", ", failed.subList(1, failed.size())));
    }

    private Judgement and(String more) {
        return new Judgement(verdict, reason + "; " + more);
    }

    /** Compares a fitted rate with a prediction, whatever its checks say. */
    static Judgement compareAlone(RateFit fit, Prediction prediction) {
        if (!fit.defined()) {
            return new Judgement(Verdict.UNDECIDED, fit.problem());
        }
        if (prediction.notIdentified()) {
            return compareWithFlat(fit);
        }
        if (!prediction.known()) {
            return new Judgement(Verdict.UNDECIDED, "no prediction: " + prediction.source());
        }
        return compare(fit, prediction);
    }

    /** Compares with the prediction that the data do not identify what the loss measures. */
    private static Judgement compareWithFlat(RateFit fit) {
        String interval = text(
                "interval [%.3f, %.3f]",
                fit.slopes().mean().low(), fit.slopes().mean().high());
        if (fit.slopes().mean().low() >= -FLAT_SLOPE && fit.slopes().mean().high() <= FLAT_SLOPE) {
            return new Judgement(
                    Verdict.AGREES,
                    interval + text(" lies within %.2f of zero: not identified, as predicted", FLAT_SLOPE));
        }
        if (fit.slopes().mean().low() <= 0 && fit.slopes().mean().high() >= 0) {
            return new Judgement(
                    Verdict.UNDECIDED,
                    interval + text(" holds the predicted zero, but is wider than %.2f around it", FLAT_SLOPE));
        }
        return fit.slopes().mean().high() < 0
                ? new Judgement(
                        Verdict.FASTER,
                        interval
                                + " is below zero, although the data do not identify this: what falls is where fits start"
                                + " or what bounds leave")
                : new Judgement(Verdict.SLOWER, interval + " is above the predicted zero");
    }

    private static Judgement compare(RateFit fit, Prediction prediction) {
        double predicted = prediction.slope();
        String interval = text(
                "interval [%.3f, %.3f]",
                fit.slopes().mean().low(), fit.slopes().mean().high());
        boolean holds = fit.slopes().mean().low() <= predicted
                && predicted <= fit.slopes().mean().high();
        if (holds || Math.abs(fit.slope() - predicted) <= TOLERANCE) {
            if (fit.slopes().mean().high() >= 0) {
                return new Judgement(
                        Verdict.UNDECIDED, interval + text(" holds the predicted %.3f and zero alike", predicted));
            }
            String agreement = holds
                    ? interval + text(" holds the predicted %.3f", predicted)
                    : text("slope %.3f is within %.2f of the predicted %.3f", fit.slope(), TOLERANCE, predicted);
            return new Judgement(Verdict.AGREES, agreement + (fit.curved() ? "; but " + halves(fit) : ""));
        }
        if (fit.slopes().mean().low() >= -FLAT_SLOPE && fit.slopes().mean().high() <= FLAT_SLOPE) {
            return new Judgement(
                    Verdict.FLAT,
                    interval + text(" lies within %.2f of zero, predicted is %.3f", FLAT_SLOPE, predicted));
        }
        if (fit.curved()
                && Math.abs(fit.slopes().upperHalf() - predicted)
                        < Math.abs(fit.slopes().lowerHalf() - predicted)) {
            return new Judgement(Verdict.PRE_ASYMPTOTIC, halves(fit) + text(", towards the predicted %.3f", predicted));
        }
        boolean faster = fit.slopes().mean().high() < predicted;
        String reason = interval + text(" is %s the predicted %.3f", faster ? "below" : "above", predicted);
        if (prediction.upperBound()) {
            reason += faster
                    ? "; theory bounds the loss from above, which a faster fall does not contradict"
                    : logarithm(fit, predicted);
        }
        return new Judgement(faster ? Verdict.FASTER : Verdict.SLOWER, reason);
    }

    /** What the logarithm of the bound {@code (log n / n)^e} does to its slope, if that explains the difference. */
    private static String logarithm(RateFit fit, double predicted) {
        List<Integer> sizes = fit.sampleSizes();
        if (sizes.get(0) < 3) {
            return "";
        }
        double[] logs = sizes.stream().mapToDouble(Elementary::log).toArray();
        double[] logLogs = Arrays.stream(logs).map(Elementary::log).toArray();
        double[] equal = new double[logs.length];
        Arrays.fill(equal, 1);
        double bound = predicted
                * (1 - PowerLaw.Line.fit(logs, logLogs, equal, 0, logs.length).slope());
        return fit.slopes().mean().low() > bound
                ? ""
                : text(
                        "; but not above the upper bound (log n / n)^%.3f, whose slope over these sizes is %.3f",
                        -predicted, bound);
    }

    private static String halves(RateFit fit) {
        return text(
                "the slope changes from %.3f (smaller sizes) to %.3f (larger sizes)",
                fit.slopes().lowerHalf(), fit.slopes().upperHalf());
    }

    private static String text(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
