package dev.ratelab.run;

import java.io.Serializable;

/**
 * The starts of one fit.
 *
 * @param iterations EM and polish iterations of the kept start
 * @param totalIterations those of all starts
 * @param starts number of starts
 * @param certified starts that ended certified
 * @param atOptimum certified starts that ended within 1e-4 nat of the kept one
 * @param kind kind of the kept start, {@code oracle} or {@code random}; empty if there is none
 */
public record StartSummary(int iterations, int totalIterations, int starts, int certified, int atOptimum, String kind)
        implements Serializable {
    /** The starts of a fit that failed. */
    static final StartSummary NONE = new StartSummary(0, 0, 0, 0, 0, "");
}
