package dev.ratelab.data;

import java.util.OptionalInt;

/** An input distribution with a density, from which rows are drawn independently: what a mixture may be made of. */
public sealed interface ContinuousInput extends InputDistribution
        permits UniformInput, NormalInput, StudentInput, CorrelatedNormalInput {

    /** {@inheritDoc} Unless it says otherwise, coordinates are alike and there may be any number of them. */
    @Override
    default OptionalInt dimension() {
        return OptionalInt.empty();
    }

    /** {@inheritDoc} Unless it says otherwise, one for each coordinate. */
    @Override
    default int variates(int dimension) {
        return dimension;
    }
}
