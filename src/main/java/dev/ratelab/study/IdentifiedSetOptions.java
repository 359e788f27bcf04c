package dev.ratelab.study;

import dev.ratelab.fit.ascent.StartOptions;
import dev.ratelab.loss.LossName;
import dev.ratelab.math.ChiSquare;
import dev.ratelab.study.StudyKeys.OfDerived;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which radii of the identified set are searched for after each fit: the block {@code identified-set}.
 *
 * @param level how far below the optimum the set reaches
 * @param starts searches for each metric, 1 to {@link StartOptions#MOST}
 * @param metrics names of the losses whose largest value is searched for, at least one
 */
public record IdentifiedSetOptions(Level level, int starts, List<LossName> metrics) {
    /** What such losses have, for messages. */
    public static final String PURPOSE = "a radius";

    /** The quantile as a level. */
    public static final String CHI_SQUARE = "chi-square";

    /**
     * How far below the optimum the set reaches.
     *
     * @param chiSquare whether the number is a probability, so that the set reaches down half the quantile of the chi-square
     *     distribution with as many degrees of freedom as the fit has free parameters: in a regular model twice the deficit of the truth
     *     has this distribution, and the set is the confidence set of the likelihood ratio
     * @param number a probability in (0, 1), or nats, positive
     */
    public record Level(boolean chiSquare, double number) {
        /** Beyond it the tail of chi-square is rounding. */
        static final double MOST_PROBABILITY = 0.999999;

        public Level {
            if (!(number > 0 && (chiSquare ? number <= MOST_PROBABILITY : number < Double.POSITIVE_INFINITY))) {
                throw new IllegalArgumentException(
                        chiSquare
                                ? "the probability " + number + " must lie between 0 and " + MOST_PROBABILITY
                                : OfDerived.NATS + " = " + number + " must be a finite number > 0");
            }
        }

        /**
         * The level in nats.
         *
         * @param freeParameters number of free parameters of the fitted model, at least 1
         */
        public double nats(int freeParameters) {
            return chiSquare ? 0.5 * ChiSquare.quantile(number, freeParameters) : number;
        }

        /** As it is written in a study file. */
        String text() {
            return chiSquare
                    ? StudyText.quoted(CHI_SQUARE + "(" + StudyText.number(number) + ")")
                    : StudyText.number(number);
        }
    }

    public IdentifiedSetOptions {
        metrics = List.copyOf(metrics);
        if (starts < 1 || starts > StartOptions.MOST) {
            throw new IllegalArgumentException(
                    OfDerived.STARTS + " = " + starts + " must be from 1 to " + StartOptions.MOST);
        }
        // A loss that translations of the gate change has no radius: along them the set has no end.
        DistanceNames.require(metrics, PURPOSE);
    }

    /** Key and canonical text of each entry. */
    Map<String, String> entries() {
        Map<String, String> map = new LinkedHashMap<>();
        map.put(OfDerived.NATS, level.text());
        map.put(OfDerived.STARTS, Integer.toString(starts));
        map.put(OfDerived.METRICS, DistanceNames.text(metrics));
        return map;
    }
}
