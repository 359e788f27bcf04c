package dev.ratelab.testing;

import dev.ratelab.data.Sample;
import dev.ratelab.model.Block;
import dev.ratelab.model.MixtureOfExperts;
import java.util.Random;

/** Draws from any mixture of experts with one input on (-2, 2), for tests of the estimation core. */
public final class ToyData {
    private ToyData() {}

    public static Sample draw(MixtureOfExperts model, double[] theta, int rows, long seed) {
        Random random = new Random(seed);
        double[] x = new double[rows];
        double[] y = new double[rows];
        double[][] score = new double[model.atoms()][Block.LENGTH];
        double[][] mean = new double[model.atoms()][Block.LENGTH];
        for (int n = 0; n < rows; n++) {
            x[n] = -2 + 4 * random.nextDouble();
            double[] column = Block.newArray();
            column[0] = x[n];
            Block block = new Block(new double[][] {column}, Block.newArray(), 1);
            model.gate().values(theta, model.gateOffset(), block, score);
            model.expert().values(theta, model.expertOffset(), block, mean);
            double total = 0;
            for (double[] s : score) {
                total += Math.exp(s[0]);
            }
            double left = random.nextDouble() * total;
            int atom = 0;
            while (atom < model.atoms() - 1 && left > Math.exp(score[atom][0])) {
                left -= Math.exp(score[atom][0]);
                atom++;
            }
            double deviation = Math.exp(0.5 * theta[model.logVarianceOffset() + atom]);
            y[n] = mean[atom][0] + deviation * random.nextGaussian();
        }
        return Sample.of(new double[][] {x}, y);
    }
}
