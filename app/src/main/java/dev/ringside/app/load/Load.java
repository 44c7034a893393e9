package dev.ringside.app.load;

import java.io.IOException;
import java.time.Duration;

/** Clients that each send the same request again as soon as the last one was answered. */
interface Load extends AutoCloseable {
    /**
     * Sends.
     *
     * @param clients how many at once
     * @throws IOException if the server cannot be reached at all
     */
    Outcome send(int clients, Duration time) throws IOException, InterruptedException;

    @Override
    default void close() {}
}
