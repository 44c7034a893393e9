package dev.ringside.app.command;

import dev.ringside.contract.InvalidInput;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What becomes of what a bench finds: a file, if one is named, and its last lines with its exit status. */
final class BenchResult {
    @Option(names = "--json", paramLabel = "FILE", description = "Writes the result as one JSON document.")
    private @Nullable Path json;

    /** Where the result is written as JSON; null for nowhere. */
    @Nullable
    Path json() {
        return json;
    }

    /**
     * Makes sure, before anything is measured, that the file can be written.
     *
     * @throws InvalidInput if it is a folder, or in none
     */
    void check() {
        if (json != null) {
            Path folder = json.toAbsolutePath().getParent();
            InvalidInput.require(
                    folder != null && Files.isDirectory(folder) && !Files.isDirectory(json),
                    "--json",
                    "expected a file in a folder that exists, found " + json);
        }
    }

    /**
     * Says whether all promises are kept, or which are not.
     *
     * @return the command's status
     */
    static int close(PrintWriter out, List<String> misses) {
        if (misses.isEmpty()) {
            out.println("Every promise is kept.");
            return 0;
        }
        out.println("Missed:");
        misses.forEach(miss -> out.println("  " + miss));
        return 1;
    }
}
