package dev.ratelab.fit.ascent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.data.Sample;
import dev.ratelab.fit.Estimator;
import dev.ratelab.fit.objective.MixtureLikelihood;
import dev.ratelab.fit.objective.Standardisation;
import dev.ratelab.fit.quadratic.FeasibleSet;
import dev.ratelab.model.Expert;
import dev.ratelab.model.Gate;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.ParameterBounds;
import dev.ratelab.model.expert.LinearExpert;
import dev.ratelab.model.gate.SoftmaxGate;
import dev.ratelab.testing.Simulated;
import dev.ratelab.testing.Slow;
import dev.ratelab.testing.ToyExpert;
import dev.ratelab.testing.ToyGate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExpectationMaximisationTest {
    private static final ParameterBounds TIGHT = new ParameterBounds(1.5, 4, 0.3, 50);

    static Stream<Arguments> cases() {
        List<Gate> gates = List.of(new SoftmaxGate(), new ToyGate());
        List<Expert> experts = List.of(new LinearExpert(), new ToyExpert());
        return gates.stream().flatMap(gate -> experts.stream().flatMap(expert -> Stream.of(1, 2, 3, 4)
                .flatMap(atoms -> Stream.of(1, 3, 8).flatMap(dimension -> Stream.of(ParameterBounds.none(), TIGHT)
                        .map(bounds -> Arguments.of(
                                gate.id() + " " + expert.id() + " k=" + atoms + " d=" + dimension
                                        + (bounds.equals(TIGHT) ? " bounded" : ""),
                                new MixtureOfExperts(gate, expert, atoms, dimension),
                                bounds))))));
    }

    @Slow
    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void likelihoodNeverFallsAndBoundsHold(String name, MixtureOfExperts model, ParameterBounds bounds) {
        Sample sample = Simulated.sample(400, model.dimension(), 31);
        FeasibleSet feasible = new FeasibleSet(model.constraints(bounds));
        Standardisation units = Standardisation.of(model, sample);
        for (long seed = 1; seed <= 3; seed++) {
            double[] start = units.toStandard(feasible.project(Simulated.parameters(model.parameterCount(), seed)));
            ExpectationMaximisation em = new ExpectationMaximisation(
                    model, new MixtureLikelihood(model, units.apply(sample)), bounds, units, sample.size());
            List<Double> history = new ArrayList<>(List.of(Estimator.logLikelihood(model, units.apply(sample), start)));
            WarmUp.Result result = em.run(start, 30, likelihood -> history.add(likelihood) ? 0 : 1, new Deadline(0));
            assertThat(history).isSorted().hasSize(1 + result.iterations());
            assertThat(history.get(history.size() - 1)).isGreaterThan(history.get(0));
            model.constraints(bounds).forEach(constraint -> assertThat(constraint.excess(units.toUser(result.theta())))
                    .isLessThan(1e-9));
        }
    }
}
