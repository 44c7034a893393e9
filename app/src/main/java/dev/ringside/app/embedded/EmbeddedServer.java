package dev.ringside.app.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A server that runs as a child process on the data folder's files. */
interface EmbeddedServer {
    /** What it is called where it is spoken of. */
    String name();

    /** Whether nothing is started where it does not start. */
    default boolean isVital() {
        return true;
    }

    /** The file with what it prints. */
    Path output();

    /** Why it cannot listen where it must, naming the port and who has it; empty if it can. */
    Optional<String> portComplaint();

    /**
     * Starts it, also again after it ended in whatever way, and returns when it answers and has proven to be this
     * installation's.
     *
     * @return its process
     * @throws IOException saying why it does not start
     */
    ProcessHandle start() throws IOException, InterruptedException;

    /** Stops it in order. */
    void stop() throws IOException;
}
