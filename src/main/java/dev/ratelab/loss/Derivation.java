package dev.ratelab.loss;

import java.util.Arrays;
import java.util.Optional;

/** Of what a loss is taken: of the estimate itself, or of something that a study derives from it. */
public enum Derivation {
    /** The estimate. */
    PLAIN("", ""),
    /** The largest value over the identified set: the parameters within c nats of the optimum. */
    IDENTIFIED_SET("identified-set-", ""),
    /** By how much the point of that value is below the optimum, nats. */
    DEFICIT("identified-set-", "-deficit"),
    /** By how much the optimum that the searches know is above the fit, nats. */
    GAIN("identified-set-", "-gain"),
    /** Number of searches that came within one percent of that value. */
    AGREEING("identified-set-", "-agreeing"),
    /** After merging the atoms down to as many as the target has. */
    MERGED("merged-", ""),
    /** After merging them down to the number that the dendrogram information criterion chooses. */
    MERGED_BY_CRITERION("merged-dic-", ""),
    /** At the best certified end point of the starts near the truth alone. */
    ORACLE_START("oracle-start-", ""),
    /** At the best certified end point of the starts from the data alone. */
    RANDOM_START("random-start-", "");

    private final String prefix;
    private final String suffix;

    Derivation(String prefix, String suffix) {
        this.prefix = prefix;
        this.suffix = suffix;
    }

    /** The name of a loss, from that of what it measures. */
    public String text(String measured) {
        return prefix + measured + suffix;
    }

    /** What a loss of that name would measure: the inverse of {@link #text}. */
    Optional<String> measured(String text) {
        return text.length() > prefix.length() + suffix.length() && text.startsWith(prefix) && text.endsWith(suffix)
                ? Optional.of(text.substring(prefix.length(), text.length() - suffix.length()))
                : Optional.empty();
    }

    /** Whether the number tells of the derivation and is itself no value of the loss. */
    boolean descriptive() {
        return !suffix.isEmpty();
    }

    /** Whether what is measured may have that name: those of derived losses could not be told from it if it began like one. */
    static boolean allows(String name) {
        return Arrays.stream(values()).noneMatch(one -> one != PLAIN && name.startsWith(one.prefix));
    }
}
