package dev.ratelab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;

class JvmOptionsTest {
    /** Serves the vector BLAS alone, and makes every JVM begin with a warning. */
    private static final String VECTORS = "--add-modules=jdk.incubator.vector";

    @Test
    void theOptionsFileHoldsWhatThisSparkAsksForButTheModuleForVectorsAndWhatEveryJvmMustHave() throws IOException {
        List<String> options = Files.readAllLines(Path.of("conf/jvm.options")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        List<String> expected = new ArrayList<>(words(JavaModuleOptions.defaultModuleOptions()));
        assertThat(expected.remove(VECTORS)).as(VECTORS).isTrue();
        expected.addAll(words(required("spark.driver.defaultJavaOptions")));
        assertThat(options).containsExactlyElementsOf(expected);
    }

    @Test
    void driversExecutorsAndThisJvmKeepTheHostsLinearAlgebraOut() throws IOException {
        String driver = required("spark.driver.defaultJavaOptions");
        assertThat(required("spark.executor.defaultJavaOptions")).isEqualTo(driver);
        for (String library : List.of("blas", "lapack", "arpack")) {
            String property = "dev.ludovic.netlib." + library + ".nativeLib";
            assertThat(words(driver)).contains("-D" + property + "=none");
            assertThat(System.getProperty(property)).as(property).isEqualTo("none");
        }
    }

    private static String required(String name) throws IOException {
        Properties properties = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of("conf/spark-required.properties"))) {
            properties.load(file);
        }
        return properties.getProperty(name);
    }

    private static List<String> words(String options) {
        return List.of(options.trim().split("\\s+"));
    }
}
