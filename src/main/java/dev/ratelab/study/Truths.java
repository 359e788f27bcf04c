package dev.ratelab.study;

import dev.ratelab.data.Truth;
import dev.ratelab.model.Problem;
import dev.ratelab.model.catalog.Experts;
import dev.ratelab.model.catalog.Gates;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Where the truth of a setting comes from. */
public sealed interface Truths {

    /**
     * The truth of the settings with a gate and an expert family.
     *
     * @param gate id of the fitted gate
     * @param expert id of the fitted expert family
     */
    Truth of(String gate, String expert);

    /** The problem of all truths. */
    Problem problem();

    /** One truth for all settings, written out in the study file. */
    record Given(Truth truth) implements Truths {
        @Override
        public Truth of(String gate, String expert) {
            return truth;
        }

        @Override
        public Problem problem() {
            return truth.problem();
        }
    }

    /**
     * A named or random truth for each pair of a gate and an expert family: the fit is of the same families.
     *
     * @param problem the problem
     * @param experts number of true experts, at least 1
     * @param inputs number of inputs, at least 1
     * @param variance noise variance; if absent, that of {@link CanonicalTruths}
     * @param seed seed of random truths; absent for the canonical ones
     */
    record Named(Problem problem, int experts, int inputs, OptionalDouble variance, OptionalLong seed)
            implements Truths {
        @Override
        public Truth of(String gate, String expert) {
            return CanonicalTruths.of(this, Gates.of(gate), Experts.of(expert));
        }
    }
}
