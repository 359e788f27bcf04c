package dev.ratelab.plan;

import dev.ratelab.data.Truth;
import dev.ratelab.fit.ascent.Condensation;
import dev.ratelab.fit.ascent.StartOptions;
import dev.ratelab.math.Elementary;
import dev.ratelab.model.Block;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Problem;
import dev.ratelab.study.Setting;
import dev.ratelab.study.Study;

/**
 * What a fit costs before any is known of its study: {@code F + R(n) (n / 1000)^p} milliseconds with
 *
 * <pre>
 *   F    = 0.5 + S I (5 + 0.6 P + 0.09 P^2) 1e-3
 *   R(n) = rows (150 + S I (1.2 P + 0.055 P^2)) 1e-6
 * </pre>
 *
 * for {@code P} parameters, {@code S} starts of {@code I} iterations, near the truth and from the data apart, and {@code rows} the rows of
 * the sample in whole {@linkplain Block#ROWS blocks}. {@code I} counts Newton iterations for more than one of EM. Where
 * {@linkplain Condensation#condenses rows are condensed} and there are more experts than in the truth, {@code I} is smaller and p is 0, but the
 * cost no less than with fewer rows.
 *
 * <p>Measured on one core of an AMD EPYC virtual machine, JDK 17, with the softmax gate and linear experts: in the density problem of
 * {@code quickstart} and {@code softmax-exact-2305.03288} within 25 % at n = 10,000 and 100,000, and up to half below the times at n = 100
 * and 1,000 of the first few hundred fits of a JVM; in the regression problem of {@code regression-softmax-linear}, where numbers of
 * iterations differ from study to study by much more, with an earlier version of the passes. {@link CostModel} corrects
 * it by what a store tells.
 *
 * @param fixedMillis F
 * @param rowMillis R at one row
 * @param power p: how the number of iterations grows with n
 * @param condensedRowMillis R at one row where rows are condensed
 * @param model what is fitted
 */
record DefaultCost(
        double fixedMillis, double rowMillis, double power, double condensedRowMillis, MixtureOfExperts model) {
    /** Effective iterations of a start with as many experts as the truth, near the truth and from the data; then with more experts. */
    private static final double DENSITY_EXACT_NEAR = 6;

    private static final double DENSITY_EXACT_FAR = 26;
    private static final double DENSITY_OVER = 35;

    /** From six starts at n = 100,000; between 20,000 and 50,000 rows nobody has measured it. */
    private static final double DENSITY_OVER_CONDENSED = 21;

    private static final double REGRESSION_EXACT = 25;
    private static final double REGRESSION_OVER = 900;

    /** Growth of the iterations with each expert beyond one too many. */
    private static final double MORE_SURPLUS = 0.1;

    private static final double DENSITY_OVER_POWER = 0.08;
    private static final double REGRESSION_OVER_POWER = -0.1;

    /** Power of the rows with which the cost rises at least where condensing begins: it must rise whatever power corrects it. */
    private static final double LEAST_GROWTH = 0.35;

    /** The default of a setting, which need not be one of the study's grid. */
    static DefaultCost of(Study study, Setting setting) {
        Truth truth = study.truth(setting);
        MixtureOfExperts model = setting.model(truth);
        boolean density = truth.problem() == Problem.DENSITY;
        int surplus = surplus(study, setting);
        double near = density ? DENSITY_EXACT_NEAR : REGRESSION_EXACT;
        double far = density ? DENSITY_EXACT_FAR : REGRESSION_EXACT;
        double power = 0;
        if (surplus > 0) {
            near = (density ? DENSITY_OVER : REGRESSION_OVER) * (1 + MORE_SURPLUS * (surplus - 1));
            far = near;
            power = density ? DENSITY_OVER_POWER : REGRESSION_OVER_POWER;
        }
        StartOptions starts = study.starts();
        double passes = near * starts.oracle() + far * starts.random();
        double condensed = surplus > 0 ? passes * DENSITY_OVER_CONDENSED / DENSITY_OVER : passes;
        double parameters = model.parameterCount();
        return new DefaultCost(
                0.5 + passes * (5 + 0.6 * parameters + 0.09 * parameters * parameters) * 1e-3,
                rowMillis(passes, parameters),
                power,
                rowMillis(condensed, parameters),
                model);
    }

    private static double rowMillis(double passes, double parameters) {
        return (150 + passes * (1.2 * parameters + 0.055 * parameters * parameters)) * 1e-6;
    }

    /** Fitted experts beyond those of the truth; negative if they are fewer. */
    static int surplus(Study study, Setting setting) {
        return setting.fittedExperts() - study.truth(setting).model().atoms();
    }

    /**
     * The cost by rows, milliseconds.
     *
     * @param rows rows of the sample
     * @param sampleSize n that the rows stand for
     */
    double rowMillis(int rows, int sampleSize) {
        if (!Condensation.condenses(model, rows)) {
            return plainMillis(rows, sampleSize);
        }
        int fewest = Condensation.FEWEST_CONDENSED_ROWS;
        return Math.max(
                plainMillis(fewest, fewest) * Elementary.pow(rows / (double) fewest, LEAST_GROWTH),
                whole(rows) * condensedRowMillis);
    }

    private double plainMillis(int rows, int sampleSize) {
        return whole(rows) * rowMillis * power(sampleSize / 1000.0, power);
    }

    private static double whole(int rows) {
        return Math.ceil(rows / (double) Block.ROWS) * Block.ROWS;
    }

    /** {@code thousands^exponent}. */
    static double power(double thousands, double exponent) {
        return exponent == 0 ? 1 : Elementary.pow(thousands, exponent);
    }
}
