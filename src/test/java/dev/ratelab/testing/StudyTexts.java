package dev.ratelab.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ratelab.study.Study;
import dev.ratelab.study.StudyException;
import dev.ratelab.studyfile.StudyParser;
import java.util.List;

/** A study file for tests, and ways to change it. */
public final class StudyTexts {
    public static final StudyParser PARSER = StudyParser.standard();

    /** Line numbers of this text are quoted in tests. */
    public static final String SMALL = """
            study = small
            base-seed = 7
            truth {
              problem = density
              input = { type = uniform, low = -1, high = 1 }
              gate = { type = softmax, bias = [0, 0.5], weight = [[1], [0]] }
              expert = { type = linear, intercept = [3, -3], slope = [[1], [-1]] }
              variance = [1, 2]
            }
            grid {
              gate = [softmax]
              expert = [linear]
              fitted-experts = [2, 3]
              sample-sizes = [100, 1000]
              seeds = 4
            }
            fit {
              starts = { oracle = 3, oracle-radii = [0.1, 1.0], random = 2 }
              bounds = { gate-bias-difference = 1.5, gate-weight-difference = 4, min-variance = 0.3 }
              stop = { predicted-gain = 1e-6, max-iterations = 2000 }
            }
            losses = [D1]
            limits = { max-failure-rate = 0.1 }
            """;

    private StudyTexts() {}

    public static Study small(String... overrides) {
        return parse(SMALL, overrides);
    }

    public static Study parse(String text, String... overrides) {
        return PARSER.parse(text, "small.conf", List.of(overrides));
    }

    /** The small study with one piece of its text replaced. */
    public static String with(String piece, String replacement) {
        assertThat(SMALL).containsOnlyOnce(piece);
        return SMALL.replace(piece, replacement);
    }

    public static String refusal(String text, String... overrides) {
        StudyException refused = catchThrowableOfType(StudyException.class, () -> parse(text, overrides));
        assertThat(refused).as("the study is refused").isNotNull();
        return refused.getMessage();
    }
}
