package dev.ratelab.study;

import dev.ratelab.model.Expert;
import dev.ratelab.model.Family;
import dev.ratelab.model.Gate;
import dev.ratelab.study.StudyKeys.OfGrid;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * The part of a study that can grow: which fits are made.
 *
 * @param gates the fitted gates, with distinct ids, in the order of the study file
 * @param experts the fitted expert families, with distinct ids, in the order of the study file
 * @param fittedExperts numbers of fitted experts k, distinct, at least 1, in the order of the study file
 * @param sampleSizes numbers of rows n, ascending and distinct, at least 1
 * @param seeds number of seeds, at least 1; seeds are numbered from 1 to {@code seeds}. The most that a setting may get if they
 *     are adaptive
 * @param nodes number of nodes in each coordinate of the quadrature design; absent if samples have n rows
 * @param startRadiusFactors factors of the radii of the starts near the truth, positive, distinct; the first is 1
 * @param adaptive the rule by which each setting gets its number of seeds; absent if all get {@code seeds}
 * @param paths where the truth is at each sample size, distinct; each makes settings of its own
 */
public record Grid(
        List<Gate> gates,
        List<Expert> experts,
        List<Integer> fittedExperts,
        List<Integer> sampleSizes,
        int seeds,
        OptionalInt nodes,
        List<Double> startRadiusFactors,
        Optional<AdaptiveSeeds> adaptive,
        List<TruthPath> paths) {

    /** The design in which samples have n rows. */
    public static final String ROWS = "rows";

    /** The design in which the nodes of a quadrature stand for n rows. */
    public static final String QUADRATURE = "quadrature";

    /** The factors of a grid that names none. */
    public static final List<Double> ONE_RADIUS = List.of(1.0);

    /** A grid of samples that have rows. */
    public Grid(
            List<Gate> gates, List<Expert> experts, List<Integer> fittedExperts, List<Integer> sampleSizes, int seeds) {
        this(
                gates,
                experts,
                fittedExperts,
                sampleSizes,
                seeds,
                OptionalInt.empty(),
                ONE_RADIUS,
                Optional.empty(),
                TruthPath.FIXED_ONLY);
    }

    public Grid {
        gates = distinct(OfGrid.GATE, gates, Family::id);
        experts = distinct(OfGrid.EXPERT, experts, Family::id);
        fittedExperts = distinct(OfGrid.FITTED_EXPERTS, fittedExperts, each -> each);
        sampleSizes = distinct(OfGrid.SAMPLE_SIZES, sampleSizes, each -> each);
        startRadiusFactors = distinct(OfGrid.START_RADIUS_FACTORS, startRadiusFactors, each -> each);
        paths = distinct("paths", paths, each -> each);
        if (startRadiusFactors.get(0) != 1) {
            throw new IllegalArgumentException(
                    "grid.start-radius-factors = " + startRadiusFactors + " must begin with 1");
        }
        for (double factor : startRadiusFactors) {
            if (!(factor > 0) || factor == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException(
                        "grid.start-radius-factors: " + factor + " must be a positive finite number");
            }
        }
        requirePositive(OfGrid.FITTED_EXPERTS, fittedExperts);
        requirePositive(OfGrid.SAMPLE_SIZES, sampleSizes);
        for (int i = 1; i < sampleSizes.size(); i++) {
            if (sampleSizes.get(i - 1) > sampleSizes.get(i)) {
                throw new IllegalArgumentException("grid.sample-sizes must ascend, but " + sampleSizes.get(i)
                        + " follows " + sampleSizes.get(i - 1));
            }
        }
        if (seeds < 1) {
            throw new IllegalArgumentException("grid.seeds = " + seeds + " must be at least 1");
        }
        if (adaptive.isPresent() && adaptive.get().max() != seeds) {
            throw new IllegalArgumentException("grid.seeds = " + seeds + " must be the most of the adaptive ones, "
                    + adaptive.get().max());
        }
    }

    private static <T> List<T> distinct(String key, List<T> values, Function<T, Object> name) {
        List<T> copy = List.copyOf(values);
        List<Object> names = copy.stream().map(name).toList();
        if (copy.isEmpty() || new HashSet<>(names).size() < copy.size()) {
            throw new IllegalArgumentException(
                    "grid." + key + " = " + names + " must not be empty and must name nothing twice");
        }
        return copy;
    }

    private static void requirePositive(String key, List<Integer> values) {
        for (int value : values) {
            if (value < 1) {
                throw new IllegalArgumentException("grid." + key + ": " + value + " must be at least 1");
            }
        }
    }
}
