package dev.ratelab.model;

import dev.ratelab.math.Elementary;
import dev.ratelab.math.LinearConstraint;
import java.util.ArrayList;
import java.util.List;

/**
 * A mixture-of-experts family with {@code k} atoms and {@code d} inputs, parametrised by one flat vector: the density
 * {@code p(y | x) = sum_i pi_i(x) N(y; h(x, eta_i), nu_i)}, or, where the noise variance is known, the regression function
 * {@code f(x) = sum_i w_i(x) h(x, eta_i)}.
 *
 * <p>Layout of the flat vector: the gate's parameters, the experts' parameters, then the log variances (none if known, one if
 * shared). The estimation core works on the flat vector and never asks which family it is.
 *
 * @param gate the gate
 * @param expert the expert family
 * @param noise which noise variances are parameters
 * @param atoms number of atoms k, at least 1
 * @param dimension number of inputs d, at least 1
 */
public record MixtureOfExperts(Gate gate, Expert expert, Noise noise, int atoms, int dimension) {

    /** The most parameters of a family, and so the most experts and inputs: a Newton step takes time by the cube of their number. */
    public static final int MOST_PARAMETERS = 1000;

    private static final double GOLDEN_RATIO = 1.618033988749895;

    public MixtureOfExperts {
        if (atoms < 1) {
            throw new IllegalArgumentException("number of experts = " + atoms + " must be at least 1");
        }
        if (dimension < 1) {
            throw new IllegalArgumentException("number of inputs = " + dimension + " must be at least 1");
        }
        // Much too large factors first: their product may overflow.
        if (atoms > MOST_PARAMETERS
                || dimension > MOST_PARAMETERS
                || gate.parameterCount(atoms, dimension)
                                + expert.parameterCount(atoms, dimension)
                                + noise.parameterCount(atoms)
                        > MOST_PARAMETERS) {
            throw new IllegalArgumentException("number of experts = " + atoms + " with number of inputs = " + dimension
                    + " makes more than " + MOST_PARAMETERS + " parameters, the most that a fit may have");
        }
    }

    /** A density family in which each expert has a variance of its own. */
    public MixtureOfExperts(Gate gate, Expert expert, int atoms, int dimension) {
        this(gate, expert, Noise.OWN, atoms, dimension);
    }

    /** The problem that estimates this family: regression where the noise variance is known. */
    public Problem problem() {
        return noise.kind() == Noise.Kind.KNOWN ? Problem.REGRESSION : Problem.DENSITY;
    }

    /** This family with another number of atoms. */
    public MixtureOfExperts withAtoms(int count) {
        return new MixtureOfExperts(gate, expert, noise, count, dimension);
    }

    /** Index of the first gate parameter. */
    public int gateOffset() {
        return 0;
    }

    /** Index of the first expert parameter. */
    public int expertOffset() {
        return gate.parameterCount(atoms, dimension);
    }

    /** Index of the log variance of the first atom. */
    public int logVarianceOffset() {
        return expertOffset() + expert.parameterCount(atoms, dimension);
    }

    /** Index of the log variance of an atom; there must be one. */
    public int logVarianceIndex(int atom) {
        return switch (noise.kind()) {
            case OWN -> logVarianceOffset() + atom;
            case SHARED -> logVarianceOffset();
            case KNOWN -> throw new IllegalStateException("a known variance is no parameter");
        };
    }

    /** The noise variance of an atom at a point of the flat vector. */
    public double variance(double[] theta, int atom) {
        return noise.kind() == Noise.Kind.KNOWN ? noise.variance() : Elementary.exp(theta[logVarianceIndex(atom)]);
    }

    /** Length of the flat vector. */
    public int parameterCount() {
        return logVarianceOffset() + noise.parameterCount(atoms);
    }

    /**
     * Number of parameters that the data can identify: the length of the vector less the number of {@link #invariances} at a
     * generic vector. At special ones, such as zero, directions can vanish.
     */
    public int freeParameterCount() {
        double[] generic = new double[parameterCount()];
        for (int a = 0; a < generic.length; a++) {
            // Fractional parts of the multiples of the golden ratio: distinct and away from zero.
            double multiple = (a + 1) * GOLDEN_RATIO;
            generic[a] = 0.5 + (multiple - Math.floor(multiple));
        }
        return parameterCount() - invariances(generic).length;
    }

    /**
     * Mean number of multiplications for the prediction at one input: those of the gate, and for each active expert its own and one by
     * its weight. See {@link PredictionCost} and {@link Expert#multiplications} for what is counted.
     */
    public double multiplicationsPerPrediction() {
        PredictionCost ofGate = gate.cost(atoms, dimension);
        return ofGate.multiplications() + ofGate.activeAtoms() * (1 + expert.multiplications(dimension));
    }

