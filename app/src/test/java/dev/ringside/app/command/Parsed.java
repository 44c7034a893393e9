package dev.ringside.app.command;

import dev.ringside.app.configuration.Role;
import dev.ringside.app.embedded.Ports;
import java.util.List;
import picocli.CommandLine.ParseResult;

/** What the command line makes of arguments. */
public record Parsed(List<String> command, ParseResult last) {
    /** Reads them as the application does; fails as it would. */
    public static Parsed of(List<String> arguments) {
        ParseResult all = RingsideCommand.commandLine().parseArgs(arguments.toArray(String[]::new));
        ParseResult last = all;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        return new Parsed(
                all.asCommandLineList().stream()
                        .skip(1)
                        .map(line -> line.getCommandName())
                        .toList(),
                last);
    }

    /** The role that {@code up} is told. */
    public Role role() {
        return last.matchedOptionValue("--role", Role.ALL);
    }

    /** Where that role listens. */
    public int port() {
        return new Ports(last.matchedOptionValue("--port", Ports.DEFAULT_BASE)).http(role());
    }

    /** The port of gRPC. */
    public int grpcPort() {
        return new Ports(last.matchedOptionValue("--port", Ports.DEFAULT_BASE)).grpc(role());
    }
}
