package dev.ratelab.study;

import dev.ratelab.data.CorrelatedNormalInput;
import dev.ratelab.data.EmpiricalInput;
import dev.ratelab.data.GridInput;
import dev.ratelab.data.InputDistribution;
import dev.ratelab.data.MixtureInput;
import dev.ratelab.data.NoiseLaw;
import dev.ratelab.data.NormalInput;
import dev.ratelab.data.StudentInput;
import dev.ratelab.data.UniformInput;
import java.util.ArrayList;
import java.util.List;

/** The blocks {@code truth.input} and {@code truth.noise} as text. */
final class InputText {
    private InputText() {}

    /** The block that decides what the inputs are; the data of empirical inputs are there by their digest. */
    static TextBlock identity(InputDistribution input) {
        if (input instanceof EmpiricalInput empirical) {
            return TextBlock.of(empirical.id())
                    .put("resample", empirical.resample())
                    .put("sha256", empirical.digest());
        }
        return resolved(input);
    }

    /** The block that a study file can hold; it stands for itself, without any other file. */
    static TextBlock resolved(InputDistribution input) {
        TextBlock block = TextBlock.of(input.id());
        if (input instanceof UniformInput uniform) {
            return block.put("low", uniform.low()).put("high", uniform.high());
        }
        if (input instanceof GridInput grid) {
            return block.put("low", grid.low()).put("high", grid.high());
        }
        if (input instanceof NormalInput normal) {
            return block.put("mean", normal.mean()).put("standard-deviation", normal.standardDeviation());
        }
        if (input instanceof StudentInput student) {
            return block.put("location", student.location())
                    .put("scale", student.scale())
                    .put("degrees-of-freedom", student.degreesOfFreedom());
        }
        if (input instanceof CorrelatedNormalInput normal) {
            return block.put("mean", normal.mean()).put("covariance", normal.covariance());
        }
        if (input instanceof MixtureInput mixture) {
            List<TextBlock> components = new ArrayList<>();
            for (MixtureInput.Component component : mixture.components()) {
                components.add(resolved(component.distribution()).put("weight", component.weight()));
            }
            return block.put("components", components);
        }
        if (input instanceof EmpiricalInput empirical) {
            return block.put("resample", empirical.resample()).put("rows", rows(empirical));
        }
        throw new IllegalStateException("no text for " + input.id() + " inputs");
    }

    private static double[][] rows(EmpiricalInput empirical) {
        double[][] rows = new double[empirical.rows()][empirical.dimension().orElseThrow()];
        for (int row = 0; row < rows.length; row++) {
            for (int j = 0; j < rows[row].length; j++) {
                rows[row][j] = empirical.value(j, row);
            }
        }
        return rows;
    }

    /** The block of a noise. */
    static TextBlock of(NoiseLaw noise) {
        TextBlock block = TextBlock.of(noise.id());
        if (noise instanceof NoiseLaw.Student student) {
            return block.put("degrees-of-freedom", student.degreesOfFreedom());
        }
        if (noise instanceof NoiseLaw.Heteroscedastic heteroscedastic) {
            return block.put("slope", heteroscedastic.slope());
        }
        return block;
    }
}
