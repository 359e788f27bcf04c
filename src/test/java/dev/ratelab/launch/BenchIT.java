package dev.ratelab.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.launch.Script.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchIT {
    @TempDir
    private Path directory;

    @Test
    void aBenchmarkPrintsItsLineOfTheTable() throws Exception {
        Outcome outcome = bench("--seeds", "2", "--only", "skewed");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        List<String> lines = outcome.out().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).startsWith("run").contains("busy %", "of all %", "predicted/actual");
        String[] cells = lines.get(1).split(" +");
        assertThat(cells).hasSize(10).startsWith("skewed", "104", "100.0");
        for (int c = 3; c < cells.length; c++) {
            assertThat(Double.parseDouble(cells[c])).as(lines.get(0)).isPositive();
        }
        assertThat(Double.parseDouble(cells[4])).isLessThan(Double.parseDouble(cells[3]));
    }

    @Test
    void wrongArgumentsAreRefusedBeforeAnythingRuns() throws Exception {
        for (String[] wrong :
                new String[][] {{"--seeds", "1"}, {"--seeds", "x"}, {"--seeds"}, {"--only", "other"}, {"figure"}}) {
            Outcome outcome = bench(wrong);
            assertThat(outcome.exitCode()).as(String.join(" ", wrong)).isEqualTo(2);
            assertThat(outcome.err()).startsWith("ratelab: ").contains(wrong[0]);
            assertThat(outcome.out()).isEmpty();
        }
        assertThat(bench("--help").out()).contains("figure", "tiny", "skewed", "--seeds N");
    }

    private Outcome bench(String... arguments) throws Exception {
        return Script.run(directory, Map.of(), Script.named("bench"), arguments);
    }
}
