package dev.ratelab.testing;

import dev.ratelab.model.Atom;
import dev.ratelab.model.Block;
import dev.ratelab.model.MixtureOfExperts;
import java.util.List;

/** The density of a mixture of experts, row by row, straight from its definition. */
public final class ReferenceDensity {
    private ReferenceDensity() {}

    public static double logDensity(MixtureOfExperts model, List<Atom> atoms, double[] x, double y) {
        double[][] columns = new double[x.length][Block.LENGTH];
        for (int j = 0; j < x.length; j++) {
            columns[j][0] = x[j];
        }
        Block block = new Block(columns, Block.newArray(), 1);
        double[] theta = model.toParameters(atoms);
        double[][] score = new double[model.atoms()][Block.LENGTH];
        double[][] mean = new double[model.atoms()][Block.LENGTH];
        model.gate().values(theta, model.gateOffset(), block, score);
        model.expert().values(theta, model.expertOffset(), block, mean);
        double total = 0;
        double density = 0;
        for (int i = 0; i < model.atoms(); i++) {
            double variance = atoms.get(i).variance();
            double residual = y - mean[i][0];
            total += Math.exp(score[i][0]);
            density += Math.exp(score[i][0])
                    * Math.exp(-residual * residual / (2 * variance))
                    / Math.sqrt(2 * Math.PI * variance);
        }
        return Math.log(density / total);
    }
}
