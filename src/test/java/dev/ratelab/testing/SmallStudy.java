package dev.ratelab.testing;

import dev.ratelab.plan.Plan;
import dev.ratelab.plan.PlannedFit;
import dev.ratelab.run.FitRow;
import dev.ratelab.run.FitRunner;
import dev.ratelab.run.Provenance;
import dev.ratelab.study.Study;
import dev.ratelab.studyfile.StudyParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The study of {@code studies/small.conf}, and its fits made in a plain loop. */
public final class SmallStudy {
    private static final String RESOURCE = "/studies/small.conf";

    private SmallStudy() {}

    /** The text of the study file. */
    public static String text() {
        try (InputStream stream = SmallStudy.class.getResourceAsStream(RESOURCE)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The study with overrides. */
    public static Study with(String... overrides) {
        return StudyParser.standard().parse(text(), "small.conf", List.of(overrides));
    }

    /** All fits of a study, made one after the other in this thread, in the order of their keys. */
    public static List<FitRow> inAPlainLoop(Study study) {
        FitRunner runner = new FitRunner(study);
        List<FitRow> rows = new ArrayList<>();
        for (PlannedFit fit : Plan.of(study, Set.of()).fits()) {
            rows.add(runner.run(fit.key()));
        }
        rows.sort(Comparator.comparing(FitRow::key));
        return rows;
    }

    /** The row without the columns that depend on the machine. */
    public static FitRow withoutTimesAndHosts(FitRow row) {
        return Records.with(
                row,
                Map.of(
                        "provenance",
                        new Provenance(
                                0,
                                "",
                                row.provenance().codeVersion(),
                                row.provenance().studyHash())));
    }
}
