package dev.ratelab.run;

import dev.ratelab.study.Setting;
import dev.ratelab.study.Study;
import dev.ratelab.studyfile.StudyParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How long the fits of a study take in one thread, data and losses included: the median over seeds for each setting, after some that
 * warm the JVM up.
 *
 * <p>Usage: {@code FitTimes STUDY SAMPLE-SIZE SEEDS [OVERRIDE]...}, with overrides as after {@code --set}.
 */
public final class FitTimes {
    /** Fits of a setting that are made first and not counted. */
    private static final int WARM_UP = 5;

    private FitTimes() {}

    /**
     * Measures and prints a line for each setting.
     *
     * @param arguments as above
     */
    public static void main(String[] arguments) throws IOException {
        int sampleSize = Integer.parseInt(arguments[1]);
        int seeds = Integer.parseInt(arguments[2]);
        List<String> overrides = new ArrayList<>(List.of(arguments).subList(3, arguments.length));
        overrides.add("grid.sample-sizes=[" + sampleSize + "]");
        Study study = StudyParser.standard().parse(Files.readString(Path.of(arguments[0])), arguments[0], overrides);
        FitRunner runner = new FitRunner(study);
        for (Setting setting : study.settings()) {
            double[] millis = new double[seeds];
            int certified = 0;
            for (int seed = 1 - WARM_UP; seed <= seeds; seed++) {
                // The fits of the warm-up are other seeds, from the far end of the range.
                int number = seed > 0 ? seed : seeds + 1 - seed;
                FitRow row = runner.run(new FitKey(setting.id(), sampleSize, number));
                if (seed > 0) {
                    millis[seed - 1] = row.provenance().fitMillis();
                    certified += row.status().certified() ? 1 : 0;
                }
            }
            Arrays.sort(millis);
            System.out.printf(
                    Locale.ROOT,
                    "%s n = %d: median %.1f ms, %.1f to %.1f, %d of %d certified%n",
                    setting.id(),
                    sampleSize,
                    millis[seeds / 2],
                    millis[0],
                    millis[seeds - 1],
                    certified,
                    seeds);
        }
    }
}
