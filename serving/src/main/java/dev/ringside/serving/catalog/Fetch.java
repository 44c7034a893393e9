package dev.ringside.serving.catalog;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One attempt to bring a version's manifest and file onto this machine's disk, on a thread of its own. */
final class Fetch {
    /** How an attempt ended. */
    sealed interface Result {}

    /** Both are on disk, with the right digests. */
    record Fetched(Path manifest, Path model) implements Result {}

    /** At least one is not. */
    record NotFetched(String reason) implements Result {}

    private final Thread thread;
    private final long deadline;

    /** @param deadline when the attempt is to be given up, in nanoseconds of the catalog's ticker */
    private Fetch(Thread thread, long deadline) {
        this.thread = thread;
        this.deadline = deadline;
    }

    /** Begins an attempt. */
    static Fetch start(Desired desired, ArtefactCache cache, long deadline, Consumer<Result> whenDone) {
        Thread thread = Thread.ofVirtual().name("serving-fetch").start(() -> whenDone.accept(fetch(desired, cache)));
        return new Fetch(thread, deadline);
    }

    private static Result fetch(Desired desired, ArtefactCache cache) {
        try {
            return new Fetched(cache.file(desired.manifestSha256()), cache.file(desired.modelSha256()));
        } catch (IOException | RuntimeException e) {
            return new NotFetched(reason(e));
        } catch (InterruptedException e) {
            return new NotFetched("interrupted");
        }
    }

    private static String reason(Exception e) {
        @Nullable String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    long deadline() {
        return deadline;
    }

    /** Ends the attempt; its result, should it still come, is of no use. */
    void giveUp() {
        thread.interrupt();
    }
}
