package dev.ratelab.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.ratelab.cli.Main;
import dev.ratelab.loss.FitMeasure;
import dev.ratelab.loss.LossEvaluator;
import dev.ratelab.loss.LossName;
import dev.ratelab.model.Expert;
import dev.ratelab.model.Gate;
import dev.ratelab.model.catalog.Experts;
import dev.ratelab.model.catalog.Gates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What CONTRIBUTING.md says of additions: which main classes know a gate, an expert family, a loss or a command, and that a column of a
 * table is spelled once. {@link StudyKeysTest} has the keys of study files.
 */
class ExtensionTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.ratelab");

    /** A class that knows a family beside the registry, and why. */
    private static final Map<String, Set<String>> EXCEPTIONS = Map.of(
            // The model of one atom needs a gate, and any will do.
            "SoftmaxGate", Set.of("dev.ratelab.fit.ascent.Starts"));

    /** A column where it is declared. */
    private static final Pattern COLUMN = Pattern.compile("TABLE\\s*\\.[a-z]+\\(\\s*\"([a-z0-9_]+)\"");

    @TestFactory
    Stream<DynamicTest> theCoreKnowsNoGate() {
        return families(
                Gates.all().stream().map(Gate::getClass).collect(Collectors.toSet()), Gates.class, "model.gate");
    }

    @TestFactory
    Stream<DynamicTest> theCoreKnowsNoExpertFamily() {
        return families(
                Experts.all().stream().map(Expert::getClass).collect(Collectors.toSet()),
                Experts.class,
                "model.expert");
    }

    private static Stream<DynamicTest> families(Set<? extends Class<?>> families, Class<?> registry, String room) {
        return families.stream()
                .filter(family -> family.getPackageName().equals("dev.ratelab." + room))
                .map(family -> DynamicTest.dynamicTest(family.getSimpleName(), () -> {
                    Set<String> allowed = new TreeSet<>(EXCEPTIONS.getOrDefault(family.getSimpleName(), Set.of()));
                    allowed.add(registry.getName());
                    assertThat(users(family, room)).isEqualTo(allowed);
                }));
    }

    /** The classes outside a room that use a class. */
    private static Set<String> users(Class<?> type, String room) {
        return MAIN.get(type).getDirectDependenciesToSelf().stream()
                .map(Dependency::getOriginClass)
                .filter(user -> !user.getPackageName().equals("dev.ratelab." + room))
                .map(user -> user.getName().replaceAll("\\$.*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @TestFactory
    Stream<DynamicTest> onlyTheMainClassKnowsACommand() {
        return MAIN.stream()
                .filter(type -> type.getPackageName().equals("dev.ratelab.cli")
                        && type.isTopLevelClass()
                        && !type.getModifiers().contains(JavaModifier.ABSTRACT)
                        && type.getSimpleName().endsWith("Command"))
                .map(command -> DynamicTest.dynamicTest(command.getSimpleName(), () -> assertThat(usersOf(command))
                        .containsExactly(Main.class.getName())));
    }

    @Test
    void onlyTheEvaluatorKnowsALoss() {
        Set<String> users = MAIN.get(FitMeasure.class).getFieldAccessesToSelf().stream()
                .filter(access -> access.getTarget().getRawType().isEquivalentTo(FitMeasure.class))
                .map(access -> access.getOriginOwner().getName())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(users)
                .containsExactly(FitMeasure.class.getName(), LossEvaluator.class.getName(), LossName.class.getName());
    }

    @TestFactory
    Stream<DynamicTest> aColumnIsSpelledOnce() {
        return Stream.of("FitTable", "CellTable", "RateTable")
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    String table = Files.readString(Path.of("src/main/java/dev/ratelab/spark/store", name + ".java"));
                    List<String> columns = COLUMN.matcher(table)
                            .results()
                            .map(result -> result.group(1))
                            .toList();
                    assertThat(columns).hasSizeGreaterThan(18).doesNotHaveDuplicates();
                    for (Path file : sparkSources()) {
                        String text = Files.readString(file);
                        for (String column : columns) {
                            if (column.contains("_") && !file.toString().endsWith("Table.java")) {
                                assertThat(text).as("%s in %s", column, file).doesNotContain('"' + column + '"');
                            }
                        }
                    }
                }));
    }

    private static List<Path> sparkSources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev/ratelab/spark"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** The lists name files that are there, or new ones. */
    @Test
    void theFilesThatAnAdditionTouchesAreThere() throws IOException {
        String contributing = Files.readString(Path.of("CONTRIBUTING.md"));
        String lists = contributing.substring(contributing.indexOf("## Where things go"));
        List<String> named = Pattern.compile("`([A-Za-z./-]+(?:/|\\.java|\\.md))`")
                .matcher(lists)
                .results()
                .map(result -> result.group(1))
                .filter(path -> !path.contains("New"))
                .toList();
        assertThat(named).hasSizeGreaterThan(20);
        List<Path> roots =
                List.of(Path.of(""), Path.of("src/main/java/dev/ratelab"), Path.of("src/test/java/dev/ratelab"));
        assertThat(named)
                .allSatisfy(path -> assertThat(roots).as(path).anySatisfy(root -> assertThat(root.resolve(path))
                        .exists()));
    }

    private static Set<String> usersOf(JavaClass command) {
        return command.getDirectDependenciesToSelf().stream()
                .map(Dependency::getOriginClass)
                .map(user -> user.getName().replaceAll("\\$.*", ""))
                .filter(user -> !user.equals(command.getName()))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
