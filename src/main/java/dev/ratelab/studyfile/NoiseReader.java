package dev.ratelab.studyfile;

import dev.ratelab.data.NoiseLaw;
import dev.ratelab.study.StudyKeys;
import dev.ratelab.study.StudyKeys.OfInput;
import java.util.List;

/** Reads the block {@code truth.noise}. */
final class NoiseReader {
    private static final List<String> TYPES =
            List.of(NoiseLaw.Normal.ID, NoiseLaw.Student.ID, NoiseLaw.Laplace.ID, NoiseLaw.Heteroscedastic.ID);

    private NoiseReader() {}

    /** The noise of a truth with {@code dimension} inputs. */
    static NoiseLaw read(Node block, int dimension) {
        String type =
                block.get(StudyKeys.TYPE, "one of " + String.join(", ", TYPES)).oneOf("noise", TYPES);
        return switch (type) {
            case NoiseLaw.Student.ID -> {
                block.allow(List.of(StudyKeys.TYPE, OfInput.DEGREES_OF_FREEDOM));
                Node degrees = block.get(OfInput.DEGREES_OF_FREEDOM, "a finite number > 2");
                if (!(degrees.finite() > 2)) {
                    throw degrees.refuse("must be a finite number > 2: with fewer the noise has no variance");
                }
                yield new NoiseLaw.Student(degrees.finite());
            }
            case NoiseLaw.Heteroscedastic.ID -> {
                block.allow(List.of(StudyKeys.TYPE, OfInput.SLOPE));
                String what = "a list of numbers, one for each input";
                Node slope = block.get(OfInput.SLOPE, what);
                double[] numbers =
                        slope.list(what).stream().mapToDouble(Node::finite).toArray();
                if (numbers.length != dimension) {
                    throw slope.refuse("has " + numbers.length + " entries, the truth has " + dimension
                            + (dimension == 1 ? " input" : " inputs"));
                }
                yield new NoiseLaw.Heteroscedastic(numbers);
            }
            case NoiseLaw.Laplace.ID -> {
                block.allow(List.of(StudyKeys.TYPE));
                yield new NoiseLaw.Laplace();
            }
            default -> {
                block.allow(List.of(StudyKeys.TYPE));
                yield NoiseLaw.NORMAL;
            }
        };
    }
}
