package dev.ringside.training;

import dev.ringside.training.configuration.Durations;
import java.time.Duration;
import picocli.CommandLine;

/** A duration as documents write it, where the command is told one. */
final class DurationOption implements CommandLine.ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
