package dev.ratelab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/**
 * One run of the command in this JVM.
 *
 * @param exitCode its exit code
 * @param out what it printed
 * @param err what it printed on standard error
 */
record CommandRun(int exitCode, String out, String err) {

    static CommandRun of(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command =
                Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        String[] texts = new String[arguments.length];
        for (int a = 0; a < texts.length; a++) {
            texts[a] = arguments[a].toString();
        }
        return new CommandRun(command.execute(texts), out.toString(), err.toString());
    }

    /** What a run that must succeed printed. */
    String printed() {
        assertThat(err).isEmpty();
        assertThat(exitCode).isEqualTo(ExitCode.DONE);
        return out;
    }

    /** The same as JSON: one value and nothing else. */
    JsonNode json() {
        try {
            return new ObjectMapper()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readTree(printed());
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + out, e);
        }
    }

    /** The one line of a refusal. */
    String refusal() {
        assertThat(exitCode).as(err).isEqualTo(ExitCode.USAGE);
        assertThat(out).isEmpty();
        assertThat(err).startsWith("ratelab: ").hasLineCount(1);
        return err.strip();
    }
}
