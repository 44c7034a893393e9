package dev.ringside.app.command;

import dev.ringside.app.configuration.Configuration;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What every command that starts an HTTP server does before anything else. */
final class ServerStart {
    private ServerStart() {}

    /**
     * Checks the configuration, and tells the libraries below Quarkus who answers what they would refuse themselves.
     *
     * @param config the properties file that the command names; null for none
     * @param err where the mistakes are told
     * @return whether there are none
     * @throws IOException if the file cannot be read
     */
    static boolean prepare(@Nullable Path config, PrintWriter err) throws IOException {
        List<String> problems = Configuration.check().problems(config);
        if (!problems.isEmpty()) {
            err.println("the configuration has " + problems.size() + " problem(s):");
            problems.forEach(p -> err.println("  - " + p));
            return false;
        }
        // Quarkus' own check answers a malformed address without a body; left alone it reaches Errors.
        System.setProperty("vertx.disableURIValidation", "true");
        // So that Netty finds UnreadableRequests: it looks once, when anything is first connected to, be it Redis.
        System.setProperty("io.netty.bootstrap.extensions", "serviceload");
        return true;
    }
}
