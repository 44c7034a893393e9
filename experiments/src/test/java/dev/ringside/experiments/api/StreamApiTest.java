package dev.ringside.experiments.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import dev.ringside.experiments.world.Documents;
import dev.ringside.experiments.world.World;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.resteasy.reactive.server.jaxrs.SseImpl;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StreamApiTest {
    /** A page that listens. */
    private static final class Page implements SseEventSink {
        private final BlockingQueue<OutboundSseEvent> events = new LinkedBlockingQueue<>();
        private volatile boolean closed;

        @Override
        public boolean isClosed() {
            return closed;
        }

        @Override
        public CompletionStage<?> send(OutboundSseEvent event) {
            events.add(event);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {
            closed = true;
        }

        JsonNode next() throws InterruptedException {
            OutboundSseEvent event = events.poll(5, TimeUnit.SECONDS);
            assertEquals("changed", event.getName());
            return Json.read((String) event.getData(), JsonNode.class);
        }
    }

    @Test
    void aPageIsToldAtOnceAndThenOfEachChangeWithItsExperiment() throws Exception {
        try (World world = World.replay()) {
            world.eta("PDX");
            var page = new Page();
            new StreamApi(world::plane).stream(page, new SseImpl());
            JsonNode first = page.next();
            assertTrue(first.get("routing_version").asLong() > 1);
            assertTrue(first.get("experiment").isNull());
            assertTrue(first.get("horizon").isNull());
            world.put("better", Documents.experimentYaml("[[PDX]]"));
            assertEquals("better", page.next().get("experiment").asText());
            world.aggregator.reach(World.START);
            JsonNode counted = page.next();
            assertTrue(counted.get("experiment").isNull());
            assertEquals(World.START.toString(), counted.get("horizon").asText());
            page.close();
        }
    }

    @Test
    void changesInQuickSuccessionAreToldAtMostFourTimesASecond() throws Exception {
        try (World world = World.replay()) {
            var page = new Page();
            new StreamApi(world::plane).stream(page, new SseImpl());
            page.next();
            long began = System.nanoTime();
            for (int i = 0; i < 500; i++) {
                world.plane().changes().signal();
                Thread.sleep(1);
            }
            long quarters = 1 + (System.nanoTime() - began) / 250_000_000;
            int told = page.events.size();
            assertTrue(told >= 1 && told <= quarters, () -> "told " + told + " times in " + quarters + " quarters");
            page.close();
        }
    }

    @Test
    @DisplayName("B10: a stop ends the streams of open pages at once")
    void aStopEndsTheStreamsOfOpenPages() throws Exception {
        try (World world = World.replay()) {
            var page = new Page();
            new StreamApi(world::plane).stream(page, new SseImpl());
            page.next();
            long began = System.nanoTime();
            world.plane().changes().close();
            while (!page.isClosed()) {
                assertTrue(System.nanoTime() - began < 2_000_000_000L, "still open");
                Thread.sleep(5);
            }
        }
    }
}
