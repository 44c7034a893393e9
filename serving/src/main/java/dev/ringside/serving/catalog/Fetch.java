package dev.ringside.serving.catalog;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One attempt to bring a version's manifest and file onto this machine's disk, on a thread of its own. */
final class Fetch {
    /** How an attempt ended. */
    sealed interface Result {}

    /**
     * What is needed is on disk.
     *
     * @param manifest of a version of the registry; null for one that has none
     * @param model the file
     */
    record Fetched(@Nullable Path manifest, Path model) implements Result {}

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
    static Fetch start(Desired desired, Artefacts artefacts, long deadline, Consumer<Result> whenDone) {
        Thread thread =
                Thread.ofVirtual().name("serving-fetch").start(() -> whenDone.accept(fetch(desired, artefacts)));
        return new Fetch(thread, deadline);
    }

    private static Result fetch(Desired desired, Artefacts artefacts) {
        try {
            return switch (desired.source()) {
                case Desired.Registered registered ->
                    new Fetched(artefacts.file(registered.manifestSha256()), artefacts.file(registered.modelSha256()));
                case ModelFile found -> new Fetched(null, found.file());
            };
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
