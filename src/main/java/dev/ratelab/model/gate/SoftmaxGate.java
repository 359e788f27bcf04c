package dev.ratelab.model.gate;

import dev.ratelab.model.AffineFamily;
import dev.ratelab.model.Description;
import dev.ratelab.model.Merging;
import dev.ratelab.model.ParameterKind;
import java.util.List;
import java.util.Optional;

/**
 * The softmax gate with linear scores {@code u_i(x) = beta0_i + beta1_i'x}; parameters of one atom: bias {@code beta0},
 * weight {@code beta1} (d).
 *
 * <p>Weights do not change when the same {@code (t0, t1)} is added to all atoms, so only differences between atoms are
 * identified, and bounds are on all pairwise differences.
 */
public final class SoftmaxGate extends RowGate implements AffineFamily {
    /** The name in study files. */
    public static final String NAME = "softmax";

    @Override
    public String id() {
        return NAME;
    }

    @Override
    public Description description() {
        return new Description(
                "pi_i(x) = exp(u_i) / sum_l exp(u_l), u_i = bias_i + weight_i'x",
                "arXiv 2305.03288; 2503.03213",
                "translation: the same (t0, t1) added to all atoms");
    }

    @Override
    public List<ParameterKind> kinds(int dimension) {
        return List.of(new ParameterKind(BIAS, 0, 1), new ParameterKind(WEIGHT, 1, dimension));
    }

    @Override
    int translated(int dimension) {
        return 1 + dimension;
    }

    @Override
    public Optional<Merging> merging() {
        return Optional.of(Merging.BY_BIAS);
    }
}
