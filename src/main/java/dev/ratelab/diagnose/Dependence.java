package dev.ratelab.diagnose;

import dev.ratelab.math.SingularValues;
import dev.ratelab.math.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whether functions are linearly independent in {@code L2}: the smallest singular value of the matrix of their values at the nodes,
 * times the square roots of the weights, with columns of unit length.
 *
 * <p>Dependences are found one by one: in order of first, mixed second and pure second derivatives, a function whose part
 * orthogonal to those kept so far is rounding is written as their combination and left out. A combination is reduced to its large
 * coefficients if that leaves no residual.
 */
final class Dependence {
    private static final double EPSILON = 0x1p-52;

    /** Norm, relative to the largest one of the set, below which a function is zero. */
    private static final double ZERO = 1e-12;

    /** Singular values up to this many roundings per square root of the number of columns are zero. */
    private static final double ROUNDINGS = 50;

    /** Singular values below that are not zero by the rule above are too close to rounding to decide. */
    private static final double DOUBTFUL = 1e-12;

    /** Shares of the largest coefficient below which terms are dropped, tried in turn. */
    private static final double[] SMALL_COEFFICIENTS = {1e-2, 1e-3, 1e-5, 0};

    /**
     * Smallest singular value of the terms of a relation below which it may be an accident of rounding: such terms nearly span
     * functions that they do not span.
     */
    private static final double FIRM = 1e-8;

    private final List<PartialFunction> functions;
    private final double[][] unit;
    private final double[] norm;
    private final List<Relation> relations = new ArrayList<>();
    private int lost;
    private final List<Integer> kept = new ArrayList<>();
    private final List<double[]> orthonormal = new ArrayList<>();
    private final List<double[]> triangle = new ArrayList<>();
    private final double smallest;
    private final double smallestDistinct;
    private final double threshold;

    /**
     * Analyses a set.
     *
     * @param set at least one function
     * @param weights {@code weights[row]}: positive
     */
    Dependence(List<PartialFunction> set, double[] weights) {
        functions = inOrder(set);
        threshold = ROUNDINGS * EPSILON * Math.sqrt(functions.size());
        unit = new double[functions.size()][];
        norm = new double[functions.size()];
        double largest = 0;
        for (int f = 0; f < unit.length; f++) {
            double[] column = functions.get(f).values().clone();
            for (int row = 0; row < column.length; row++) {
                column[row] *= Math.sqrt(weights[row]);
            }
            norm[f] = Vectors.norm(column);
            largest = Math.max(largest, norm[f]);
            unit[f] = column;
        }
        List<double[]> nonzero = new ArrayList<>();
        for (int f = 0; f < unit.length; f++) {
            if (norm[f] <= ZERO * largest) {
                relations.add(new Relation(functions.get(f), List.of()));
            } else {
                for (int row = 0; row < unit[f].length; row++) {
                    unit[f][row] /= norm[f];
                }
                nonzero.add(unit[f]);
                place(f);
            }
        }
        smallest = nonzero.size() < unit.length || nonzero.isEmpty() ? 0 : smallest(nonzero);
        smallestDistinct =
                kept.isEmpty() ? 0 : smallest(kept.stream().map(f -> unit[f]).toList());
    }

    private static List<PartialFunction> inOrder(List<PartialFunction> set) {
        List<PartialFunction> ordered = new ArrayList<>();
        for (PartialFunction.Kind kind : PartialFunction.Kind.values()) {
            set.stream().filter(function -> function.kind() == kind).forEach(ordered::add);
        }
        return ordered;
    }

    private static double smallest(List<double[]> columns) {
        if (columns.size() > columns.get(0).length) {
            return 0;
        }
        return new SingularValues(columns.toArray(new double[0][])).smallest();
    }

    /** Keeps a function, or finds the relation that makes it superfluous. */
    private void place(int f) {
        double[] rest = unit[f].clone();
        double[] parts = new double[kept.size() + 1];
        double length = reduce(rest, orthonormal, parts);
        if (length <= threshold) {
            relate(f, parts);
            return;
        }
        parts[kept.size()] = length;
        kept.add(f);
        orthonormal.add(rest);
        triangle.add(parts);
    }

