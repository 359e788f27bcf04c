package dev.ratelab.study;

import dev.ratelab.math.Elementary;
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
    record Size(int value, Node node) {}

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
        Map<Integer, Size> seen = new HashMap<>();
        for (Size size : sizes) {
            Size before = seen.putIfAbsent(size.value(), size);
            if (before != null) {
                throw new StudyException(size.node().path() + " = " + size.value() + " repeats "
                        + before.node().path() + ": nothing may be named twice ("
                        + size.node().place() + ")");
            }
        }
        return sizes;
    }

    private static void add(Node node, List<Size> sizes) {
        if (!(node.value().unwrapped() instanceof Map)) {
            sizes.add(new Size(node.integer(1), node));
            return;
        }
        node.allow(List.of("log-spaced", "linear"));
        Optional<Node> logSpaced = node.find("log-spaced");
        Optional<Node> linear = node.find("linear");
        if (logSpaced.isPresent() == linear.isPresent()) {
            throw node.refuse("must have one of the keys log-spaced and linear");
        }
        Node block = logSpaced.or(() -> linear).orElseThrow();
        block.allow(List.of("from", "to", "count"));
        int from = block.get("from", "a whole number >= 1").integer(1);
        int to = block.get("to", "a whole number above from").integer(1);
        Node countNode = block.get("count", "a whole number >= 2");
        int count = countNode.integer(2);
        if (to <= from) {
            throw block.get("to", "").refuse("must be above from = " + from);
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
