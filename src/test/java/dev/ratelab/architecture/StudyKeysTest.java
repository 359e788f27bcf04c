package dev.ratelab.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.model.ParameterBounds;
import dev.ratelab.study.StudyKeys;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A study key is spelled in one place, and the document on study files has it. */
class StudyKeysTest {
    private static final Path SOURCES = Path.of("src/main/java/dev/ratelab");

    /** A call that looks for a key in a block, or lists the keys of one, and spells a key itself. */
    private static final Pattern SPELLED = Pattern.compile(
            "\\.(?:get|find|path)\\(\\s*\"[^\"]*\"|\\.allow\\([^;]*\"|, List\\.of\\(\"[^\"]*\"\\)\\)|Stream\\.of\\(\"");

    private static final Pattern LITERAL = Pattern.compile("\"([a-z][a-z-]*)\"");

    /** What stands in code: in a fence or between back quotes. */
    private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`]*`");

    private static Set<String> keys() throws IllegalAccessException {
        Set<String> keys = new TreeSet<>();
        List<Class<?>> classes = new ArrayList<>(List.of(StudyKeys.class, ParameterBounds.class));
        classes.addAll(List.of(StudyKeys.class.getDeclaredClasses()));
        for (Class<?> type : classes) {
            for (Field field : type.getFields()) {
                if (field.getType() == String.class) {
                    keys.add((String) field.get(null));
                }
            }
        }
        return keys;
    }

    private static List<Path> readersAndStudies() throws IOException {
        List<Path> found = new ArrayList<>();
        for (String room : List.of("study", "studyfile")) {
            try (Stream<Path> files = Files.list(SOURCES.resolve(room))) {
                files.filter(path -> !path.endsWith("StudyKeys.java")).forEach(found::add);
            }
        }
        return found;
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).toList();
    }

    @Test
    void readersSpellNoKey() throws IOException {
        for (Path file : readersAndStudies()) {
            if (file.startsWith(SOURCES.resolve("studyfile"))) {
                assertThat(found(SPELLED, Files.readString(file)))
                        .as(file.toString())
                        .isEmpty();
            }
        }
    }

    @Test
    void aKeyOfTwoWordsIsNowhereSpelledAgain() throws IOException, IllegalAccessException {
        Set<String> keys = keys();
        for (Path file : readersAndStudies()) {
            List<String> spelled = LITERAL.matcher(Files.readString(file))
                    .results()
                    .map(result -> result.group(1))
                    .filter(word -> word.contains("-") && keys.contains(word))
                    .toList();
            assertThat(spelled).as(file.toString()).isEmpty();
        }
    }

    @Test
    void aReaderThatSpellsAKeyIsFound() {
        assertThat(found(SPELLED, "block.get(\"seeds\", \"a number\")")).hasSize(1);
        assertThat(found(SPELLED, "block.find(\"seeds\")")).hasSize(1);
        assertThat(found(SPELLED, "block.allow(List.of(StudyKeys.TYPE, \"seeds\"))"))
                .hasSize(1);
        assertThat(found(SPELLED, "continuous(component, type, List.of(\"weight\"))"))
                .hasSize(1);
        assertThat(found(SPELLED, "Stream.concat(Stream.of(\"type\"), kinds.stream())"))
                .hasSize(1);
        assertThat(found(SPELLED, "block.get(OfGrid.SEEDS, \"a number\")")).isEmpty();
    }

    @Test
    void theDocumentHasEveryKey() throws IOException, IllegalAccessException {
        String code = String.join(" ", found(CODE, Files.readString(Path.of("docs/study-files.md"))));
        assertThat(keys()).hasSizeGreaterThan(60).allSatisfy(key -> assertThat(code)
                .containsPattern("(?<![a-z-])" + Pattern.quote(key) + "(?![a-z-])"));
    }
}
