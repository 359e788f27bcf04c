package dev.ratelab.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.ratelab.cli.Main;
import dev.ratelab.model.Expert;
import dev.ratelab.model.Gate;
import dev.ratelab.model.catalog.Experts;
import dev.ratelab.model.catalog.Gates;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What CONTRIBUTING.md says of additions: which main classes know a gate, an expert family or a command by its class. */
class ExtensionTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.ratelab");

    /** A class that knows a family beside the registry, and why. */
    private static final Map<String, Set<String>> EXCEPTIONS = Map.of(
            // The model of one atom needs a gate, and any will do.
            "SoftmaxGate", Set.of("dev.ratelab.fit.ascent.Starts"));

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

    private static Set<String> usersOf(JavaClass command) {
        return command.getDirectDependenciesToSelf().stream()
                .map(Dependency::getOriginClass)
                .map(user -> user.getName().replaceAll("\\$.*", ""))
                .filter(user -> !user.equals(command.getName()))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
