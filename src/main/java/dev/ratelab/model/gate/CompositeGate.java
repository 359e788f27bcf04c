package dev.ratelab.model.gate;

import dev.ratelab.model.FamilyOptions;
import dev.ratelab.model.Gate;
import dev.ratelab.model.NamedFamily;
import java.util.Map;
import java.util.function.Function;

/** A gate that is made of other gates. An option names each of them, by default the softmax gate. */
abstract class CompositeGate extends NamedFamily implements Gate {

    /**
     * The gate that an option names.
     *
     * @param gates finds a gate by its name with options
     */
    static Gate read(FamilyOptions options, String name, Function<String, Gate> gates) {
        return gates.apply(options.text(name, SoftmaxGate.NAME));
    }

    /** Adds the option to those of a name unless it is the default. */
    static void write(String name, Gate gate, Map<String, String> options) {
        if (!gate.id().equals(SoftmaxGate.NAME)) {
            options.put(name, gate.id());
        }
    }
}
