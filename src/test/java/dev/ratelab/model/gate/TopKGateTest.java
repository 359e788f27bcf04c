package dev.ratelab.model.gate;

import dev.ratelab.model.FamilyName;
import dev.ratelab.model.Gate;
import dev.ratelab.model.catalog.Gates;
import dev.ratelab.model.gate.GateCase.Variant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

class TopKGateTest extends GateContractTest {

    @Override
    List<Variant> variants() {
        return List.of(
                new Variant("top-k(k=1)", References.largest(1, References.softmax())),
                new Variant("top-k(k=2)", References.largest(2, References.softmax())),
                new Variant("top-k(k=2,scores=cosine)", References.largest(2, References.cosine(References.OWN, 0, 0))),
                new Variant(
                        "top-k(k=3,scores=dense-to-sparse(temperature=0.5))",
                        References.largest(3, References.tempered(0.5, true, r -> r))));
    }

    @Override
    int[] copies(GateCase c) {
        int[] copies = new int[c.atoms()];
        Arrays.fill(copies, 2);
        return copies;
    }

    /** Both copies of the largest: twice as many. */
    @Override
    Gate afterSplit(GateCase c) {
        FamilyName name = FamilyName.parse(c.gate().id());
        Map<String, String> options = new LinkedHashMap<>(name.options());
        options.put("k", Integer.toString(2 * Integer.parseInt(options.get("k"))));
        return Gates.of(new FamilyName(name.name(), options).toString());
    }

    /** With one atom in each row, no derivative is left. */
    @Override
    boolean invariancesAreComplete(GateCase c) {
        return !c.gate().id().equals("top-k(k=1)");
    }
}
