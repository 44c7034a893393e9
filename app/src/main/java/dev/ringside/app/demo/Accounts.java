package dev.ringside.app.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.app.client.ControlClient;
import dev.ringside.app.client.ControlFailure;
import dev.ringside.app.demo.report.ArchivedEvents;
import dev.ringside.app.demo.report.Books;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** The closing of the books: waits for the archive to have everything, then compares it with all that was counted. */
final class Accounts {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private final ControlClient control;
    private final ControlClient metrics;
    private final ArchivedEvents events;

    /**
     * @param control the control plane
     * @param metrics the role that archives
     */
    Accounts(ControlClient control, ControlClient metrics, ArchivedEvents events) {
        this.control = control;
        this.metrics = metrics;
        this.events = events;
    }

    /**
     * The books, closed.
     *
     * @param books the accounts
     * @param fallbacks predictions that another version answered than the assigned one
     */
    record Closed(Books books, long fallbacks) {}

    /**
     * Closes them.
     *
     * @param answered distinct predictions that the client got an answer for
     */
    Closed close(long answered, Path archive) throws IOException, ControlFailure, InterruptedException {
        awaitArchive();
        Books.Logged logged = events.compare(archive);
        JsonNode classes = control.get("/api/books").path("outcomes");
        return new Closed(Books.of(answered, logged, Json.read(classes, Books.Classes.class)), logged.fallbacks());
    }

    /** Marks are written for ever, so the end is that of now. */
    private void awaitArchive() throws IOException, ControlFailure, InterruptedException {
        Map<Integer, Long> ends = offsets("end_offset");
        long giveUp = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (true) {
            Map<Integer, Long> archived = offsets("archived_end_offset");
            if (ends.entrySet().stream().allMatch(end -> archived.getOrDefault(end.getKey(), 0L) >= end.getValue())) {
                return;
            }
            if (System.nanoTime() > giveUp) {
                throw new IOException("the archive is at " + archived + " after " + LONGEST_WAIT.toSeconds()
                        + " s, expected " + ends);
            }
            Thread.sleep(250);
        }
    }

    private Map<Integer, Long> offsets(String field) throws ControlFailure, InterruptedException {
        var offsets = new TreeMap<Integer, Long>();
        for (JsonNode partition : metrics.get("/api/archive")) {
            offsets.put(
                    partition.path("partition").asInt(), partition.path(field).asLong());
        }
        return offsets;
    }
}
