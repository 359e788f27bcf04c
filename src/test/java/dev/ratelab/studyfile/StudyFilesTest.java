package dev.ratelab.studyfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratelab.plan.Plan;
import dev.ratelab.study.Study;
import dev.ratelab.study.StudyException;
import dev.ratelab.testing.Slow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyFilesTest {
    private static final Path STUDIES = Path.of("conf", "studies");

    @Slow
    @Test
    void everyStudyThatComesWithTheProjectParsesAndIsDescribed() {
        List<StudyCatalog.Entry> entries = StudyCatalog.list(STUDIES);
        assertThat(entries).extracting(StudyCatalog.Entry::name).contains("quickstart", "softmax-exact-2305.03288");
        for (StudyCatalog.Entry entry : entries) {
            assertThat(entry.description()).as(entry.name()).isNotBlank();
            assertThat(entry.file()).hasFileName(entry.name() + ".conf");
            Study study = StudyParser.standard().parse(entry.file(), List.of());
            assertThat(study.name()).isEqualTo(entry.name());
            assertThat(StudyParser.standard().parse(study.resolvedText(), "resolved", List.of()))
                    .isEqualTo(study);
        }
    }

    @Test
    void theGridOfThePaperFitsInOneOverride() throws IOException {
        Path file = STUDIES.resolve("softmax-exact-2305.03288.conf");
        String override = Files.readString(file)
                .lines()
                .filter(line -> line.startsWith("#   --set '"))
                .map(line -> line.substring("#   --set '".length(), line.lastIndexOf('\'')))
                .findFirst()
                .orElseThrow();
        Study study = StudyParser.standard().parse(file, List.of(override));
        assertThat(study.grid().sampleSizes())
                .hasSize(200)
                .startsWith(100, 300, 500, 700, 900, 1000, 1510)
                .endsWith(100000);
    }

    @Test
    void theQuickstartHasItsSizes() {
        Study study = StudyParser.standard().parse(STUDIES.resolve("quickstart.conf"), List.of());
        assertThat(study.grid().sampleSizes())
                .containsExactly(100, 168, 282, 474, 796, 1336, 2245, 3770, 6332, 10635, 17862, 30000);
        assertThat(Plan.of(study, Set.of()).total()).isEqualTo(2 * 12 * 20);
    }

    @Test
    void aCatalogRefusesWhatItCannotName(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("a.conf"), "\n# About a.\nstudy = a\n");
        Files.writeString(directory.resolve("b.conf"), "study = b // nothing above\n");
        Files.writeString(directory.resolve("notes.txt"), "{{{");
        assertThat(StudyCatalog.list(directory))
                .extracting(StudyCatalog.Entry::description)
                .containsExactly("About a.", "");
        Files.writeString(directory.resolve("c.conf"), "study = a");
        assertThatThrownBy(() -> StudyCatalog.list(directory))
                .isInstanceOf(StudyException.class)
                .hasMessageContaining("study = 'a' is the name of two files: ")
                .hasMessageContaining("c.conf");
        Files.writeString(directory.resolve("c.conf"), "x = 1");
        assertThatThrownBy(() -> StudyCatalog.list(directory)).hasMessageContaining("study is missing");
        Files.writeString(directory.resolve("c.conf"), "x = [");
        assertThatThrownBy(() -> StudyCatalog.list(directory)).hasMessageContaining("c.conf is not valid HOCON");
        assertThatThrownBy(() -> StudyCatalog.list(directory.resolve("none")))
                .isInstanceOf(StudyException.class)
                .hasMessageContaining("cannot be listed");
    }
}
