package dev.ratelab.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.data.Truth;
import dev.ratelab.model.Expert;
import dev.ratelab.model.Gate;
import dev.ratelab.model.Problem;
import dev.ratelab.model.catalog.Experts;
import dev.ratelab.model.catalog.Gates;
import dev.ratelab.study.Truths;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every registered family goes through, at its canonical parameters. */
class AllFamiliesDiagnosisTest {
    /** The family of the tests' class path, which has no canonical parameters. */
    private static final String TOY = "toy";

    @TestFactory
    Stream<DynamicTest> everyGateHasVerdicts() {
        return Gates.all().stream().filter(gate -> !gate.id().equals(TOY)).flatMap(gate -> Stream.of(Problem.values())
                .filter(problem -> gate.refusal(problem, 2, inputs(gate)).isEmpty())
                .map(problem -> DynamicTest.dynamicTest(
                        gate.id() + ", " + problem.id(), () -> check(problem, gate.id(), "linear"))));
    }

    @TestFactory
    Stream<DynamicTest> everyExpertFamilyHasVerdicts() {
        return Experts.all().stream()
                .map(Expert::id)
                .filter(expert -> !expert.equals(TOY))
                .map(expert -> DynamicTest.dynamicTest(expert, () -> check(Problem.REGRESSION, "softmax", expert)));
    }

    /** Cosine gates need two inputs. */
    private static int inputs(Gate gate) {
        return gate.refusal(Problem.REGRESSION, 2, 1).isPresent() && gate.id().contains("cosine") ? 2 : 1;
    }

    private static void check(Problem problem, String gate, String expert) {
        Truths.Named named =
                new Truths.Named(problem, 2, inputs(Gates.of(gate)), OptionalDouble.empty(), OptionalLong.empty());
        Truth truth = named.of(Gates.of(gate), Experts.of(expert));
        List<Finding> findings = Diagnosis.of(truth, 3, 1e6);
        assertThat(findings)
                .extracting(Finding::set)
                .contains(FunctionSet.EXACT, FunctionSet.SPLIT, FunctionSet.STRONG);
        for (Finding finding : findings) {
            if (finding.verdict() == Verdict.NOT_APPLICABLE) {
                assertThat(finding.note()).isNotBlank();
            } else {
                assertThat(finding.smallest()).isBetween(0.0, 1.0);
                assertThat(finding.smallestDistinct()).isBetween(finding.smallest(), 1.0);
                assertThat(finding.distinct()).isBetween(1, finding.functions());
                assertThat(finding.relations().isEmpty()).isEqualTo(finding.distinct() == finding.functions());
            }
        }
    }
}
