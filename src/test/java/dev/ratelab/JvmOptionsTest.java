package dev.ratelab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;

class JvmOptionsTest {
    /** Serves the vector BLAS alone, and makes every JVM begin with a warning. */
    private static final String VECTORS = "--add-modules=jdk.incubator.vector";

    @Test
    void theOptionsFileHoldsWhatThisSparkAsksForButTheModuleForVectors() throws IOException {
        List<String> options = Files.readAllLines(Path.of("conf/jvm.options")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        List<String> ofSpark =
                List.of(JavaModuleOptions.defaultModuleOptions().trim().split("\\s+"));
        assertThat(ofSpark).contains(VECTORS);
        assertThat(options)
                .containsExactlyElementsOf(ofSpark.stream()
                        .filter(option -> !option.equals(VECTORS))
                        .toList());
    }
}
