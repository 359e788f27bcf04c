package dev.ratelab.model;

/**
 * Merging of atoms by averaging, of gates that allow it: the softmax of scores that are a bias of the atom's own plus a linear function
 * of its other parameters, over a temperature that all atoms share. The mean of the parameters then is a score in between, to first
 * order the one that does what the atoms did together, and its bias is set to what they weighed together.
 */
@FunctionalInterface
public interface Merging {
    /** Merging in gates of which the log mass is the bias, the first parameter of an atom. */
    Merging BY_BIAS = (gate, logMass) -> gate[0] = logMass;

    /**
     * Sets the bias of an atom such that the {@linkplain AtomMass#log logarithm of its mass} is the given one.
     *
     * @param gate the gate's parameters of one atom; the bias is set
     */
    void setLogMass(double[] gate, double logMass);
}
