package dev.ringside.app.command;

import dev.ringside.app.control.ControlFailure;
import dev.ringside.app.demo.client.ReplayFailure;
import dev.ringside.contract.InvalidInput;
import java.io.IOException;
import java.nio.file.FileSystemException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParseResult;

/** {@code ringside}: the command that all others are under. */
@Command(
        name = "ringside",
        description = "Serves a champion model, tries challengers on real traffic, promotes what wins.",
        versionProvider = RingsideCommand.Version.class,
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            TrainCommand.class,
            ReplayCommand.class,
            ModelsCommand.class,
            ExperimentsCommand.class,
            SlotsCommand.class,
            FleetCommand.class,
            AuditCommand.class,
            CommandLine.HelpCommand.class
        },
        footer = {"", "'ringside verify' runs all tests, as CI does. Each command has --help."})
public final class RingsideCommand extends Group {
    private static final int FAILED = 1;
    private static final int NOT_POSSIBLE = 2;

    /**
     * Runs a command.
     *
     * @return the exit status: 0, 1 if it was refused or failed, 2 if it was not understood or nothing can be reached
     */
    public static int execute(String... arguments) {
        return commandLine().execute(arguments);
    }

    /** The command line, ready to parse. */
    static CommandLine commandLine() {
        return new CommandLine(new RingsideCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(RingsideCommand::explain);
    }

    private static int explain(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
        int status = switch (failure) {
            case ControlFailure.Unreachable _, InvalidInput _ -> NOT_POSSIBLE;
            case ControlFailure.Refused _, IOException _, ReplayFailure _, IllegalStateException _ -> FAILED;
            default -> throw failure;
        };
        // The message of a file's failure is its path alone.
        String words = failure instanceof FileSystemException ? failure.toString() : failure.getMessage();
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + words);
        return status;
    }

    /** The version of the packaged application. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = RingsideCommand.class.getPackage().getImplementationVersion();
            return new String[] {"ringside " + (version == null ? "(not packaged)" : version)};
        }
    }
}
