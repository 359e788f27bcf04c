package dev.ratelab.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

class JarContentsIT {
    private static final Path JAR = Path.of(System.getProperty("ratelab.home"), "target", "ratelab.jar");

    @Test
    void everyClassIsOursOrRelocated() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            List<String> classes = jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.endsWith(".class"))
                    .toList();
            assertThat(classes).allMatch(name -> name.startsWith("dev/ratelab/"));
            assertThat(classes)
                    .contains(
                            "dev/ratelab/cli/Main.class",
                            "dev/ratelab/shaded/picocli/CommandLine.class",
                            "dev/ratelab/shaded/config/Config.class",
                            "dev/ratelab/shaded/jackson/databind/ObjectMapper.class",
                            "dev/ratelab/shaded/math3/util/FastMath.class",
                            "dev/ratelab/shaded/jfree/chart/JFreeChart.class",
                            "dev/ratelab/shaded/batik/svggen/SVGGraphics2D.class");
            assertThat(jar.getEntry("META-INF/LICENSE-LGPL-2.1")).isNotNull();
        }
    }

    @Test
    void whatTheClusterBringsIsNotInTheJar() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            List<String> forbidden = jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.matches("(org/apache/(spark|hadoop|logging|log4j)|scala|org/slf4j)/.*")
                            || name.matches("META-INF/(versions/|.*\\.(SF|DSA|RSA)$).*")
                            || name.endsWith("module-info.class")
                            || name.matches(".*\\.(so|dll|dylib|jnilib)"))
                    .toList();
            assertThat(forbidden).isEmpty();
        }
    }

    @Test
    void theJarStartsTheCommandAndServicesNameRelocatedClasses() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS))
                    .isEqualTo("dev.ratelab.cli.Main");
            List<JarEntry> services = jar.stream()
                    .filter(entry -> entry.getName().startsWith("META-INF/services/") && !entry.isDirectory())
                    .toList();
            assertThat(services).isNotEmpty();
            for (JarEntry service : services) {
                String text = new String(jar.getInputStream(service).readAllBytes(), StandardCharsets.UTF_8);
                assertThat(text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")))
                        .as(service.getName())
                        .allMatch(line -> line.startsWith("dev.ratelab.shaded."));
            }
        }
    }
}
