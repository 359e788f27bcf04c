package dev.ratelab.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.launch.Script.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A standalone cluster of two workers for all tests that ask for one: started before the first of them, stopped after the
 * last test of the JVM. Tests get it as a parameter.
 */
final class StandaloneCluster implements BeforeAllCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(StandaloneCluster.class);

    /** The cluster while it is up. */
    static final class Running implements AutoCloseable {
        private final String master;

        private Running() throws IOException, InterruptedException {
            Outcome up = standalone("up", "--workers", "2", "--port", "0", "--webui-port", "0");
            assertThat(up.exitCode()).as(up.err()).isZero();
            assertThat(up.out()).matches("spark://127\\.0\\.0\\.1:\\d+\\R");
            master = up.out().strip();
        }

        /** The master's URL. */
        String master() {
            return master;
        }

        /** The executors at work. */
        List<ProcessHandle> executors() throws IOException {
            return children("org.apache.spark.executor.CoarseGrainedExecutorBackend");
        }

        private List<ProcessHandle> children(String mainClass) throws IOException {
            Path state = Script.home().resolve("target/standalone");
            List<ProcessHandle> found = new ArrayList<>();
            for (String worker : List.of("worker-1", "worker-2")) {
                long id = Long.parseLong(
                        Files.readString(state.resolve(worker + ".pid")).strip());
                ProcessHandle.of(id).ifPresent(process -> process.descendants()
                        .filter(child -> child.info().commandLine().orElse("").contains(mainClass))
                        .forEach(found::add));
            }
            return found;
        }

        @Override
        public void close() throws IOException {
            try {
                assertThat(standalone("down").exitCode()).isZero();
                assertThat(standalone("status").exitCode()).isEqualTo(4);
            } catch (InterruptedException e) {
                throw new IOException("the cluster may still be up", e);
            }
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        running(context);
    }

    private static Running running(ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE).getOrComputeIfAbsent(Running.class, key -> up(), Running.class);
    }

    private static Running up() {
        try {
            return new Running();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("the cluster did not come up", e);
        }
    }

    /** Runs {@code submit/standalone}. */
    static Outcome standalone(String... arguments) throws IOException, InterruptedException {
        return Script.run(Script.home(), Map.of(), Script.named("standalone"), arguments);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Running.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return running(context);
    }
}
