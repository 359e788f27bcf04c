package dev.ratelab.model.gate;

import dev.ratelab.model.gate.GateCase.Variant;
import java.util.List;

class QuadraticGateTest extends GateContractTest {

    @Override
    List<Variant> variants() {
        return List.of(
                new Variant(
                        "quadratic",
                        References.each(
                                (atom, x) -> atom[0] + References.inner(atom, x) + form(atom, 1 + x.length, x))),
                new Variant("quadratic(form=monomial)", References.each((atom, x) -> atom[0] + form(atom, 1, x))));
    }

    private static double form(double[] atom, int first, double[] x) {
        double sum = 0;
        int at = first;
        for (int j = 0; j < x.length; j++) {
            sum += atom[at++] * x[j] * x[j];
            for (int l = j + 1; l < x.length; l++) {
                sum += 2 * atom[at++] * x[j] * x[l];
            }
        }
        return sum;
    }

    @Override
    boolean merges() {
        return true;
    }
}
