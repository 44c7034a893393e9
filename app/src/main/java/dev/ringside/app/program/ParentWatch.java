package dev.ringside.app.program;

import java.io.IOException;
import java.io.InputStream;

/** For a process that is another's child: it ends with the one that holds its standard input, however that ended. */
public final class ParentWatch {
    private ParentWatch() {}

    /** Ends this process in order, as SIGTERM would, once its standard input has ended. */
    public static void endWithInput() {
        InputStream input = System.in;
        Thread.ofPlatform().daemon().name("parent-watch").start(() -> {
            try {
                while (input.read() >= 0) {
                    // The parent writes nothing; only the end of the stream matters.
                }
            } catch (IOException e) {
                System.err.println("parent-watch: " + e);
            }
            System.exit(0);
        });
    }
}
