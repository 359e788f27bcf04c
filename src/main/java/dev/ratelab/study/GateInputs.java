package dev.ratelab.study;

import dev.ratelab.data.ContinuousInput;
import dev.ratelab.data.CorrelatedNormalInput;
import dev.ratelab.data.InputDistribution;
import dev.ratelab.data.MixtureInput;
import dev.ratelab.math.Elementary;
import dev.ratelab.model.Atom;
import dev.ratelab.model.JointGate;
import dev.ratelab.model.MixtureOfExperts;
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
        if (!(model.gate() instanceof JointGate gate)) {
            return Optional.empty();
        }
        List<MixtureInput.Component> components = new ArrayList<>();
        for (Atom atom : atoms) {
            JointGate.InputComponent component = gate.inputComponent(atom.gate(), model.dimension());
            ContinuousInput normal = CorrelatedNormalInput.of(component.mean(), component.covariance());
            double mass = Elementary.exp(gate.mass().log(atom.gate(), model.dimension()));
            components.add(new MixtureInput.Component(mass, normal));
        }
        return Optional.of(new MixtureInput(components));
    }
}
