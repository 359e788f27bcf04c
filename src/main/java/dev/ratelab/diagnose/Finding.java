package dev.ratelab.diagnose;

import java.util.List;

/**
 * What was found about one set of functions.
 *
 * @param gate id of the gate
 * @param expert id of the expert family
 * @param set which set: one of the names in {@link FunctionSet}
 * @param functions how many functions the set has; 0 if it does not apply
 * @param smallest smallest singular value of all functions, each of unit length; {@code NaN} if it does not apply
 * @param distinct how many functions are left without those that are combinations of others
 * @param smallestDistinct the smallest singular value of these
 * @param verdict the verdict
 * @param visibleFrom the sample size from which the smallest singular value of an independent set exceeds
 *     {@code s sqrt(log n / n)}, with s the noise's standard deviation, or 1 in the density problem; infinite if it never does
 * @param visible whether that is within the sample sizes of the study
 * @param relations the dependences in words
 * @param note what else is to be said; may be empty
 */
public record Finding(
        String gate,
        String expert,
        FunctionSet set,
        int functions,
        double smallest,
        int distinct,
        double smallestDistinct,
        Verdict verdict,
        double visibleFrom,
        boolean visible,
        List<String> relations,
        String note) {

    public Finding {
        relations = List.copyOf(relations);
    }
}
