package dev.ratelab.data;

/** An input distribution with a density, from which rows are drawn independently: what a mixture may be made of. */
public sealed interface ContinuousInput extends InputDistribution
        permits UniformInput, NormalInput, StudentInput, CorrelatedNormalInput {

    @Override
    default int mostRows() {
        return Integer.MAX_VALUE;
    }
}
