package dev.ringside.app.command;

import dev.ringside.app.client.ControlFailure;
import dev.ringside.app.command.remote.AuditCommand;
import dev.ringside.app.command.remote.CommandGroup;
import dev.ringside.app.command.remote.ExperimentsCommand;
import dev.ringside.app.command.remote.FleetCommand;
import dev.ringside.app.command.remote.MistakenDocument;
import dev.ringside.app.command.remote.ModelsCommand;
import dev.ringside.app.command.remote.SlotsCommand;
import dev.ringside.app.demo.client.ReplayFailure;
import dev.ringside.contract.InvalidInput;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code ringside}: the command that all others are under. */
@Command(
        name = "ringside",
        description = "Serves a champion model, tries challengers on real traffic, promotes what wins.",
        versionProvider = RingsideCommand.Version.class,
        footer = {"", "'ringside verify' runs all tests, as CI does. Each command has --help."})
public final class RingsideCommand extends CommandGroup {
    private static final int FAILED = 1;
    private static final int MISTAKEN = 2;
    private static final int UNREACHABLE = 3;

    private static final List<Class<?>> COMMANDS = List.of(
            DemoCommand.class,
            UpCommand.class,
            ServingCommand.class,
            TrainCommand.class,
            ReplayCommand.class,
            ArchiveCommand.class,
            ModelsCommand.class,
            ExperimentsCommand.class,
            SlotsCommand.class,
            FleetCommand.class,
            AuditCommand.class,
            AuthCommand.class,
            BenchCommand.class,
            CommandLine.HelpCommand.class);

    private static final Map<String, String> STATUSES = new TreeMap<>(Map.of(
            "0", "done",
            "1", "refused, or failed",
            "2", "a mistake in the command or in a document that it names",
            "3", "nothing could be reached"));

    /**
     * Runs a command.
     *
     * @return the exit status: 0 done, 1 refused or failed, 2 a mistake in the command or a document, 3 nothing to be reached
     */
    public static int execute(String... arguments) {
        return commandLine(arguments).execute(arguments);
    }

    /**
     * The command line, ready to parse. To read the options of every command takes a second of a processor: those that
     * the arguments do not name are left out, where they name one.
     */
    static CommandLine commandLine(String... arguments) {
        CommandLine line = new CommandLine(new RingsideCommand());
        List<Class<?>> named = COMMANDS.subList(0, COMMANDS.size() - 1).stream()
                .filter(command -> arguments.length > 0 && name(command).equals(arguments[0]))
                .toList();
        (named.isEmpty() ? COMMANDS : named).forEach(line::addSubcommand);
        line.setCaseInsensitiveEnumValuesAllowed(true).setExecutionExceptionHandler(RingsideCommand::explain);
        showStatuses(line);
        return line;
    }

    private static String name(Class<?> command) {
        return command.getAnnotation(Command.class).name();
    }

    private static void showStatuses(CommandLine line) {
        line.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit status:%n")
                .exitCodeList(STATUSES);
        line.getSubcommands().values().forEach(RingsideCommand::showStatuses);
    }

    private static int explain(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
        int status = switch (failure) {
            case ControlFailure.Unreachable _, ControlFailure.NotRunning _ -> UNREACHABLE;
            case InvalidInput _, MistakenDocument _ -> MISTAKEN;
            case ParameterException mistake -> throw mistake;
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
