package dev.ratelab.testing;

import dev.ratelab.data.Sample;
import dev.ratelab.model.Block;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Normaliser;
import dev.ratelab.model.Problem;
import java.util.Arrays;

/** A mixture of experts row by row, straight from its definition: scores and means are the families', all else plain loops. */
public final class ReferenceModel {
    /** {@code scores[row][atom]}. */
    public final double[][] scores;

    /** {@code means[row][atom]}. */
    public final double[][] means;

    /** Gate weights {@code weights[row][atom]}; of a gate that models the inputs, those given the inputs. */
    public final double[][] weights;

    /** {@code sum_i weights[row][i] means[row][i]}. */
    public final double[] function;

    /** Noise variances of the atoms. */
    public final double[] variances;

    private final MixtureOfExperts model;
    private final Sample sample;

    public ReferenceModel(MixtureOfExperts model, double[] theta, Sample sample) {
        this.model = model;
        this.sample = sample;
        int rows = sample.size();
        int atoms = model.atoms();
        scores = new double[rows][atoms];
        means = new double[rows][atoms];
        weights = new double[rows][];
        function = new double[rows];
        variances = new double[atoms];
        for (int i = 0; i < atoms; i++) {
            variances[i] = switch (model.noise().kind()) {
                case OWN -> Math.exp(theta[theta.length - atoms + i]);
                case SHARED -> Math.exp(theta[theta.length - 1]);
                case KNOWN -> model.noise().variance();
            };
        }
        double[][] score = new double[atoms][Block.LENGTH];
        double[][] mean = new double[atoms][Block.LENGTH];
        for (int row = 0; row < rows; row++) {
            int within = row % Block.ROWS;
            if (within == 0) {
                Block block = sample.block(row / Block.ROWS);
                model.gate().values(theta, model.gateOffset(), block, score);
                model.expert().values(theta, model.expertOffset(), block, mean);
            }
            for (int i = 0; i < atoms; i++) {
                scores[row][i] = score[i][within];
                means[row][i] = mean[i][within];
            }
            weights[row] = weights(scores[row]);
            for (int i = 0; i < atoms; i++) {
                function[row] += weights[row][i] * means[row][i];
            }
        }
    }

    private double[] weights(double[] score) {
        double[] out = new double[score.length];
        boolean normalised = model.gate().normaliser() != Normaliser.NONE;
        double max = normalised ? Arrays.stream(score).max().orElseThrow() : 0;
        double total = 0;
        for (int i = 0; i < out.length; i++) {
            out[i] = Math.exp(score[i] - max);
            total += out[i];
        }
        for (int i = 0; i < out.length && normalised; i++) {
            out[i] /= total;
        }
        return out;
    }

    /** The objective: log likelihood, or minus squared residuals over twice the variance. */
    public double value() {
        double sum = 0;
        for (int row = 0; row < scores.length; row++) {
            if (model.problem() == Problem.REGRESSION) {
                double residual = sample.y(row) - function[row];
                sum -= residual * residual / (2 * variances[0]);
            } else {
                sum += logSumExp(joint(row));
                sum -= model.gate().normaliser() == Normaliser.JOINT ? 0 : logSumExp(scores[row]);
            }
        }
        return sum;
    }

    /** {@code log of exp(u_i) N(y; h_i, nu_i)} by atom. */
    private double[] joint(int row) {
        double[] joint = new double[scores[row].length];
        for (int i = 0; i < joint.length; i++) {
            double residual = sample.y(row) - means[row][i];
            joint[i] = scores[row][i]
                    - residual * residual / (2 * variances[i])
                    - Math.log(2 * Math.PI * variances[i]) / 2;
        }
        return joint;
    }

    /** Posterior probabilities {@code [row][atom]} of the atoms. */
    public double[][] responsibilities() {
        double[][] tau = new double[scores.length][];
        for (int row = 0; row < tau.length; row++) {
            double[] joint = joint(row);
            double total = logSumExp(joint);
            tau[row] = Arrays.stream(joint).map(j -> Math.exp(j - total)).toArray();
        }
        return tau;
    }

    private static double logSumExp(double[] values) {
        double max = Arrays.stream(values).max().orElseThrow();
        return max + Math.log(Arrays.stream(values).map(v -> Math.exp(v - max)).sum());
    }
}
