package dev.ratelab.fit.objective;

import dev.ratelab.data.Truth;
import org.openjdk.jmh.annotations.Param;

/** Softmax gate and linear experts. */
public class LinearPass extends RowPass {
    /** Number of experts. */
    @Param({"2", "3", "4", "5", "6", "8"})
    public int atoms;

    /** Number of inputs. */
    @Param({"1", "2", "4", "8", "16"})
    public int dimension;

    @Override
    Truth truth() {
        return Problems.truth("softmax", "linear", atoms, dimension);
    }
}
