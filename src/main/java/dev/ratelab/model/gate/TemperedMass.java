package dev.ratelab.model.gate;

import dev.ratelab.math.Elementary;
import dev.ratelab.model.AtomMass;
import dev.ratelab.model.Merging;

/**
 * The mass of an atom of a gate with a temperature: {@code exp(bias / tau)}, or {@code exp(bias)} if the bias is outside.
 *
 * @param biasInside whether the bias is divided by the temperature
 */
record TemperedMass(Temperature temperature, boolean biasInside) implements AtomMass, Merging {

    @Override
    public double log(double[] gate, int dimension) {
        return biasInside ? gate[0] / temperature.of(gate) : gate[0];
    }

    @Override
    public void setLogMass(double[] gate, double logMass) {
        gate[0] = biasInside ? temperature.of(gate) * logMass : logMass;
    }

    @Override
    public void split(double[] gate, int copies, int dimension) {
        gate[0] -= (biasInside ? temperature.of(gate) : 1) * Elementary.log(copies);
    }
}
