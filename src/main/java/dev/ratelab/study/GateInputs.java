package dev.ratelab.study;

import dev.ratelab.data.ContinuousInput;
import dev.ratelab.data.CorrelatedNormalInput;
import dev.ratelab.data.InputDistribution;
import dev.ratelab.data.MixtureInput;
import dev.ratelab.math.Elementary;
import dev.ratelab.model.Atom;
import dev.ratelab.model.Gate;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Normaliser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The distribution of the inputs that a gate models together with the response. */
public final class GateInputs {
    /** The type of these inputs in study files. */
    public static final String TYPE = "gate";

    private GateInputs() {}

    /** The mixture of the gate's components; nothing for a gate that does not model the inputs. */
    public static Optional<InputDistribution> of(MixtureOfExperts model, List<Atom> atoms) {
        if (model.gate().normaliser() != Normaliser.JOINT) {
            return Optional.empty();
        }
        List<MixtureInput.Component> components = new ArrayList<>();
        for (Atom atom : atoms) {
            Gate.InputComponent component = model.gate().inputComponent(atom.gate(), model.dimension());
            ContinuousInput normal = CorrelatedNormalInput.of(component.mean(), component.covariance());
            components.add(new MixtureInput.Component(
                    Elementary.exp(model.gate().logMass(atom.gate(), model.dimension())), normal));
        }
        return Optional.of(new MixtureInput(components));
    }
}
