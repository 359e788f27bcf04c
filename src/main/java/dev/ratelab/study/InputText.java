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
import dev.ratelab.study.StudyKeys.OfInput;
import java.util.ArrayList;
import java.util.List;

/** The blocks {@code truth.input} and {@code truth.noise} as text. */
final class InputText {
    private InputText() {}

    /** The block that decides what the inputs are; the data of empirical inputs are there by their digest. */
    static TextBlock identity(InputDistribution input) {
        if (input instanceof EmpiricalInput empirical) {
            return TextBlock.of(empirical.id())
                    .put(OfInput.RESAMPLE, empirical.resample())
                    .put("sha256", empirical.digest());
        }
        return resolved(input);
    }

    /** The block that a study file can hold; it stands for itself, without any other file. */
    static TextBlock resolved(InputDistribution input) {
        TextBlock block = TextBlock.of(input.id());
        if (input instanceof UniformInput uniform) {
            return block.put(OfInput.LOW, uniform.low()).put(OfInput.HIGH, uniform.high());
        }
        if (input instanceof GridInput grid) {
            return block.put(OfInput.LOW, grid.low()).put(OfInput.HIGH, grid.high());
        }
        if (input instanceof NormalInput normal) {
            return block.put(OfInput.MEAN, normal.mean()).put(OfInput.STANDARD_DEVIATION, normal.standardDeviation());
        }
        if (input instanceof StudentInput student) {
            return block.put(OfInput.LOCATION, student.location())
                    .put(OfInput.SCALE, student.scale())
                    .put(OfInput.DEGREES_OF_FREEDOM, student.degreesOfFreedom());
        }
        if (input instanceof CorrelatedNormalInput normal) {
            return block.put(OfInput.MEAN, normal.mean()).put(OfInput.COVARIANCE, normal.covariance());
        }
        if (input instanceof MixtureInput mixture) {
            List<TextBlock> components = new ArrayList<>();
            for (MixtureInput.Component component : mixture.components()) {
                components.add(resolved(component.distribution()).put(OfInput.WEIGHT, component.weight()));
            }
            return block.put(OfInput.COMPONENTS, components);
        }
        if (input instanceof EmpiricalInput empirical) {
            return block.put(OfInput.RESAMPLE, empirical.resample()).put(OfInput.ROWS, rows(empirical));
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
            return block.put(OfInput.DEGREES_OF_FREEDOM, student.degreesOfFreedom());
        }
        if (noise instanceof NoiseLaw.Heteroscedastic heteroscedastic) {
            return block.put(OfInput.SLOPE, heteroscedastic.slope());
        }
        return block;
    }
}
