package dev.ratelab.loss;

import java.util.Optional;

/** Of what a loss is taken: of the estimate itself, or of something that a study derives from it. */
public enum Derivation {
    /** The estimate. */
    PLAIN("", "", ""),

    /** Where the loss is largest over the identified set. */
    IDENTIFIED_SET(
            "identified-set-", "", "largest value found of the loss over the parameters within c nats of the optimum"),

    /** The point of that largest value. */
    DEFICIT("identified-set-", "-deficit", "by how much the point of that value is below the optimum, nats"),

    /** The searches for it. */
    GAIN("identified-set-", "-gain", "by how much the optimum that the searches know is above the fit, nats"),

    /** The searches for it. */
    AGREEING("identified-set-", "-agreeing", "number of searches that came within one percent of that value"),

    /** The atoms that are left when they are merged down to as many as the target has. */
    MERGED("merged-", "", "the loss after merging the fitted atoms down to as many as the truth has"),

    /** The atoms that are left when they are merged down to the number that the criterion chooses. */
    MERGED_BY_CRITERION("merged-dic-", "", "the loss after merging them down to the number that the criterion chooses"),

    /** The best certified end point of the starts near the truth alone. */
    ORACLE_START("oracle-start-", "", "the loss at the best certified end point of starts near the truth"),

    /** The best certified end point of the starts from the data alone. */
    RANDOM_START("random-start-", "", "the loss at the best certified end point of starts from the data");

    private final String prefix;
    private final String suffix;
    private final String description;

    Derivation(String prefix, String suffix, String description) {
        this.prefix = prefix;
        this.suffix = suffix;
        this.description = description;
    }

    /** One line for people. */
    public String description() {
        return description;
    }

    /** Whether the number tells of the derivation and is not itself a value of the loss. */
    boolean descriptive() {
        return !suffix.isEmpty();
    }

    /** The name of a loss, from that of what it measures. */
    public String text(String measured) {
        return prefix + measured + suffix;
    }

    /** What a loss of that name would measure. */
    Optional<String> measured(String text) {
        return text.length() > prefix.length() + suffix.length() && text.startsWith(prefix) && text.endsWith(suffix)
                ? Optional.of(text.substring(prefix.length(), text.length() - suffix.length()))
                : Optional.empty();
    }

    /** Whether a name could be taken for one of a derived loss. */
    static boolean confusable(String name) {
        for (Derivation derivation : values()) {
            if (derivation != PLAIN && name.startsWith(derivation.prefix)) {
                return true;
            }
        }
        return false;
    }
}
