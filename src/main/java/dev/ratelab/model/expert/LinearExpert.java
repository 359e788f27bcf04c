package dev.ratelab.model.expert;

import dev.ratelab.model.AffineFamily;
import dev.ratelab.model.CanonicalExperts;
import dev.ratelab.model.Description;
import dev.ratelab.model.Expert;
import dev.ratelab.model.NamedFamily;
import dev.ratelab.model.ParameterKind;
import java.util.List;
import java.util.Optional;

/**
 * Linear experts {@code h(x, (b, a)) = b + a'x}; parameters of one atom: intercept {@code b}, slope {@code a} (d).
 *
 * <p>Not strongly identifiable: with a softmax gate {@code d2F/d beta1 d b = dF/da}, and in the density problem
 * {@code d2F/db2 = 2 dF/d nu} (arXiv 2305.03288), which slows the rates of over-specified fits.
 */
public final class LinearExpert extends NamedFamily implements Expert, AffineFamily {
    private static final CanonicalUnits CANONICAL = CanonicalUnits.of("3 -2 1 -3", "1 -1.5 4 2");

    @Override
    public String id() {
        return "linear";
    }

    @Override
    public Description description() {
        return new Description("h(x) = intercept + slope'x", "arXiv 2305.03288", Description.NO_INVARIANCES);
    }

    @Override
    public List<ParameterKind> kinds(int dimension) {
        return List.of(new ParameterKind("intercept", 0, 1), new ParameterKind("slope", 1, dimension));
    }

    @Override
    public int parameterCount(int dimension) {
        return 1 + dimension;
    }

    /** {@inheritDoc} Intercepts 3, -2, 1, -3 and slopes 1, -1.5, 4, 2, then the same a quarter larger, and so on. */
    @Override
    public Optional<CanonicalExperts> canonical(int atoms, int dimension) {
        return Optional.of(new CanonicalExperts(CANONICAL.rows(atoms, dimension), 1));
    }
}
