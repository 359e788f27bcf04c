package dev.ratelab.diagnose;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A function of a set that is a linear combination of others.
 *
 * @param function the dependent function
 * @param terms the others with their coefficients; none if the function is zero
 */
record Relation(PartialFunction function, List<Term> terms) {

    private static final int MOST_TERMS = 10;

    /**
     * A multiple of a function.
     *
     * @param coefficient the factor
     * @param function the function
     */
    record Term(double coefficient, PartialFunction function) {}

    Relation {
        terms = List.copyOf(terms);
    }

    /**
     * Whether the relation costs no rate: some second derivative takes part, but none twice by one parameter. The
     * matrix of second-order coefficients is positive semi-definite, so such a relation cannot make it vanish.
     */
    boolean harmless() {
        return any(PartialFunction.Kind.MIXED) && !any(PartialFunction.Kind.PURE);
    }

    private boolean any(PartialFunction.Kind kind) {
        return function.kind() == kind
                || terms.stream().anyMatch(term -> term.function().kind() == kind);
    }

    /** The expert that all functions of the relation belong to; empty if they differ. */
    String place() {
        boolean same = terms.stream().allMatch(term -> term.function().place().equals(function.place()));
        return same ? function.place() : "";
    }

    /** The relation in words, without its {@link #place}. */
    String words() {
        boolean bare = !place().isEmpty();
        String subject = bare ? function.phrase() : function.full();
        if (terms.isEmpty()) {
            return subject + " is zero";
        }
        StringBuilder text = new StringBuilder(subject).append(" equals ");
        List<Term> shown = shown();
        for (int t = 0; t < shown.size(); t++) {
            Term term = shown.get(t);
            String phrase = bare ? term.function().phrase() : term.function().full();
            String size = number(Math.abs(term.coefficient()));
            boolean negative = term.coefficient() < 0;
            text.append(t == 0 ? (negative ? "minus " : "") : negative ? " minus " : " plus ");
            text.append(size.equals("1") ? "" : size + " times ").append(phrase);
        }
        int hidden = terms.size() - shown.size();
        return text.append(hidden == 0 ? "" : " and " + hidden + " smaller terms")
                .toString();
    }

    /** The terms in order, or, if there are too many, the largest ones. */
    private List<Term> shown() {
        if (terms.size() <= MOST_TERMS) {
            return terms;
        }
        return terms.stream()
                .sorted(Comparator.comparingDouble(term -> -Math.abs(term.coefficient())))
                .limit(MOST_TERMS)
                .toList();
    }

    /** Four significant digits, whole numbers without a fraction. */
    private static String number(double value) {
        if (Math.abs(value - Math.rint(value)) < 5e-5 * value && value < 1e6) {
            return Long.toString(Math.round(value));
        }
        return String.format(Locale.ROOT, "%.4g", value);
    }
}
