package dev.ratelab.model.gate;

import dev.ratelab.math.Elementary;
import dev.ratelab.model.Gate;
import dev.ratelab.model.catalog.Gates;
import dev.ratelab.model.gate.GateCase.Reference;
import dev.ratelab.model.gate.GateCase.Variant;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

class HierarchicalGateTest extends GateContractTest {

    @Override
    List<Variant> variants() {
        IntUnaryOperator linear = d -> 1 + d;
        IntUnaryOperator tempered = d -> 2 + d;
        Reference dense = References.tempered(References.OWN, true, r -> r);
        return List.of(
                new Variant("hierarchical(groups=2)", two(0, References.softmax(), linear, References.softmax())),
                new Variant("hierarchical(groups=1)", two(9, References.softmax(), linear, References.softmax())),
                new Variant(
                        "hierarchical(groups=2+1,outer=laplace,inner=laplace)",
                        two(2, References.laplace(), linear, References.laplace())),
                new Variant(
                        "hierarchical(groups=1+3,outer=dense-to-sparse,inner=dense-to-sparse)",
                        two(1, dense, tempered, dense)),
                new Variant(
                        "hierarchical(groups=2,outer=cosine,inner=normalised-sigmoid)",
                        two(0, References.cosine(References.OWN, 0, 0), tempered, References.sigmoid())),
                new Variant(
                        "hierarchical(groups=2,inner=activation-dense-to-sparse(router=tanh))",
                        two(0, References.softmax(), linear, References.tempered(References.OWN, true, Math::tanh))));
    }

    /** The product of two softmaxes for at most two groups; {@code first} atoms in the first, half of them if zero. */
    private static Reference two(int first, Reference outer, IntUnaryOperator outerLength, Reference inner) {
        return (atoms, x) -> {
            int length = outerLength.applyAsInt(x.length);
            int cut = first == 0 ? atoms.length / 2 : Math.min(first, atoms.length);
            int[] starts = cut < atoms.length ? new int[] {0, cut, atoms.length} : new int[] {0, cut};
            double[][] outers = new double[starts.length - 1][];
            for (int g = 0; g < outers.length; g++) {
                outers[g] = Arrays.copyOf(atoms[starts[g]], length);
            }
            double[] groupScores = outer.scores(outers, x);
            double[] scores = new double[atoms.length];
            for (int g = 0; g < outers.length; g++) {
                double[][] members = new double[starts[g + 1] - starts[g]][];
                for (int l = 0; l < members.length; l++) {
                    double[] atom = atoms[starts[g] + l];
                    members[l] = Arrays.copyOfRange(atom, length, atom.length);
                }
                double[] memberScores = inner.scores(members, x);
                for (int l = 0; l < members.length; l++) {
                    scores[starts[g] + l] = groupScores[g] + memberScores[l] - Elementary.logSumExp(memberScores);
                }
            }
            return scores;
        };
    }

    @Override
    int[] copies(GateCase c) {
        int[] copies = new int[c.atoms()];
        Arrays.fill(copies, 2);
        return copies;
    }

    @Override
    Gate afterSplit(GateCase c) {
        return Gates.of(c.gate().id().replace("groups=2+1", "groups=4+2").replace("groups=1+3", "groups=2+6"));
    }

    /** Sigmoids cannot be split exactly. */
    @Override
    boolean splitsExactlyAt(double[] x) {
        return Arrays.stream(x).allMatch(value -> value == 0);
    }
}
