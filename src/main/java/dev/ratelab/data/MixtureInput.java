package dev.ratelab.data;

import dev.ratelab.random.Stream;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * A mixture: each row comes from component {@code c} with probability {@code weight_c / sum of all weights}. Variate 0 of a
 * stream chooses the component; the variates of the first component follow, then those of the second, and so on.
 *
 * @param components at least one; those that fix the number of inputs agree on it
 */
public record MixtureInput(List<Component> components) implements InputDistribution {
    /** The name of these inputs in study files. */
    public static final String ID = "mixture";

    /**
     * One component.
     *
     * @param weight weight, positive and finite
     * @param distribution its distribution
     */
    public record Component(double weight, ContinuousInput distribution) {

        public Component {
            InputChecks.requireFinite(weight);
            InputChecks.requirePositive("weight", weight);
        }
    }

    public MixtureInput {
        components = List.copyOf(components);
        if (components.isEmpty()) {
            throw new IllegalArgumentException("a mixture needs at least one component");
        }
        int[] dimensions = components.stream()
                .map(component -> component.distribution().dimension())
                .filter(OptionalInt::isPresent)
                .mapToInt(OptionalInt::getAsInt)
                .distinct()
                .toArray();
        if (dimensions.length > 1) {
            throw new IllegalArgumentException(
                    "the components have different numbers of inputs: " + dimensions[0] + " and " + dimensions[1]);
        }
        InputChecks.requireFinite(total(components));
    }

    private static double total(List<Component> components) {
        double total = 0;
        for (Component component : components) {
            total += component.weight();
        }
        return total;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public boolean bounded() {
        return components.stream()
                .allMatch(component -> component.distribution().bounded());
    }

    @Override
    public OptionalInt dimension() {
        return components.stream()
                .map(component -> component.distribution().dimension())
                .filter(OptionalInt::isPresent)
                .findFirst()
                .orElse(OptionalInt.empty());
    }

    @Override
    public int variates(int dimension) {
        int count = 1;
        for (Component component : components) {
            count += component.distribution().variates(dimension);
        }
        return count;
    }

    @Override
    public double[] numbers() {
        double[] numbers = {};
        for (Component component : components) {
            double[] more = component.distribution().numbers();
            int held = numbers.length;
            numbers = Arrays.copyOf(numbers, held + 1 + more.length);
            numbers[held] = component.weight();
            System.arraycopy(more, 0, numbers, held + 1, more.length);
        }
        return numbers;
    }

    @Override
    public void fill(Stream stream, int firstVariate, int sampleSize, int from, double[][] x) {
        int rows = x[0].length;
        double[] choice = new double[rows];
        stream.uniforms(from, firstVariate, choice);
        InputChecks.scale(choice, 0, total(components));
        double[][] drawn = new double[x.length][rows];
        double below = 0;
        int variate = firstVariate + 1;
        for (int c = 0; c < components.size(); c++) {
            ContinuousInput distribution = components.get(c).distribution();
            distribution.fill(stream, variate, sampleSize, from, drawn);
            variate += distribution.variates(x.length);
            // A row keeps the last component whose cumulative weight starts at or below its number.
            for (int i = 0; i < rows; i++) {
                if (choice[i] >= below) {
                    for (int j = 0; j < x.length; j++) {
                        x[j][i] = drawn[j][i];
                    }
                }
            }
            below += components.get(c).weight();
        }
    }
}
