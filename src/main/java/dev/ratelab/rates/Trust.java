package dev.ratelab.rates;

import java.util.ArrayList;
import java.util.List;

/**
 * The gates of one rate.
 *
 * @param gates in the order in which a failure is named
 */
public record Trust(List<TrustGate> gates) {

    public Trust {
        gates = List.copyOf(gates);
    }

    /** No gate at all. */
    public static Trust none() {
        return new Trust(List.of());
    }

    /** The names of the gates of one status, in order. */
    public List<String> names(GateStatus status) {
        return gates.stream()
                .filter(gate -> gate.status() == status)
                .map(TrustGate::name)
                .toList();
    }

    /** The names of the gates that warn, in order; those that had no power say so. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        for (TrustGate gate : gates) {
            if (gate.status() == GateStatus.WARNED) {
                warnings.add(gate.name());
            } else if (gate.status() == GateStatus.NO_POWER) {
                warnings.add(gate.name() + " (no power)");
            }
        }
        return warnings;
    }

    /** The first gate that failed; empty if none did. */
    public String failedGate() {
        List<String> failed = names(GateStatus.FAILED);
        return failed.isEmpty() ? "" : failed.get(0);
    }

    /**
     * The gate of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public TrustGate gate(String name) {
        return gates.stream()
                .filter(gate -> gate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no gate '" + name + "' among " + gates));
    }
}
