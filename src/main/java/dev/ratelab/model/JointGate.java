package dev.ratelab.model;

/** A gate that models the inputs too: its scores are the logarithms of a joint density of component and inputs. */
public interface JointGate extends Gate {

    @Override
    default Normaliser normaliser() {
        return Normaliser.JOINT;
    }

    /**
     * The exact M-step.
     *
     * @param moments {@code moments[atom][a][b] = sum_n tau_n z_na z_nb} with {@code z = (1, x)} and responsibilities {@code tau}; not
     *     modified
     * @param theta flat parameter vector; this family's part is set
     */
    void maximise(double[][][] moments, double[] theta, int offset);

    /**
     * The distribution of the inputs of an atom's component; its weight is proportional to its {@linkplain AtomMass mass}.
     *
     * @param gate parameters of one atom; not modified
     */
    InputComponent inputComponent(double[] gate, int dimension);

    /**
     * The normal distribution of the inputs of one component.
     *
     * @param mean d numbers
     * @param covariance d x d, positive definite
     */
    record InputComponent(double[] mean, double[][] covariance) {}
}
