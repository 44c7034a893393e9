package dev.ringside.app.command;

import dev.ringside.app.access.AccessRole;
import dev.ringside.app.access.ApiKey;
import dev.ringside.app.command.remote.CommandGroup;
import dev.ringside.app.embedded.PrivateFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** API keys. */
@Command(
        name = "auth",
        description = "Makes API keys, with which people and services prove who they are.",
        subcommands = AuthCommand.CreateKey.class)
final class AuthCommand extends CommandGroup {
    /** Makes a key; nothing is asked or told anywhere else. */
    @Command(
            name = "create-key",
            mixinStandardHelpOptions = true,
            description = {
                "Makes an API key and prints it, once: only its SHA-256 is kept.",
                "The server takes the line that begins with its name among ringside.auth.keys, or in the file that"
                        + " ringside.auth.keys-file names."
            })
    static final class CreateKey implements Callable<Integer> {
        @Option(names = "--name", required = true, paramLabel = "NAME", description = "Who has it, for the audit.")
        @SuppressWarnings("NullAway.Init") // set by picocli
        private String name;

        @Option(
                names = "--role",
                required = true,
                paramLabel = "ROLE",
                description = "viewer reads; experimenter also registers models and runs experiments; operator may do"
                        + " everything; service predicts and posts outcomes.")
        @SuppressWarnings("NullAway.Init") // set by picocli
        private AccessRole role;

        @Option(
                names = "--file",
                paramLabel = "FILE",
                description = "Adds the line to this file, made if there is none; a server that reads it takes the key"
                        + " within a second.")
        private @Nullable Path file;

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException {
            String key = ApiKey.random(new SecureRandom());
            String entry = new ApiKey(name, role, ApiKey.digest(key)).entry();
            PrintWriter out = spec.commandLine().getOut();
            if (file == null) {
                out.println("ringside.auth.keys: " + entry);
            } else {
                String before = Files.exists(file) ? Files.readString(file) : "";
                String gap = before.isEmpty() || before.endsWith("\n") ? "" : "\n";
                PrivateFiles.write(file, before + gap + entry + "\n");
                out.println("added to " + file + ": " + entry);
            }
            out.println("the key, shown this once: " + key);
            out.flush();
            return 0;
        }
    }
}
