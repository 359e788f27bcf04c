package dev.ratelab.rates;

import java.util.ArrayList;
import java.util.List;

/**
 * The checks of one rate.
 *
 * @param checks in the order in which a failure is named
 */
public record Trust(List<TrustCheck> checks) {

    public Trust {
        checks = List.copyOf(checks);
    }

    /** No check at all. */
    public static Trust none() {
        return new Trust(List.of());
    }

    /** The names of the checks of one status, in order. */
    public List<String> names(CheckStatus status) {
        return checks.stream()
                .filter(check -> check.status() == status)
                .map(TrustCheck::name)
                .toList();
    }

    /** The names of the checks that warn, in order; those that had no power say so. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        for (TrustCheck check : checks) {
            if (check.status() == CheckStatus.WARNED) {
                warnings.add(check.name());
            } else if (check.status() == CheckStatus.NO_POWER) {
                warnings.add(check.name() + " (no power)");
            }
        }
        return warnings;
    }

    /** The first check that failed; empty if none did. */
    public String failedCheck() {
        List<String> failed = names(CheckStatus.FAILED);
        return failed.isEmpty() ? "" : failed.get(0);
    }

    /**
     * The check of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public TrustCheck check(String name) {
        return checks.stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no gate '" + name + "' among " + checks));
    }
}
