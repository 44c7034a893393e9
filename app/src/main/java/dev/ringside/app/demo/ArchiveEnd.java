package dev.ringside.app.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.app.client.ControlClient;
import dev.ringside.app.client.ControlFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Waits until the archive has all that the log has now: marks are written for ever, so its end moves on. */
final class ArchiveEnd {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private final ControlClient metrics;

    /** @param metrics the role that archives */
    ArchiveEnd(ControlClient metrics) {
        this.metrics = metrics;
    }

    /** Returns when it is there. */
    void await() throws IOException, ControlFailure, InterruptedException {
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
