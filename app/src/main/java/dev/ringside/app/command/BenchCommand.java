package dev.ringside.app.command;

import dev.ringside.app.command.remote.CommandGroup;
import picocli.CommandLine.Command;

/** {@code ringside bench}: measures the product itself. */
@Command(
        name = "bench",
        description = "Measures the product itself; needs no server.",
        subcommands = {
            BenchFuzzCommand.class,
            BenchServingCommand.class,
            BenchStatisticsCommand.class,
            BenchTrainingCommand.class
        })
public final class BenchCommand extends CommandGroup {}
