package dev.ratelab.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The documents keep the form that makes them easy to find and to read. */
class DocumentsTest {
    private static final Path MAP = Path.of("docs/README.md");
    private static final Path REMAKE = Path.of("docs/remake");
    private static final int LONGEST_LINE = 120;

    /** Text and target of a link. */
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");

    private static final Pattern ABSOLUTE = Pattern.compile("[a-z]+:.*");
    private static final Pattern RECIPE = Pattern.compile("(?m)^make_([a-z_]+)\\(\\) \\{");
    private static final Pattern MARKER = Pattern.compile("<!-- remake: ([a-z-]+) -->");

    /** How the work is organised, and work that is not done, are no matter of the product. */
    private static final Pattern FOREIGN = Pattern.compile("(?i)\\b(sessions?|helpers?|worktrees?|todo|fixme|tbd)\\b");

    /** What was once, or was tried, stands in the decisions and in the changelog. */
    private static final Pattern HISTORY = Pattern.compile(
            "(?i)\\b(previously|formerly|no longer|not kept|used to be|in the past|was tried before)\\b");

    @TestFactory
    Stream<DynamicTest> linksLeadSomewhere() {
        return forEachDocument(document -> {
            for (String target : links(document)) {
                int hash = target.indexOf('#');
                String file = hash < 0 ? target : target.substring(0, hash);
                Path path = file.isEmpty() ? document : resolve(document, file);
                assertThat(path).as("link %s", target).exists();
                if (hash >= 0) {
                    assertThat(anchors(path)).as("link %s", target).contains(target.substring(hash + 1));
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> theFirstLinesSayWhatItIsFor() {
        return forEachDocument(document -> {
            List<String> lines = Files.readAllLines(document);
            assertThat(lines.get(0)).startsWith("# ");
            assertThat(lines.get(1)).isEmpty();
            List<String> paragraph = lines.subList(2, lines.size()).stream()
                    .takeWhile(line -> !line.isBlank())
                    .toList();
            assertThat(String.join(" ", paragraph)).matches("[A-Z`].*[.](\\s.*|$)");
        });
    }

    @TestFactory
    Stream<DynamicTest> linesOfProseAreShort() {
        return forEachDocument(document -> assertThat(prose(document))
                .filteredOn(line ->
                        line.length() > LONGEST_LINE && !LINK.matcher(line).find())
                .isEmpty());
    }

    @TestFactory
    Stream<DynamicTest> documentsAreAboutTheProductOfToday() {
        return forEachDocument(document -> {
            assertThat(prose(document))
                    .filteredOn(line -> FOREIGN.matcher(line).find())
                    .isEmpty();
            if (!document.startsWith("docs/decisions") && !document.endsWith("CHANGELOG.md")) {
                assertThat(prose(document))
                        .filteredOn(line -> HISTORY.matcher(line).find())
                        .isEmpty();
            }
        });
    }

    @Test
    void everyDocumentIsReachedFromTheMap() throws IOException {
        Set<Path> reached = new HashSet<>();
        Deque<Path> open = new ArrayDeque<>(List.of(MAP));
        while (!open.isEmpty()) {
            Path document = open.pop();
            if (!document.toString().endsWith(".md") || !reached.add(document)) {
                continue;
            }
            for (String target : links(document)) {
                String file = target.replaceFirst("#.*", "");
                if (!file.isEmpty()) {
                    open.push(resolve(document, file));
                }
            }
        }
        assertThat(reached).containsAll(documents());
    }

    /** Nothing between markers is orphaned: each has a recipe, each recipe one place, and the place says which commit made it. */
    @Test
    void whatIsMadeByCommandHasARecipe() throws IOException {
        List<String> recipes = new ArrayList<>();
        Matcher recipe = RECIPE.matcher(Files.readString(REMAKE));
        while (recipe.find()) {
            recipes.add(recipe.group(1).replace('_', '-'));
        }
        List<String> marked = new ArrayList<>();
        for (Path document : documents()) {
            String text = Files.readString(document);
            Matcher marker = MARKER.matcher(text);
            while (marker.find()) {
                marked.add(marker.group(1));
                int end = text.indexOf("<!-- end -->", marker.end());
                assertThat(end).as("end of %s", marker.group(1)).isPositive();
                assertThat(text.substring(marker.end(), end))
                        .as("what is made by %s", marker.group(1))
                        .containsPattern("commit\\s[0-9a-f]{7}")
                        .doesNotContain("<!--");
            }
        }
        assertThat(recipes).isNotEmpty();
        assertThat(marked).containsExactlyInAnyOrderElementsOf(recipes);
    }

    @Test
    void theRulesRefuseWhatTheyAreFor() {
        assertThat("as the Session says").containsPattern(FOREIGN);
        assertThat("it is no longer so").containsPattern(HISTORY);
        assertThat(slug("Adding `a` gate, twice: why?")).isEqualTo("adding-a-gate-twice-why");
    }

    private interface Check {
        void of(Path document) throws IOException;
    }

    private static Stream<DynamicTest> forEachDocument(Check check) {
        return documents().stream()
                .map(document -> DynamicTest.dynamicTest(document.toString(), () -> check.of(document)));
    }

    private static Set<Path> documents() {
        Set<Path> documents = new TreeSet<>(Set.of(
                Path.of("README.md"), Path.of("CONTRIBUTING.md"), Path.of("CHANGELOG.md"), Path.of("SECURITY.md")));
        try (Stream<Path> files = Files.walk(Path.of("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return documents;
    }

    private static List<String> links(Path document) throws IOException {
        List<String> targets = new ArrayList<>();
        for (String line : outsideCode(document)) {
            Matcher link = LINK.matcher(line);
            while (link.find()) {
                if (!ABSOLUTE.matcher(link.group(1)).matches()) {
                    targets.add(link.group(1));
                }
            }
        }
        return targets;
    }

    private static Path resolve(Path document, String target) {
        Path directory = document.getParent();
        return (directory == null ? Path.of(target) : directory.resolve(target)).normalize();
    }

    /** The anchors that a page of the document has: one for each heading. */
    private static Set<String> anchors(Path document) throws IOException {
        Set<String> anchors = new HashSet<>();
        for (String line : outsideCode(document)) {
            if (line.startsWith("#")) {
                anchors.add(slug(line.replaceFirst("#+ ", "")));
            }
        }
        return anchors;
    }

    private static String slug(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    private static List<String> prose(Path document) throws IOException {
        return outsideCode(document).stream()
                .filter(line -> !line.startsWith("|") && !line.startsWith("<!--"))
                .toList();
    }

    private static List<String> outsideCode(Path document) throws IOException {
        List<String> lines = new ArrayList<>();
        boolean code = false;
        for (String line : Files.readAllLines(document)) {
            if (line.strip().startsWith("```")) {
                code = !code;
            } else if (!code) {
                lines.add(line);
            }
        }
        return lines;
    }
}
