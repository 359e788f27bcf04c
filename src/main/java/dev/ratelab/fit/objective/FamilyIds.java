package dev.ratelab.fit.objective;

import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Noise;
import dev.ratelab.model.catalog.Experts;
import dev.ratelab.model.catalog.Gates;
import java.io.Serializable;

/**
 * A family as it travels to other machines, which look its gate and its experts up by their ids.
 *
 * @param gate id of the gate
 * @param expert id of the expert family
 * @param noise which noise variances are parameters
 * @param variance the known variance, {@code NaN} unless it is known
 * @param atoms number of atoms k
 * @param dimension number of inputs d
 */
public record FamilyIds(String gate, String expert, Noise.Kind noise, double variance, int atoms, int dimension)
        implements Serializable {

    public static FamilyIds of(MixtureOfExperts model) {
        return new FamilyIds(
                model.gate().id(),
                model.expert().id(),
                model.noise().kind(),
                model.noise().variance(),
                model.atoms(),
                model.dimension());
    }

    /**
     * The family.
     *
     * @throws IllegalArgumentException if this machine does not know its gate or its experts
     */
    public MixtureOfExperts family() {
        return new MixtureOfExperts(Gates.of(gate), Experts.of(expert), new Noise(noise, variance), atoms, dimension);
    }
}
