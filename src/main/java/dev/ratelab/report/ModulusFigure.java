package dev.ratelab.report;

import dev.ratelab.diagnose.ModulusCurve;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The figure of moduli of continuity {@code V(delta)}, with their local exponents below. This class is thread-safe. */
public final class ModulusFigure {
    private static final String FLAT = "zero to rounding at the smallest distance, not drawn: not identified";

    private ModulusFigure() {}

    /**
     * The figure.
     *
     * @param study name of the study, for the title
     * @param curves those that are flat, or have no values, are named in the notes and not drawn
     * @throws IllegalArgumentException if none can be drawn
     */
    public static LogLogFigure of(String study, List<ModulusCurve> curves) {
        List<Series> series = new ArrayList<>();
        List<Series> exponents = new ArrayList<>();
        List<String> notes =
                new ArrayList<>(List.of("Below: local exponents p of V ~ delta^p between neighbouring distances;"
                        + " the worst-case rate is n^(-1/(2p))."));
        for (ModulusCurve curve : curves) {
            String label = curve.gate() + " gate, " + curve.expert() + " experts: " + curve.held() + ", " + curve.cell()
                    + (curve.cell() == 1 ? " atom" : " atoms") + " in its cell";
            if (curve.flat()) {
                notes.add(label + ": " + FLAT);
                continue;
            }
            List<Point> points = new ArrayList<>();
            for (int i = 0; i < curve.values().size(); i++) {
                // A distance of zero has no place on a logarithmic axis.
                if (curve.values().get(i) > 0) {
                    points.add(Point.of(curve.deltas().get(i), curve.values().get(i)));
                }
            }
            if (points.isEmpty()) {
                notes.add(label + ": " + curve.note());
                continue;
            }
            int colour = series.size();
            String rate = String.format(Locale.ROOT, ", n^-%.3f", curve.rate());
            series.add(new Series(label + rate, colour, Series.Style.MARKS_AND_LINE, points));
            addExponents(curve, colour, exponents);
        }
        if (series.isEmpty()) {
            throw new IllegalArgumentException("study " + study + " has no modulus that is not zero: nothing to draw");
        }
        return new LogLogFigure(
                study + ": modulus of continuity",
                "distance delta of what is held away",
                "V(delta)",
                series,
                List.of(),
                List.of(),
                exponents.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new SlopePanel("local exponent", exponents, List.of())),
                notes);
    }

    /** Each at the geometric mean of its two distances. */
    private static void addExponents(ModulusCurve curve, int colour, List<Series> exponents) {
        List<Point> points = new ArrayList<>();
        List<Double> values = curve.exponents();
        for (int i = 0; i < values.size(); i++) {
            if (Double.isFinite(values.get(i))) {
                double middle = Math.sqrt(curve.deltas().get(i) * curve.deltas().get(i + 1));
                points.add(Point.of(middle, values.get(i)));
            }
        }
        if (!points.isEmpty()) {
            exponents.add(new Series("", colour, Series.Style.MARKS_AND_LINE, points));
        }
    }
}
