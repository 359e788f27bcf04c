package dev.ratelab.rates;

import dev.ratelab.math.Elementary;
import java.util.Locale;

/**
 * A power of N against a power of log N, with the limits of what the data can resolve; {@code N} is the number of observations of unit
 * noise that a data set is worth, see {@link RateFit#noiseVariance}.
 *
 * <p>Both laws, {@code p(N) = a + b log N} and {@code q(N) = a' - c log log N}, are fitted to log mean losses {@code y} by least
 * squares with the same weights {@code w}, the reciprocals of the variances of {@code y}. They have as many parameters, so that the
 * difference of their information criteria is that of their sums of squares. With {@code d = q - p},
 *
 * <pre>
 *   kappa = sum w d (y - p) / sum w d^2,      AIC(power) - AIC(log) = (2 kappa - 1) sum w d^2:
 * </pre>
 *
 * <p>kappa is near 0 if the means follow the power, near 1 if they follow the logarithm. Its standard error s is that of the
 * jackknife over seeds, with both laws held fixed; for independent sizes {@code 1 / s^2} estimates {@code sum w d^2}, the squared
 * distance of the two best fits over this window beside the Monte-Carlo error. So the difference of the criteria is taken as {@code (2
 * kappa - 1) / s^2}, and one is preferred if it is at least {@value #LEAST_DIFFERENCE}: with that the wrong one is preferred with the
 * probability {@code Phi(-(1 / 2 + 2 s^2) / s)}, which is at most .023 whatever s. Below it the two cannot be told apart on this range.
 * If the 95 % interval of kappa holds neither 0 nor 1, give or take {@value #TOLERANCE}, neither law fits. Where no N is above {@value
 * #LEAST_RANGE}, {@code 1 / log N} and {@code N^-1/8} have the slopes -.130 and -.125, and many a pre-asymptotic loss bends as much:
 * logarithmic is never said there.
 *
 * @param law the outcome
 * @param kappa 0 for a power, 1 for a logarithm; {@code NaN} if undefined
 * @param kappaError its standard error
 * @param criterionDifference AIC of the power less AIC of the logarithm
 * @param logarithmExponent c
 * @param reason one sentence with the numbers that decided
 */
public record DecayComparison(
        DecayLaw law,
        double kappa,
        double kappaError,
        double criterionDifference,
        double logarithmExponent,
        String reason) {
    /** Largest N up to which curvature is no evidence of a logarithm. */
    static final int LEAST_RANGE = 100_000;

    /** Least difference of the criteria with which one law is preferred. */
    static final double LEAST_DIFFERENCE = 4;

    /** What kappa may be off, however small its error: no law is exact. */
    static final double TOLERANCE = 0.1;

    private static final int MIN_SIZES = 4;
    private static final int SMALLEST_SIZE = 3;

    /**
     * Compares the laws.
     *
     * @param logInformation log N at each sample size, ascending; not modified
     * @param fit of the same sizes; a constant between log N and its regressor changes no comparison
     */
    static DecayComparison of(double[] logInformation, Jackknife fit) {
        PowerLaw law = fit.law();
        if (logInformation.length < MIN_SIZES || logInformation[0] < Elementary.log(SMALLEST_SIZE)) {
            return undefined("needs " + MIN_SIZES + " sample sizes worth at least " + SMALLEST_SIZE
                    + " observations of unit noise");
        }
        int sizes = logInformation.length;
        double[] logLogs = new double[sizes];
        for (int s = 0; s < sizes; s++) {
            logLogs[s] = Elementary.log(logInformation[s]);
        }
        PowerLaw.Line power = PowerLaw.Line.fit(logInformation, law.logMeans(), law.weights(), 0, sizes);
        PowerLaw.Line logarithm = PowerLaw.Line.fit(logLogs, law.logMeans(), law.weights(), 0, sizes);
        double[] distance = new double[sizes];
        double[] onPower = new double[sizes];
        double squares = 0;
        for (int s = 0; s < sizes; s++) {
            onPower[s] = power.intercept() + power.slope() * logInformation[s];
            distance[s] = logarithm.intercept() + logarithm.slope() * logLogs[s] - onPower[s];
            squares += law.weights()[s] * distance[s] * distance[s];
        }
        double total = squares;
        double kappa = share(law, law.weights(), distance, onPower, total);
        double error = fit.standardError(without -> share(without, law.weights(), distance, onPower, total));
        if (!Double.isFinite(kappa) || !Double.isFinite(error)) {
            return undefined("the mean losses have no line or no interval");
        }
        double largest = Elementary.exp(logInformation[sizes - 1]);
        return decide(kappa, error, fit.quantile(1), largest, -logarithm.slope(), power.slope());
    }

    private static double share(PowerLaw law, double[] weights, double[] distance, double[] onPower, double total) {
        double sum = 0;
        for (int s = 0; s < distance.length; s++) {
            sum += weights[s] * distance[s] * (law.logMeans()[s] - onPower[s]);
        }
        return sum / total;
    }

    private static DecayComparison decide(
            double kappa, double error, double quantile, double largest, double exponent, double slope) {
        double low = kappa - quantile * error;
        double high = kappa + quantile * error;
        boolean power = low <= TOLERANCE && high >= -TOLERANCE;
        boolean logarithm = low <= 1 + TOLERANCE && high >= 1 - TOLERANCE;
        double criterion = (2 * kappa - 1) / (error * error);
        String numbers = String.format(
                Locale.ROOT,
                "n^%.3f against (log n)^-%.2f: kappa %.2f in [%.2f, %.2f], difference of criteria %.1f",
                slope,
                exponent,
                kappa,
                low,
                high,
                criterion);
        DecayLaw law;
        String reason = numbers;
        if (!power && !logarithm) {
            law = DecayLaw.NEITHER;
            reason += "; neither fits";
        } else if (!(Math.abs(criterion) >= LEAST_DIFFERENCE)) {
            law = DecayLaw.UNRESOLVED;
            reason += "; cannot be told apart on this range";
        } else if (criterion < 0) {
            law = DecayLaw.POWER;
        } else if (largest <= LEAST_RANGE + 0.5) {
            law = DecayLaw.UNRESOLVED;
            reason += "; curvature up to N = " + LEAST_RANGE + " is no evidence of a logarithm: cannot be told apart on"
                    + " this range";
        } else {
            law = DecayLaw.LOGARITHMIC;
        }
        return new DecayComparison(law, kappa, error, criterion, exponent, reason);
    }

    static DecayComparison undefined(String why) {
        double nan = Double.NaN;
        return new DecayComparison(DecayLaw.UNDEFINED, nan, nan, nan, nan, why);
    }
}
