package dev.ratelab.loss;

import java.util.Arrays;
import java.util.Optional;

/**
 * The Euclidean error of a kind of parameter, or what is summed up over atoms and cells in the same way.
 *
 * @param kind name of the kind, such as {@code slope}; {@link ErrorKinds#VARIANCE} and {@link ErrorKinds#EXPERT_FUNCTION} are some
 * @param regime over which atoms
 * @param atom number of the true atom, from 1; {@link #EVERY} stands for each of them; {@link #NONE} in regimes that are not about
 *     one atom
 */
public record ParameterError(String kind, Regime regime, int atom) implements Measure {
    /** The place of the number in a name that stands for one name for each true atom. */
    public static final int EVERY = -1;

    /** No atom. */
    public static final int NONE = 0;

    private static final String ANY_ATOM = "<j>";
    private static final int MOST_DIGITS = 9;

    /** Stands between kind and regime. */
    static final String INFIX = "-error-";

    public ParameterError {
        if (regime == Regime.ATOM ? atom < 1 && atom != EVERY : atom != NONE) {
            throw new IllegalArgumentException("atom = " + atom + " does not go with the regime " + regime.id());
        }
    }

    @Override
    public String text() {
        String stem = kind + INFIX + regime.id();
        return regime == Regime.ATOM ? stem + "-" + (atom == EVERY ? ANY_ATOM : Integer.toString(atom)) : stem;
    }

    /** The inverse of {@link #text} for the kinds that families have. */
    static Optional<ParameterError> find(String text) {
        int cut = text.indexOf(INFIX);
        if (cut < 0 || !ErrorKinds.known().names().contains(text.substring(0, cut))) {
            return Optional.empty();
        }
        String kind = text.substring(0, cut);
        String ending = text.substring(cut + INFIX.length());
        String beforeAtom = Regime.ATOM.id() + "-";
        if (!ending.startsWith(beforeAtom)) {
            return Regime.find(ending)
                    .filter(regime -> regime != Regime.ATOM)
                    .map(regime -> new ParameterError(kind, regime, NONE));
        }
        String atom = ending.substring(beforeAtom.length());
        boolean number = atom.matches("[1-9][0-9]*") && atom.length() <= MOST_DIGITS;
        return number || atom.equals(ANY_ATOM)
                ? Optional.of(new ParameterError(kind, Regime.ATOM, number ? Integer.parseInt(atom) : EVERY))
                : Optional.empty();
    }

    /** {@inheritDoc} Everywhere. */
    @Override
    public boolean definedIn(Derivation derivation) {
        return true;
    }

    @Override
    public boolean descriptive() {
        return false;
    }

    /** {@inheritDoc} Those of all atoms share one. */
    @Override
    public int order() {
        return FitMeasure.values().length
                + ErrorKinds.known().place(kind) * Regime.values().length
                + Arrays.asList(Regime.values()).indexOf(regime);
    }
}
