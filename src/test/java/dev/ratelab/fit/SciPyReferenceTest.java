package dev.ratelab.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratelab.data.Sample;
import dev.ratelab.fit.ascent.FitStatus;
import dev.ratelab.fit.ascent.Start;
import dev.ratelab.fit.ascent.StopRule;
import dev.ratelab.fit.objective.Evaluation;
import dev.ratelab.fit.objective.MixtureLikelihood;
import dev.ratelab.fit.objective.Order;
import dev.ratelab.model.Atom;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.ParameterBounds;
import dev.ratelab.model.expert.LinearExpert;
import dev.ratelab.model.gate.SoftmaxGate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values, derivatives and optima against NumPy and SciPy; {@code src/test/python/mle_reference.py} made the files. */
class SciPyReferenceTest {
    private static final String DIRECTORY = "/reference/mle/";
    private static final double VALUE_TOLERANCE = 1e-10;
    private static final double DERIVATIVE_TOLERANCE = 1e-9;
    private static final double OPTIMUM_NATS = 1e-6;

    static Stream<Arguments> cases() {
        return nodes("cases.json", "cases")
                .map(node -> Arguments.of(
                        node.get("file").asText() + " k=" + node.get("experts") + " from "
                                + node.get("start_kind").asText(),
                        node));
    }

    static Stream<Arguments> points() {
        return nodes("evaluation.json", "points")
                .map(node -> Arguments.of(node.get("file").asText() + " k=" + node.get("experts"), node));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void fromTheSameStartTheFitIsCertifiedAndAtLeastAsHighAsSciPys(String name, JsonNode node) {
        MixtureOfExperts model = model(node);
        Sample sample = sample(node.get("file").asText());
        assertThat(sample.size()).isEqualTo(node.get("rows").asInt());
        double[] start = model.toParameters(atoms(node.get("start")));
        assertThat(Estimator.logLikelihood(model, sample, start))
                .isCloseTo(node.get("start_log_likelihood").asDouble(), within(1e-9));
        ParameterBounds bounds =
                ParameterBounds.none().withMinVariance(node.get("min_variance").asDouble());
        Estimate estimate = new Estimator(model, bounds, StopRule.defaults())
                .fit(sample, List.of(new Start(Start.Kind.GIVEN, start)));
        assertThat(estimate.certificate().status()).isEqualTo(FitStatus.CONVERGED);
        double reference = node.get("scipy_log_likelihood").asDouble();
        assertThat(estimate.logLikelihood()).isGreaterThanOrEqualTo(reference - OPTIMUM_NATS);
        double[] optimum = model.toParameters(atoms(node.get("optimum")));
        assertThat(Estimator.logLikelihood(model, sample, optimum)).isCloseTo(reference, within(1e-9));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("points")
    void valueGradientAndHessianAgreeWithNumPy(String name, JsonNode node) {
        MixtureOfExperts model = model(node);
        Sample sample = sample(node.get("file").asText());
        double[] theta = numbers(node.get("parameters"));
        assertThat(theta).hasSize(model.parameterCount());
        Evaluation evaluation = new Evaluation(theta.length, model.atoms());
        new MixtureLikelihood(model, sample).evaluate(theta, Order.OBSERVED, evaluation);
        double value = node.get("log_likelihood").asDouble();
        assertThat(evaluation.logLikelihood).isCloseTo(value, within(VALUE_TOLERANCE * Math.abs(value)));
        assertClose(evaluation.gradient, numbers(node.get("gradient")), "gradient");
        double[] flat = new double[theta.length * theta.length];
        double[] expected = new double[flat.length];
        for (int a = 0; a < theta.length; a++) {
            System.arraycopy(evaluation.hessian[a], 0, flat, a * theta.length, theta.length);
            System.arraycopy(numbers(node.get("hessian").get(a)), 0, expected, a * theta.length, theta.length);
        }
        assertClose(flat, expected, "Hessian");
    }

    /** Entries relative to themselves, or to a hundredth of the largest one where they are sums that cancel. */
    private static void assertClose(double[] actual, double[] expected, String what) {
        double largest = 0;
        for (double entry : expected) {
            largest = Math.max(largest, Math.abs(entry));
        }
        for (int a = 0; a < expected.length; a++) {
            double scale = Math.max(Math.abs(expected[a]), 0.01 * largest);
            assertThat(actual[a]).as(what + " " + a).isCloseTo(expected[a], within(DERIVATIVE_TOLERANCE * scale));
        }
    }

    private static MixtureOfExperts model(JsonNode node) {
        return new MixtureOfExperts(
                new SoftmaxGate(),
                new LinearExpert(),
                node.get("experts").asInt(),
                node.get("dimension").asInt());
    }

    private static List<Atom> atoms(JsonNode list) {
        List<Atom> atoms = new ArrayList<>();
        for (JsonNode node : list) {
            atoms.add(new Atom(
                    affine(node.get("gate_bias"), node.get("gate_weight")),
                    affine(node.get("intercept"), node.get("slope")),
                    node.get("variance").asDouble()));
        }
        return atoms;
    }

    private static double[] affine(JsonNode constant, JsonNode slope) {
        double[] parameters = new double[1 + slope.size()];
        parameters[0] = constant.asDouble();
        System.arraycopy(numbers(slope), 0, parameters, 1, slope.size());
        return parameters;
    }

    private static double[] numbers(JsonNode list) {
        double[] numbers = new double[list.size()];
        for (int a = 0; a < numbers.length; a++) {
            numbers[a] = list.get(a).asDouble();
        }
        return numbers;
    }

    private static Stream<JsonNode> nodes(String file, String list) {
        try (InputStream stream = SciPyReferenceTest.class.getResourceAsStream(DIRECTORY + file)) {
            return StreamSupport.stream(
                    new ObjectMapper().readTree(stream).get(list).spliterator(), false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Sample sample(String file) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                SciPyReferenceTest.class.getResourceAsStream(DIRECTORY + file), StandardCharsets.UTF_8))) {
            int columns = reader.readLine().split(",").length;
            List<double[]> rows = reader.lines()
                    .map(line -> Stream.of(line.split(","))
                            .mapToDouble(Double::parseDouble)
                            .toArray())
                    .toList();
            double[][] x = new double[columns - 1][rows.size()];
            double[] y = new double[rows.size()];
            for (int n = 0; n < y.length; n++) {
                for (int j = 0; j < columns - 1; j++) {
                    x[j][n] = rows.get(n)[j];
                }
                y[n] = rows.get(n)[columns - 1];
            }
            return Sample.of(x, y);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
