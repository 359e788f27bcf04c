package dev.ratelab.diagnose;

import dev.ratelab.math.Elementary;
import dev.ratelab.model.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * The sets of functions by which papers define identifiability of an expert family {@code h(x, eta)}, for all atoms of a truth
 * together; the gate is not part of them, or enters as a factor {@code exp(u_j(x))} only.
 *
 * <ul>
 *   <li>Strong identifiability, regression (arXiv 2402.02952): {@code x^v d^t h / d eta^t}, {@code |v| + |t| <= 2}. For a ridge
 *       expert {@code sigma(a x + b)} of one input the distinct ones among these are {@code x^v sigma^(t)}, {@code v, t <= 2}:
 *       strong independence of the activation.
 *   <li>Strong identifiability, density (arXiv 2505.10860, definition 1): those of them with {@code |t| >= 1}.
 *   <li>Weak identifiability (sigmoid gates): {@code d h / d eta}.
 * </ul>
 */
final class ExpertFunctions {
    private final LocalModel local;
    private final ParameterNames names;
    private final double[][] factor;

    /**
     * The functions of the experts of a model.
     *
     * @param withGate whether every function of atom j is multiplied by {@code exp(u_j)}
     */
    ExpertFunctions(LocalModel local, boolean withGate) {
        this.local = local;
        names = new ParameterNames(local.model(), local.theta());
        factor = new double[local.model().atoms()][local.nodes().size()];
        for (int i = 0; i < factor.length; i++) {
            double largest = Double.NEGATIVE_INFINITY;
            for (double score : local.score[i]) {
                largest = Math.max(largest, score);
            }
            for (int q = 0; q < factor[i].length; q++) {
                factor[i][q] = withGate ? Elementary.exp(local.score[i][q] - largest) : 1;
            }
        }
    }

    /** The first derivatives of all experts. */
    List<PartialFunction> weak() {
        List<PartialFunction> set = new ArrayList<>();
        for (int i = 0; i < factor.length; i++) {
            for (int a : parameters(i)) {
                add(set, i, derivative(a), PartialFunction.Kind.FIRST, local.meanSlope[i][a]);
            }
        }
        return set;
    }

    /** The set of strong identifiability. */
    List<PartialFunction> strong(Problem problem) {
        List<PartialFunction> set = new ArrayList<>();
        for (int i = 0; i < factor.length; i++) {
            if (problem == Problem.REGRESSION) {
                addMonomials(set, i);
            }
            addFirst(set, i);
        }
        addSecond(set);
        return set;
    }

    private void addMonomials(List<PartialFunction> set, int i) {
        double[][] x = local.nodes().x();
        add(set, i, "the mean", PartialFunction.Kind.FIRST, local.mean[i]);
        for (int j = 0; j < x.length; j++) {
            add(set, i, times(input(j), "the mean"), PartialFunction.Kind.FIRST, product(x[j], local.mean[i]));
            for (int l = 0; l <= j; l++) {
                add(
                        set,
                        i,
                        times(l == j ? input(j) + "^2" : input(l) + " " + input(j), "the mean"),
                        l == j ? PartialFunction.Kind.PURE : PartialFunction.Kind.MIXED,
                        product(x[l], product(x[j], local.mean[i])));
            }
        }
    }

    private void addFirst(List<PartialFunction> set, int i) {
        double[][] x = local.nodes().x();
        for (int a : parameters(i)) {
            add(set, i, derivative(a), PartialFunction.Kind.FIRST, local.meanSlope[i][a]);
            for (int j = 0; j < x.length; j++) {
                add(
                        set,
                        i,
                        times(input(j), derivative(a)),
                        PartialFunction.Kind.MIXED,
                        product(x[j], local.meanSlope[i][a]));
            }
        }
    }

    private void addSecond(List<PartialFunction> set) {
        int nodes = local.nodes().size();
        int first = set.size();
        for (int q = 0; q < nodes; q++) {
            local.bend(q);
            int place = first;
            for (int i = 0; i < factor.length; i++) {
                int[] own = parameters(i);
                for (int u = 0; u < own.length; u++) {
                    for (int v = 0; v <= u; v++) {
                        if (q == 0) {
                            String by = u == v
                                    ? "the second derivative by " + names.kind(own[u])
                                    : "the mixed second derivative by " + names.kind(own[v]) + " and "
                                            + names.kind(own[u]);
                            set.add(new PartialFunction(
                                    "expert " + (i + 1),
                                    by,
                                    u == v ? PartialFunction.Kind.PURE : PartialFunction.Kind.MIXED,
                                    new double[nodes]));
                        }
                        set.get(place).values()[q] = factor[i][q] * local.meanCurvature[i][own[u]][own[v]];
                        place++;
                    }
                }
            }
        }
    }

    private int[] parameters(int atom) {
        int count = local.model().expert().parameterCount(local.model().dimension());
        int[] indices = new int[count];
        for (int c = 0; c < count; c++) {
            indices[c] = local.model().expertOffset() + atom * count + c;
        }
        return indices;
    }

    private void add(List<PartialFunction> set, int atom, String phrase, PartialFunction.Kind kind, double[] values) {
        set.add(new PartialFunction("expert " + (atom + 1), phrase, kind, product(factor[atom], values)));
    }

    private String derivative(int parameter) {
        return "the derivative by " + names.kind(parameter);
    }

    private String input(int j) {
        return local.nodes().x().length == 1 ? "x" : "x" + (j + 1);
    }

    private static String times(String monomial, String phrase) {
        return monomial + " times " + phrase;
    }

    private static double[] product(double[] a, double[] b) {
        double[] out = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            out[i] = a[i] * b[i];
        }
        return out;
    }
}
