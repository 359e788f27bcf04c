package dev.ratelab.studyfile;

import dev.ratelab.data.NoiseLaw;
import java.util.List;

/** Reads the block {@code truth.noise}. */
final class NoiseReader {
    private static final List<String> TYPES = List.of("normal", "student", "laplace", "heteroscedastic");

    private NoiseReader() {}

    /** The noise of a truth with {@code dimension} inputs. */
    static NoiseLaw read(Node block, int dimension) {
        String type = block.get("type", "one of " + String.join(", ", TYPES)).oneOf("noise", TYPES);
        return switch (type) {
            case "student" -> {
                block.allow(List.of("type", "degrees-of-freedom"));
                Node degrees = block.get("degrees-of-freedom", "a finite number > 2");
                if (!(degrees.finite() > 2)) {
                    throw degrees.refuse("must be a finite number > 2: with fewer the noise has no variance");
                }
                yield new NoiseLaw.Student(degrees.finite());
            }
            case "heteroscedastic" -> {
                block.allow(List.of("type", "slope"));
                String what = "a list of numbers, one for each input";
                Node slope = block.get("slope", what);
                double[] numbers =
                        slope.list(what).stream().mapToDouble(Node::finite).toArray();
                if (numbers.length != dimension) {
                    throw slope.refuse("has " + numbers.length + " entries, the truth has " + dimension
                            + (dimension == 1 ? " input" : " inputs"));
                }
                yield new NoiseLaw.Heteroscedastic(numbers);
            }
            case "laplace" -> {
                block.allow(List.of("type"));
                yield new NoiseLaw.Laplace();
            }
            default -> {
                block.allow(List.of("type"));
                yield NoiseLaw.NORMAL;
            }
        };
    }
}
