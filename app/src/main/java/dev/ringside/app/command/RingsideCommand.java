package dev.ringside.app.command;

import dev.ringside.app.control.ControlFailure;
import dev.ringside.app.demo.client.ReplayFailure;
import dev.ringside.contract.InvalidInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParseResult;

/** {@code ringside}: the command that all others are under. */
@Command(
        name = "ringside",
        description = "Serves a champion model, tries challengers on real traffic, promotes what wins.",
        mixinStandardHelpOptions = true,
        versionProvider = RingsideCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
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
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName() + ": ";
        return switch (failure) {
            case ControlFailure.Refused refused -> {
                err.println(name + refused.getMessage());
                yield FAILED;
            }
            case ControlFailure.Unreachable unreachable -> {
                err.println(name + unreachable.getMessage());
                yield NOT_POSSIBLE;
            }
            case FileSystemException file -> {
                err.println(name + file); // its message is the path alone
                yield FAILED;
            }
            case IOException broken -> {
                err.println(name + broken.getMessage());
                yield FAILED;
            }
            case ReplayFailure replay -> {
                err.println(name + replay.getMessage());
                yield FAILED;
            }
            case IllegalStateException impossible -> {
                err.println(name + impossible.getMessage());
                yield FAILED;
            }
            case InvalidInput invalid -> {
                err.println(name + invalid.getMessage());
                yield NOT_POSSIBLE;
            }
            default -> throw failure;
        };
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
