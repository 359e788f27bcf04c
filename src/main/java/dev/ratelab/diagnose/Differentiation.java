package dev.ratelab.diagnose;

import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Noise;
import java.util.List;

/** First and second derivatives of a model at its rows, by the formulas of {@link Coefficients}. */
final class Differentiation {
    private final LocalModel local;
    private final Rows rows;
    private final Coefficients coefficients;
    private final int[] logVariance;

    Differentiation(LocalModel local, Rows rows, Coefficients coefficients) {
        this.local = local;
        this.rows = rows;
        this.coefficients = coefficients;
        MixtureOfExperts model = local.model();
        logVariance = new int[model.atoms()];
        for (int i = 0; i < logVariance.length; i++) {
            logVariance[i] = model.noise().kind() == Noise.Kind.KNOWN ? -1 : model.logVarianceIndex(i);
        }
    }

    /**
     * First derivatives along a direction at all rows.
     *
     * @param atoms the atoms whose part of the sum is wanted
     */
    double[] first(Direction direction, int... atoms) {
        double[] out = new double[rows.size()];
        for (int i : atoms) {
            double l = logVariance[i] < 0 ? 0 : direction.at(logVariance[i]);
            for (int row = 0; row < out.length; row++) {
                int q = rows.node()[row];
                out[row] += coefficients.a[i][row] * direction.slope(local.scoreSlope[i], q)
                        + coefficients.b[i][row] * direction.slope(local.meanSlope[i], q)
                        + coefficients.c[i][row] * l;
            }
        }
        return out;
    }

    /**
     * A pair of directions.
     *
     * @param pure whether they are the same
     * @param atoms the atoms whose part of the sum is wanted
     */
    record Pair(Direction first, Direction second, boolean pure, int[] atoms) {}

    /** Second derivatives along pairs of directions: {@code [pair][row]}. */
    double[][] second(List<Pair> pairs) {
        double[][] out = new double[pairs.size()][rows.size()];
        int row = 0;
        while (row < rows.size()) {
            int q = rows.node()[row];
            local.bend(q);
            int end = row;
            while (end < rows.size() && rows.node()[end] == q) {
                end++;
            }
            for (int pair = 0; pair < out.length; pair++) {
                addSecond(pairs.get(pair), q, row, end, out[pair]);
            }
            row = end;
        }
        return out;
    }

    private void addSecond(Pair pair, int q, int from, int to, double[] out) {
        for (int i : pair.atoms()) {
            double ua = pair.first().slope(local.scoreSlope[i], q);
            double ub = pair.second().slope(local.scoreSlope[i], q);
            double ha = pair.first().slope(local.meanSlope[i], q);
            double hb = pair.second().slope(local.meanSlope[i], q);
            double la = logVariance[i] < 0 ? 0 : pair.first().at(logVariance[i]);
            double lb = logVariance[i] < 0 ? 0 : pair.second().at(logVariance[i]);
            double uab = pair.first().curvature(local.scoreCurvature[i], pair.second());
            double hab = pair.first().curvature(local.meanCurvature[i], pair.second());
            for (int row = from; row < to; row++) {
                out[row] += coefficients.a[i][row] * (uab + ua * ub)
                        + coefficients.b[i][row] * (hab + ua * hb + ub * ha)
                        + coefficients.hh[i][row] * ha * hb
                        + coefficients.c[i][row] * (ua * lb + ub * la)
                        + coefficients.hl[i][row] * (ha * lb + hb * la)
                        + coefficients.ll[i][row] * la * lb;
            }
        }
    }
}
