package dev.ratelab.fit.objective;

import dev.ratelab.data.Truth;

/** An objective on a sample, to be evaluated at the truth. */
final class PassState {
    private final Objective objective;
    private final Evaluation evaluation;
    private final double[] theta;

    PassState(Truth truth, int rows) {
        objective = Objective.of(truth.model(), Problems.sample(truth, rows));
        evaluation = Evaluation.of(truth.model());
        theta = truth.parameters();
    }

    double run(Order order) {
        objective.evaluate(theta, order, evaluation);
        return evaluation.logLikelihood;
    }
}