    /** Mean number of experts that are computed for a prediction. */
    public double activeExperts() {
        return gate.cost(atoms, dimension).activeAtoms();
    }

    /** The atoms that a flat vector describes. */
    public List<Atom> toAtoms(double[] theta) {
        double[][] gates = gate.toAtoms(theta, gateOffset(), atoms, dimension);
        int count = expert.parameterCount(dimension);
        List<Atom> list = new ArrayList<>(atoms);
        for (int i = 0; i < atoms; i++) {
            double[] eta = new double[count];
            System.arraycopy(theta, expertOffset() + i * count, eta, 0, count);
            list.add(new Atom(gates[i], eta, variance(theta, i)));
        }
        return list;
    }

    /**
     * The flat vector of a list of {@link #atoms} atoms. A shared variance is the mean of the atoms' variances, a known one is not
     * looked at.
     */
    public double[] toParameters(List<Atom> list) {
        if (list.size() != atoms) {
            throw new IllegalArgumentException(list.size() + " atoms given, the model has " + atoms);
        }
        double[] theta = new double[parameterCount()];
        gate.fromAtoms(list, dimension, theta, gateOffset());
        int count = expert.parameterCount(dimension);
        for (int i = 0; i < atoms; i++) {
            System.arraycopy(list.get(i).expert(), 0, theta, expertOffset() + i * count, count);
        }
        if (noise.kind() == Noise.Kind.OWN) {
            for (int i = 0; i < atoms; i++) {
                theta[logVarianceOffset() + i] = Elementary.log(list.get(i).variance());
            }
        } else if (noise.kind() == Noise.Kind.SHARED) {
            double sum = 0;
            for (Atom atom : list) {
                sum += atom.variance();
            }
            theta[logVarianceOffset()] = Elementary.log(sum / atoms);
        }
        return theta;
    }

    /** One of {@code copies} equal copies of an atom that together weigh what it does; shares what it need not change. */
    public Atom copy(Atom atom, int copies) {
        if (copies == 1) {
            return atom;
        }
        double[] share = atom.gate().clone();
        gate.mass().split(share, copies, dimension);
        return new Atom(share, atom.expert(), atom.variance());
    }

    /** The constraints that a study's bounds put on the flat vector: the gate's, the experts', then those of the variances. */
    public List<LinearConstraint> constraints(ParameterBounds bounds) {
        int count = parameterCount();
        List<LinearConstraint> list = new ArrayList<>();
        for (LinearConstraint constraint : gate.constraints(bounds, atoms, dimension)) {
            list.add(constraint.within(count, gateOffset()));
        }
        double largest = bounds.expertParameter();
        for (int a = expertOffset(); a < logVarianceOffset() && largest < Double.POSITIVE_INFINITY; a++) {
            list.add(LinearConstraint.ofOne(ParameterBounds.EXPERT_PARAMETER, count, a, -1, largest));
            list.add(LinearConstraint.ofOne(ParameterBounds.EXPERT_PARAMETER, count, a, 1, largest));
        }
        for (int a = logVarianceOffset(); a < count; a++) {
            if (bounds.minVariance() > 0) {
                double limit = -Elementary.log(bounds.minVariance());
                list.add(LinearConstraint.ofOne(ParameterBounds.MIN_VARIANCE, count, a, -1, limit));
            }
            if (bounds.maxVariance() < Double.POSITIVE_INFINITY) {
                double limit = Elementary.log(bounds.maxVariance());
                list.add(LinearConstraint.ofOne(ParameterBounds.MAX_VARIANCE, count, a, 1, limit));
            }
        }
        return list;
    }

    /**
     * Directions of the flat vector along which nothing that can be observed changes, at {@code theta}: the gate's, then the
     * expert's.
     */
    public double[][] invariances(double[] theta) {
        double[][] ofGate = gate.invariances(theta, gateOffset(), atoms, dimension);
        double[][] ofExpert = expert.invariances(theta, expertOffset(), atoms, dimension);
        double[][] directions = new double[ofGate.length + ofExpert.length][parameterCount()];
        for (int v = 0; v < ofGate.length; v++) {
            System.arraycopy(ofGate[v], 0, directions[v], gateOffset(), ofGate[v].length);
        }
        for (int v = 0; v < ofExpert.length; v++) {
            System.arraycopy(ofExpert[v], 0, directions[ofGate.length + v], expertOffset(), ofExpert[v].length);
        }
        return directions;
    }

    /** Whether gate and expert family are these. */
    public boolean isOf(Gate otherGate, Expert otherExpert) {
        return gate.sameAs(otherGate) && expert.sameAs(otherExpert);
    }
}
