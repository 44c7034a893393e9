package dev.ringside.app.fuzz;

import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;

/** One way to ask. */
interface Sender {
    /** How long an answer may take. */
    Duration PATIENCE = Duration.ofSeconds(20);

    /** Sends one request that may be wrong, as the random numbers say. To be used by any number of threads. */
    Answered send(SplittableRandom random) throws IOException, InterruptedException;

    /** Sends one that is right. */
    Answered sendRight() throws IOException, InterruptedException;
}
