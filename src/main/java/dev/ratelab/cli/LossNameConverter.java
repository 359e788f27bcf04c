package dev.ratelab.cli;

import dev.ratelab.loss.LossName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a loss from the command line. */
final class LossNameConverter implements ITypeConverter<LossName> {
    @Override
    public LossName convert(String text) {
        try {
            return LossName.parse(text);
        } catch (IllegalArgumentException unknown) {
            throw new TypeConversionException(unknown.getMessage());
        }
    }
}
