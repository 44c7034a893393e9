package dev.ringside.app.command.remote;

import static dev.ringside.app.client.ControlClient.encode;

import dev.ringside.app.client.ControlFailure;
import java.io.IOException;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ringside audit}: who did what, and why. */
@Command(name = "audit", description = "Shows who did what, and why.")
public final class AuditCommand extends CommandGroup {

    @Command(name = "list", description = "Lists the latest acts, newest first.", mixinStandardHelpOptions = true)
    void list(
            @Mixin ReadOptions options,
            @Option(
                            names = "--subject",
                            paramLabel = "SUBJECT",
                            description = "Only what was done to this, such as experiment/better.")
                    @Nullable
                    String subject,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            description = "At most so many. Default: 50.",
                            defaultValue = "50")
                    int limit,
            @Option(names = "--before", paramLabel = "ID", description = "Only entries older than this one.") @Nullable
                    Long before)
            throws IOException, ControlFailure, InterruptedException {
        var query = new StringJoiner("&", "/api/audit?", "").add("limit=" + limit);
        if (subject != null) {
            query.add("subject=" + encode(subject));
        }
        if (before != null) {
            query.add("before=" + before);
        }
        options.show(query.toString(), AuditPages::list);
    }
}
