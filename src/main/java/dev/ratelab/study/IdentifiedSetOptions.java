package dev.ratelab.study;

import dev.ratelab.loss.LossName;
import dev.ratelab.math.ChiSquare;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which radii of the identified set are searched for after each fit: the block {@code identified-set}.
 *
 * @param level how far below the optimum the set reaches
 * @param starts searches for each metric, at least 1
 * @param metrics names of the losses whose largest value is searched for, at least one
 */
public record IdentifiedSetOptions(Level level, int starts, List<LossName> metrics) {
    /** The key of the block in a study file. */
    static final String KEY = "identified-set";

    private static final String NATS = "nats";
    private static final String STARTS = "starts";
    private static final String METRICS = "metrics";
    private static final String PURPOSE = "a radius";
    private static final String CHI_SQUARE = "chi-square";
    private static final double DEFAULT_COVERAGE = 0.95;
    private static final int DEFAULT_STARTS = 8;
    private static final Pattern QUANTILE = Pattern.compile(CHI_SQUARE + "\\((0\\.[0-9]+)\\)");

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
                                : NATS + " = " + number + " must be a finite number > 0");
            }
        }

        /**
         * The level in nats.
         *
         * @param freeParameters number of free parameters of the fitted model, at least 1
         */
        double nats(int freeParameters) {
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
        if (starts < 1) {
            throw new IllegalArgumentException(STARTS + " = " + starts + " must be at least 1");
        }
        // A loss that translations of the gate change has no radius: along them the set has no end.
        DistanceNames.require(metrics, METRICS, PURPOSE);
    }

    /**
     * Reads the block. Defaults: {@code nats = "chi-square(0.95)"}, eight starts, and the loss {@code D1}.
     *
     * @throws StudyException if it is refused
     */
    static IdentifiedSetOptions read(Node block) {
        block.allow(List.of(NATS, STARTS, METRICS));
        Level level =
                block.find(NATS).map(IdentifiedSetOptions::level).orElseGet(() -> new Level(true, DEFAULT_COVERAGE));
        int starts = block.find(STARTS).map(node -> node.integer(1)).orElse(DEFAULT_STARTS);
        List<LossName> metrics = block.find(METRICS)
                .map(node -> DistanceNames.read(node, PURPOSE))
                .orElse(List.of(LossName.D1));
        return new IdentifiedSetOptions(level, starts, metrics);
    }

    private static Level level(Node node) {
        if (node.value().unwrapped() instanceof Number) {
            return new Level(false, node.positive());
        }
        String what = "must be a number of nats > 0, or " + CHI_SQUARE + "(P) with a probability P between 0 and 1";
        Matcher matcher = QUANTILE.matcher(node.value().unwrapped() instanceof String text ? text : "");
        if (!matcher.matches()) {
            throw node.refuse(what);
        }
        return checked(node, what, () -> new Level(true, Double.parseDouble(matcher.group(1))));
    }

    private static <T> T checked(Node node, String what, Supplier<T> make) {
        try {
            return make.get();
        } catch (IllegalArgumentException e) {
            throw node.refuse(what);
        }
    }

    /** Key and canonical text of each entry. */
    Map<String, String> entries() {
        Map<String, String> map = new LinkedHashMap<>();
        map.put(NATS, level.text());
        map.put(STARTS, Integer.toString(starts));
        map.put(METRICS, StudyText.list(metrics, name -> StudyText.quoted(name.text())));
        return map;
    }
}