    /** Writes a function as a combination of kept ones, with as few terms as leave no residual. */
    private void relate(int f, double[] parts) {
        double[] coefficients = solve(parts, triangle, kept.size());
        double largest = 0;
        for (double coefficient : coefficients) {
            largest = Math.max(largest, Math.abs(coefficient));
        }
        for (double share : SMALL_COEFFICIENTS) {
            List<Integer> terms = new ArrayList<>();
            for (int k = 0; k < kept.size(); k++) {
                if (Math.abs(coefficients[k]) > share * largest) {
                    terms.add(kept.get(k));
                }
            }
            double[] refitted = refit(f, terms);
            if (refitted[terms.size()] <= 4 * threshold || share == 0) {
                addIfFirm(f, terms, refitted);
                return;
            }
        }
    }

    private void addIfFirm(int f, List<Integer> terms, double[] coefficients) {
        List<double[]> columns = terms.stream().map(term -> unit[term]).toList();
        if (smallest(columns) < FIRM) {
            lost++;
            return;
        }
        List<Relation.Term> list = new ArrayList<>();
        for (int t = 0; t < terms.size(); t++) {
            int other = terms.get(t);
            list.add(new Relation.Term(coefficients[t] * norm[f] / norm[other], functions.get(other)));
        }
        relations.add(new Relation(functions.get(f), list));
    }

    /** Least-squares coefficients of a function on others, then the norm of the residual. */
    private double[] refit(int f, List<Integer> terms) {
        List<double[]> basis = new ArrayList<>();
        List<double[]> factors = new ArrayList<>();
        for (int term : terms) {
            double[] parts = new double[basis.size() + 1];
            double[] rest = unit[term].clone();
            parts[basis.size()] = reduce(rest, basis, parts);
            basis.add(rest);
            factors.add(parts);
        }
        double[] parts = new double[basis.size() + 1];
        double residual = reduce(unit[f].clone(), basis, parts);
        double[] coefficients = Arrays.copyOf(solve(parts, factors, terms.size()), terms.size() + 1);
        coefficients[terms.size()] = residual;
        return coefficients;
    }

    /**
     * Takes the parts along an orthonormal basis out of a column and scales what is left to unit length.
     *
     * @param rest modified
     * @param parts the parts are added; modified
     * @return the length of what was left
     */
    private static double reduce(double[] rest, List<double[]> basis, double[] parts) {
        // Twice is enough: the second pass removes what cancellation in the first one left.
        for (int pass = 0; pass < 2; pass++) {
            for (int k = 0; k < basis.size(); k++) {
                double part = Vectors.dot(basis.get(k), rest);
                parts[k] += part;
                Vectors.add(rest, -part, basis.get(k));
            }
        }
        double length = Vectors.norm(rest);
        for (int row = 0; row < rest.length && length > 0; row++) {
            rest[row] /= length;
        }
        return length;
    }

    /** Back substitution in the triangle of an orthogonalisation. */
    private static double[] solve(double[] parts, List<double[]> factors, int count) {
        double[] coefficients = Arrays.copyOf(parts, count);
        for (int k = count - 1; k >= 0; k--) {
            coefficients[k] /= factors.get(k)[k];
            for (int l = 0; l < k; l++) {
                coefficients[l] -= coefficients[k] * factors.get(k)[l];
            }
        }
        return coefficients;
    }

    /** The smallest singular value of all functions; 0 if one of them is zero. */
    double smallest() {
        return smallest;
    }

    /** The smallest singular value of the functions that are left without those that are combinations of others. */
    double smallestDistinct() {
        return smallestDistinct;
    }

    /** All dependences that were found. */
    List<Relation> relations() {
        return List.copyOf(relations);
    }

    /** How many functions are left without those that are combinations of others or lost in rounding. */
    int distinct() {
        return kept.size();
    }

    /** Number of functions. */
    int size() {
        return functions.size();
    }

    /**
     * Dependent if there is a relation that costs a rate; else undecided if some function is lost in rounding, that is, near enough to a
     * combination of functions that are nearly dependent themselves; else independent.
     */
    Verdict verdict() {
        if (relations.stream().anyMatch(relation -> !relation.harmless())) {
            return Verdict.DEPENDENT;
        }
        return lost > 0 || smallestDistinct < DOUBTFUL ? Verdict.UNDECIDED : Verdict.INDEPENDENT;
    }
}
