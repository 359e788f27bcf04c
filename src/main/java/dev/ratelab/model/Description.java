package dev.ratelab.model;

/**
 * A family in words, for people.
 *
 * @param formula one line: values (of gates: scores and normaliser) as a formula
 * @param source where the family is defined and studied
 * @param invariances what can change in the parameters without an effect; {@link #NO_INVARIANCES} if nothing can
 */
public record Description(String formula, String source, String invariances) {
    /** The invariances of an identified family. */
    public static final String NO_INVARIANCES = "none";
}
