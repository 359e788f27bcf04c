package dev.ratelab.loss;

import dev.ratelab.model.NearestName;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which loss it is: what is measured, and of what. At the borders (tables, study files, the command line) it is text, which
 * {@link #parse} reads and {@link #text} writes, inverse to each other; this text is part of their formats.
 *
 * <p>The order is that of tables: derived losses, by the length of their names and then by letters; then numbers about the whole
 * estimate; then errors by kind and regime, those of single atoms by number. Immutable.
 */
public final class LossName implements Comparable<LossName>, Serializable {
    private static final long serialVersionUID = 1L;
    private static final Map<String, LossName> PARSED = new ConcurrentHashMap<>();

    /** Voronoi loss with first powers. */
    public static final LossName D1 = of(FitMeasure.D1);

    /** Voronoi loss with the powers of over-specified cells. */
    public static final LossName D2 = of(FitMeasure.D2);

    /** Distance of the conditional densities. */
    public static final LossName HELLINGER = of(FitMeasure.HELLINGER);

    /** Distance of the regression functions. */
    public static final LossName REGRESSION_L2 = of(FitMeasure.REGRESSION_L2);

    /** Distance of the gate weights by cell. */
    public static final LossName GATE_L2 = of(FitMeasure.GATE_L2);

    /** Smallest mean weight. */
    public static final LossName MIN_WEIGHT = of(FitMeasure.MIN_WEIGHT);

    /** How far below the optimum the identified set reaches. */
    public static final LossName IDENTIFIED_SET_NATS = of(FitMeasure.NATS, Derivation.IDENTIFIED_SET);

    /** Number of atoms that the dendrogram information criterion chooses. */
    public static final LossName MERGED_DIC_EXPERTS = of(FitMeasure.EXPERTS, Derivation.MERGED_BY_CRITERION);

    private final transient Measure measured;
    private final transient Derivation derivation;
    private final transient int order;
    private final String text;

    private LossName(Measure measured, Derivation derivation) {
        if (!measured.definedIn(derivation)) {
            throw new IllegalArgumentException("there is no loss '" + derivation.text(measured.text()) + "'");
        }
        this.measured = measured;
        this.derivation = derivation;
        this.order = derivation == Derivation.PLAIN ? measured.order() : -1;
        this.text = derivation.text(measured.text());
    }

    /** The loss of the estimate itself. */
    public static LossName of(Measure measured) {
        return new LossName(measured, Derivation.PLAIN);
    }

    /** A loss of a derivation in which it {@linkplain Measure#definedIn is defined}. */
    public static LossName of(Measure measured, Derivation derivation) {
        return new LossName(measured, derivation);
    }

    /** The error of a kind of parameter in a regime but {@link Regime#ATOM}. */
    public static LossName error(String kind, Regime regime) {
        return of(new ParameterError(kind, regime, ParameterError.NONE));
    }

    /**
     * The error of a kind of parameter of one true atom.
     *
     * @param atom its number, from 1
     */
    public static LossName ofAtom(String kind, int atom) {
        return of(new ParameterError(kind, Regime.ATOM, atom));
    }

    /**
     * The loss of a name.
     *
     * @throws IllegalArgumentException naming a known one that is near if there is none
     */
    public static LossName parse(String text) {
        LossName name = parsePattern(text);
        if (name.everyAtom()) {
            throw new IllegalArgumentException("the loss '" + text + "' needs the number of an atom for <j>");
        }
        return name;
    }

    /** As {@link #parse}, but {@code <j>} may stand for the number of every true atom. */
    public static LossName parsePattern(String text) {
        // Tables repeat few names many times.
        LossName known = PARSED.get(text);
        if (known == null) {
            known = find(text)
                    .orElseThrow(() -> new IllegalArgumentException("unknown loss '" + text + "'; "
                            + NearestName.suggestion(text, everyText())
                            + "docs/tables.md lists the losses"));
            PARSED.put(text, known);
        }
        return known;
    }

    private static Optional<LossName> find(String text) {
        for (Derivation derivation : Derivation.values()) {
            Optional<LossName> found = derivation
                    .measured(text)
                    .flatMap(LossName::measure)
                    .filter(measure -> measure.definedIn(derivation))
                    .map(measure -> of(measure, derivation));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static List<String> everyText() {
        return Arrays.stream(Derivation.values())
                .flatMap(derivation -> all(derivation).stream())
                .map(LossName::text)
                .toList();
    }

    private static Optional<? extends Measure> measure(String text) {
        Optional<FitMeasure> whole = FitMeasure.find(text);
        return whole.isPresent() ? whole : ParameterError.find(text);
    }

    /** All losses of estimates themselves, in order; one with {@code <j>} stands for those of all true atoms. */
    public static List<LossName> patterns() {
        return all(Derivation.PLAIN);
    }

    private static List<LossName> all(Derivation derivation) {
        List<Measure> measures = new ArrayList<>(List.of(FitMeasure.values()));
        for (String kind : kinds()) {
            for (Regime regime : Regime.values()) {
                int atom = regime == Regime.ATOM ? ParameterError.EVERY : ParameterError.NONE;
                measures.add(new ParameterError(kind, regime, atom));
            }
        }
        return measures.stream()
                .filter(measure -> measure.definedIn(derivation))
                .map(measure -> of(measure, derivation))
                .toList();
    }

    /**
     * The kinds of which there are errors: those of the parameters that registered families can have, {@code expert-function} and
     * {@code variance}.
     */
    public static Set<String> kinds() {
        return ErrorKinds.known().names();
    }

    /** The same loss of another derivation; this one is of the estimate itself. */
    public LossName in(Derivation other) {
        return of(measured, other);
    }

    /** The same loss of the estimate itself. */
    public LossName plain() {
        return in(Derivation.PLAIN);
    }

    /** The loss with {@code <j>} in the place of the number of an atom. */
    public LossName pattern() {
        return measured instanceof ParameterError error && error.regime() == Regime.ATOM
                ? of(new ParameterError(error.kind(), Regime.ATOM, ParameterError.EVERY), derivation)
                : this;
    }

    /** What is measured. */
    public Measure measured() {
        return measured;
    }

    /** Of what it is measured. */
    public Derivation derivation() {
        return derivation;
    }

    /** Whether {@code <j>} stands for the number of every true atom. */
    public boolean everyAtom() {
        return measured instanceof ParameterError error && error.atom() == ParameterError.EVERY;
    }

    /** Whether the number describes an estimate without measuring its distance from the truth: it has no rate. */
    public boolean descriptive() {
        return measured.descriptive() || derivation.descriptive();
    }

    /** Whether it is a distance of the estimate itself that has values in derivations: it does not change with translations of the gate. */
    public boolean derivable() {
        return derivation == Derivation.PLAIN && measured.definedIn(Derivation.MERGED);
    }

    /** The name. */
    public String text() {
        return text;
    }

    @Override
    public int compareTo(LossName other) {
        int byOrder = Integer.compare(order, other.order);
        if (byOrder != 0) {
            return byOrder;
        }
        int byLength = Integer.compare(text.length(), other.text.length());
        return byLength != 0 ? byLength : text.compareTo(other.text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LossName name && text.equals(name.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The name. */
    @Override
    public String toString() {
        return text;
    }

    /** Reads the text back: nothing else is written. */
    private Object readResolve() {
        return parsePattern(text);
    }
}
