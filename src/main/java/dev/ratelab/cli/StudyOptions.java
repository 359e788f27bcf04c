package dev.ratelab.cli;

import dev.ratelab.study.Study;
import dev.ratelab.studyfile.StudyParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The study file and its overrides, shared by the commands that take one. */
final class StudyOptions {
    @Parameters(paramLabel = "STUDY", description = "study file, such as conf/studies/quickstart.conf")
    private Path file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "override a key of the study, such as grid.seeds=5; may be repeated")
    private List<String> overrides = new ArrayList<>();

    Study parse() {
        return StudyParser.standard().parse(file, overrides);
    }
}
