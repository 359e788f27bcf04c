package dev.ratelab.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.data.Truth;
import dev.ratelab.model.Atom;
import dev.ratelab.testing.LossTexts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LossesReferenceTest {
    private static final List<String> NAMES = List.of("D1", "D2", "D1-unprofiled", "D2-unprofiled", "hellinger");

    private static List<Atom> atoms(double[] numbers, int from, int count, int d) {
        List<Atom> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int at = from + i * (3 + 2 * d);
            list.add(new Atom(
                    Arrays.copyOfRange(numbers, at, at + 1 + d),
                    Arrays.copyOfRange(numbers, at + 1 + d, at + 2 + 2 * d),
                    numbers[at + 2 + 2 * d]));
        }
        return list;
    }

    @Test
    void losses_are_those_of_the_brute_force_implementation() throws IOException {
        List<String> lines;
        try (InputStream in = getClass().getResourceAsStream("/reference/losses.txt")) {
            lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
        assertThat(lines).hasSizeGreaterThan(50);
        for (String line : lines) {
            double[] numbers = Arrays.stream(line.split(" "))
                    .mapToDouble(word -> word.equals("nan") ? Double.NaN : Double.parseDouble(word))
                    .toArray();
            int d = (int) numbers[0];
            int trueAtoms = (int) numbers[1];
            int fitted = (int) numbers[2];
            Truth truth = Cases.truth(atoms(numbers, 3, trueAtoms, d), d);
            List<Atom> estimate = atoms(numbers, 3 + trueAtoms * (3 + 2 * d), fitted, d);
            Map<String, Double> losses = LossTexts.compute(truth, Cases.model(fitted, d), estimate);
            for (int l = 0; l < NAMES.size(); l++) {
                double expected = numbers[numbers.length - NAMES.size() + l];
                if (!Double.isNaN(expected)) {
                    assertThat(losses.get(NAMES.get(l)))
                            .as(NAMES.get(l) + " of " + line)
                            .isCloseTo(expected, within(1e-8 * Math.max(1, expected)));
                }
            }
        }
    }
}
