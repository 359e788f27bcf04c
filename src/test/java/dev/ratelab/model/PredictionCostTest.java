package dev.ratelab.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.model.catalog.Experts;
import dev.ratelab.model.catalog.Gates;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a prediction costs, worked out by hand. */
class PredictionCostTest {

    /** Scores cost k (1 + d) for affine ones; each active expert its parameters and one by its weight. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "softmax | linear | 4 | 3 | 4 | 16 + 4 * 5",
                "softmax | linear | 1 | 1 | 1 | 2 + 3",
                "top-k(k=1) | linear | 4 | 3 | 1 | 16 + 5",
                "top-k(k=3) | linear | 4 | 3 | 3 | 16 + 3 * 5",
                "top-k(k=4) | linear | 4 | 3 | 4 | 16 + 4 * 5",
                "top-k(k=1,scores=dense-to-sparse) | linear | 4 | 3 | 1 | 17 + 5",
                "dense-to-sparse | linear | 4 | 3 | 4 | 17 + 4 * 5",
                "hierarchical(groups=2) | linear | 4 | 3 | 4 | 16 + 8 + 4 * 5",
                "softmax | constant | 4 | 3 | 4 | 16 + 4 * 2",
                "softmax | tanh(width=2,output-weight=yes) | 4 | 3 | 4 | 16 + 4 * 11",
            })
    void isTheNumberOfActiveExpertsAndOfMultiplications(
            String gate, String expert, int atoms, int inputs, double active, String multiplications) {
        MixtureOfExperts model = new MixtureOfExperts(Gates.of(gate), Experts.of(expert), atoms, inputs);
        assertThat(model.activeExperts()).isEqualTo(active);
        assertThat(model.multiplicationsPerPrediction()).isEqualTo(value(multiplications));
    }

    /** A sum of products of whole numbers. */
    private static double value(String sum) {
        double total = 0;
        for (String term : sum.split(" [+] ", -1)) {
            double product = 1;
            for (String factor : term.split(" [*] ", -1)) {
                product *= Double.parseDouble(factor);
            }
            total += product;
        }
        return total;
    }
}
