package dev.ratelab.studyfile;

import dev.ratelab.math.Elementary;
import dev.ratelab.study.StudyException;
import dev.ratelab.study.StudyKeys.OfSizes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;

/**
 * Reads {@code grid.sample-sizes}: a block {@code log-spaced} or {@code linear}, or a list of whole numbers and such
 * blocks.
 *
 * <p>Entry i (from 0) of a {@code log-spaced} block is {@code from (to / from)^(i / (count - 1))}, of a {@code linear}
 * block {@code from + (to - from) i / (count - 1)}, both rounded to the nearest whole number, halves upwards.
 */
final class SampleSizes {
    static final String WHAT =
            "a list of whole numbers, { log-spaced = { from, to, count } } or { linear = { from, to, count } }";

    /**
     * One sample size and where it comes from.
     *
     * @param value number of rows
     * @param node the number, or the block that makes it
     */
    record Size(int value, Node node) {
        /** A refusal of this size. */
        StudyException fault(String what) {
            return node.fault(" = " + value + " " + what);
        }
    }

    /** The most sample sizes of a study: judged before any of them is made. */
    private static final int MOST_SIZES = 10_000;

    /** Largest relative change of n / variance by making n whole. */
    private static final double LARGEST_ROUNDING = 0.01;

    private SampleSizes() {}

    /** The sizes in the order of the file, distinct. */
    static List<Size> read(Node node) {
        List<Size> sizes = new ArrayList<>();
        if (node.isList()) {
            for (Node element : node.filledList(WHAT)) {
                add(element, sizes);
            }
        } else if (node.value().unwrapped() instanceof Map) {
            add(node, sizes);
        } else {
            throw node.refuse("must be " + WHAT);
        }
        refuseRepeated(sizes);
        return sizes;
    }

    private static void refuseRepeated(List<Size> sizes) {
        Map<Integer, Size> seen = new HashMap<>();
        for (Size size : sizes) {
            Size before = seen.putIfAbsent(size.value(), size);
            if (before != null) {
                throw size.fault("repeats " + before.node().path() + ": nothing may be named twice");
            }
        }
    }

    /**
     * The sizes at which {@code n / variance} is that of a list of numbers, or of a block {@code log-spaced}; each n is rounded to a
     * whole number, which is what the study then says.
     */
    static List<Size> ofPrecision(Node node, double variance) {
        String what = "a list of numbers > 0 or { log-spaced = { from, to, count } }";
        List<Size> sizes = new ArrayList<>();
        if (node.isList()) {
            for (Node element : node.filledList(what)) {
                requireRoom(element, sizes.size(), 1);
                sizes.add(new Size(ofPrecision(element, element.positive(), variance), element));
            }
            refuseRepeated(sizes);
            return sizes;
        }
        Node block = node.allow(List.of(OfSizes.LOG_SPACED)).get(OfSizes.LOG_SPACED, what);
        block.allow(List.of(OfSizes.FROM, OfSizes.TO, OfSizes.COUNT));
        double from = block.get(OfSizes.FROM, "a number > 0").positive();
        double to = block.get(OfSizes.TO, "a number above from").positive();
        Node countNode = block.get(OfSizes.COUNT, "a whole number >= 2");
        int count = countNode.integer(2);
        requireRoom(countNode, 0, count);
        if (to <= from) {
            throw block.get(OfSizes.TO, "").refuse("must be above from = " + from);
        }
        for (int i = 0; i < count; i++) {
            double precision = from * Elementary.pow(to / from, i / (count - 1.0));
            sizes.add(new Size(ofPrecision(block, precision, variance), block));
        }
        refuseRepeated(sizes);
        return sizes;
    }

    private static int ofPrecision(Node node, double precision, double variance) {
        double size = precision * variance;
        String made = ": n / variance = " + precision + " with variance = " + variance + " makes n = " + size;
        if (!(size >= 0.5 && size <= Integer.MAX_VALUE)) {
            throw node.fault(made + ", which must be in [1, " + Integer.MAX_VALUE + "]; change truth.variance");
        }
        long rounded = Math.round(size);
        if (Math.abs(rounded / size - 1) > LARGEST_ROUNDING) {
            throw node.fault(made + ", which is far from a whole number; choose a larger truth.variance");
        }
        return (int) rounded;
    }

    /** Refuses more sizes than a study may have. */
    private static void requireRoom(Node node, int held, int more) {
        if (more > MOST_SIZES - held) {
            throw node.refuse("makes more than " + MOST_SIZES + " sample sizes, the most that a study may have");
        }
    }

    private static void add(Node node, List<Size> sizes) {
        if (!(node.value().unwrapped() instanceof Map)) {
            requireRoom(node, sizes.size(), 1);
            sizes.add(new Size(node.integer(1), node));
            return;
        }
        node.allow(List.of(OfSizes.LOG_SPACED, OfSizes.LINEAR));
        Optional<Node> logSpaced = node.find(OfSizes.LOG_SPACED);
        Optional<Node> linear = node.find(OfSizes.LINEAR);
        if (logSpaced.isPresent() == linear.isPresent()) {
            throw node.refuse("must have one of the keys log-spaced and linear");
        }
        Node block = logSpaced.or(() -> linear).orElseThrow();
        block.allow(List.of(OfSizes.FROM, OfSizes.TO, OfSizes.COUNT));
        int from = block.get(OfSizes.FROM, "a whole number >= 1").integer(1);
        int to = block.get(OfSizes.TO, "a whole number above from").integer(1);
        Node countNode = block.get(OfSizes.COUNT, "a whole number >= 2");
        int count = countNode.integer(2);
        requireRoom(countNode, sizes.size(), count);
        if (to <= from) {
            throw block.get(OfSizes.TO, "").refuse("must be above from = " + from);
        }
        if (count > (long) to - from + 1) {
            throw countNode.refuse("is more than there are whole numbers from " + from + " to " + to);
        }
        double last = count - 1.0;
        double ratio = (double) to / from;
        double width = (double) to - from;
        IntToDoubleFunction size =
                logSpaced.isPresent() ? i -> from * Elementary.pow(ratio, i / last) : i -> from + width * i / last;
        long before = 0;
        for (int i = 0; i < count; i++) {
            long rounded = Math.round(size.applyAsDouble(i));
            if (rounded <= before) {
                throw countNode.refuse("is too many: sizes " + i + " and " + (i + 1) + " both round to " + rounded);
            }
            before = rounded;
            sizes.add(new Size(Math.toIntExact(rounded), block));
        }
    }
}
