package dev.ratelab.study;

import dev.ratelab.data.Truth;
import dev.ratelab.model.Expert;
import dev.ratelab.model.Gate;
import dev.ratelab.model.Problem;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Where the truth of a setting comes from. */
public sealed interface Truths {

    /**
     * The truth of the settings with a gate and an expert family.
     *
     * @param gate the fitted gate
     * @param expert the fitted expert family
     */
    Truth of(Gate gate, Expert expert);

    /** The problem of all truths. */
    Problem problem();

    /** One truth for all settings, written out in the study file. */
    record Given(Truth truth) implements Truths {
        @Override
        public Truth of(Gate gate, Expert expert) {
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
        /** The type of well-conditioned numbers of each family. */
        public static final String CANONICAL = "canonical";

        /** The type of those plus half a standard normal number each. */
        public static final String RANDOM = "random";

        /** The type of these truths, as a study file writes it. */
        String type() {
            return seed.isPresent() ? RANDOM : CANONICAL;
        }

        @Override
        public Truth of(Gate gate, Expert expert) {
            return CanonicalTruths.of(this, gate, expert);
        }
    }
}
