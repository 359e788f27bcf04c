package dev.ratelab.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratelab.launch.Script.Outcome;
import dev.ratelab.run.FitRow;
import dev.ratelab.study.Study;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The shipped quickstart shows the rates of its theory, and not for one lucky seed only.
 *
 * <p>The ranges are requirements on the estimator. They are not fitted to its results, and must not be widened.
 */
class QuickstartIT {
    private static final List<String> KINDS = List.of("gate-bias", "gate-weight", "intercept", "slope", "variance");
    private static final double CERTIFIED_SHARE = 0.99;
    private static final int FITS = 240;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(longs = {Study.DEFAULT_BASE_SEED, 1, 2})
    void showsTheRatesOfItsTheory(long baseSeed) throws Exception {
        Path store = directory.resolve("store");
        Outcome run = Script.ratelab(
                directory,
                "run",
                Script.home().resolve("conf/studies/quickstart.conf").toString(),
                "--out",
                store.toString(),
                "--set",
                "base-seed=" + baseSeed);
        assertThat(run.exitCode()).as(run.err()).isZero();
        SoftAssertions checks = new SoftAssertions();
        for (int experts : new int[] {2, 3}) {
            List<FitRow> fits = SmallRun.stored(store).stream()
                    .filter(fit -> fit.fitted().fittedExperts() == experts)
                    .toList();
            long certified =
                    fits.stream().filter(fit -> fit.status().certified()).count();
            checks.assertThat(fits).hasSize(FITS);
            checks.assertThat((double) certified / FITS)
                    .as("certified share, k = " + experts)
                    .isGreaterThanOrEqualTo(CERTIFIED_SHARE);
        }
        Outcome rates = Script.ratelab(directory, "rates", "--json", store.toString());
        assertThat(rates.exitCode()).as(rates.err()).isZero();
        checkExact(rates(rates.out(), 2), checks);
        checkOverSpecified(rates(rates.out(), 3), checks);
        checks.assertAll();
    }

    private static Map<String, JsonNode> rates(String json, int experts) throws Exception {
        Map<String, JsonNode> rates = new HashMap<>();
        for (JsonNode rate : new ObjectMapper().readTree(json)) {
            if (rate.get("fitted_experts").asInt() == experts) {
                rates.put(rate.get("metric").asText(), rate);
            }
        }
        return rates;
    }

    /** Two fitted experts for two true ones: every parameter at the parametric rate. */
    private static void checkExact(Map<String, JsonNode> rates, SoftAssertions checks) {
        checkSlope(rates, "D1", -0.55, -0.44, checks);
        JsonNode d1 = rates.get("D1");
        checks.assertThat((d1.get("slope_high").asDouble() - d1.get("slope_low").asDouble()) / 2)
                .as("half width of the interval of D1")
                .isBetween(0.0, 0.05);
        for (String kind : KINDS) {
            for (String which : List.of("exact", "atom-1", "atom-2")) {
                checkSlope(rates, kind + "-error-" + which, -0.64, -0.36, checks);
            }
        }
    }

    /** Three fitted experts for two true ones: those of the split expert are slower, the other keeps its rate. */
    private static void checkOverSpecified(Map<String, JsonNode> rates, SoftAssertions checks) {
        checkSlope(rates, "D2", -0.92, -0.47, checks);
        for (String kind : KINDS) {
            if (!kind.equals("gate-bias")) {
                checkSlope(rates, kind + "-error-over-weighted", -0.40, -0.07, checks);
            }
            checkSlope(rates, kind + "-error-exact", -0.65, -0.40, checks);
        }
    }

    private static void checkSlope(
            Map<String, JsonNode> rates, String metric, double low, double high, SoftAssertions checks) {
        checks.assertThat(rates).containsKey(metric);
        if (rates.containsKey(metric)) {
            checks.assertThat(rates.get(metric).get("slope").isNumber()).isTrue();
            checks.assertThat(rates.get(metric).get("slope").asDouble())
                    .as(metric)
                    .isBetween(low, high);
        }
    }
}
