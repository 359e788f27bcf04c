package dev.ratelab.model.violation;

import dev.ratelab.launch.ClusterProbe;

/** Breaks the rules of test code: prints, and uses a test class of another package. */
final class TestCodeViolations {
    private TestCodeViolations() {}

    static void print() {
        System.out.println(ClusterProbe.class);
    }
}
