package dev.ringside.experiments.api;

import dev.ringside.experiments.control.ControlPlane;
import dev.ringside.experiments.routing.RoutingState;
import dev.ringside.experiments.store.Changes;
import dev.ringside.experiments.store.StoreFailure;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Server-sent events: tells a page when to look again, at most four times a second. */
@Path("/api/stream")
@EndpointDisabled(name = "ringside.role.experiments.enabled", stringValue = "false")
public final class StreamApi {
    private static final System.Logger LOG = System.getLogger(StreamApi.class.getName());
    private static final Duration INTERVAL = Duration.ofMillis(250);
    private static final Duration STILL_HERE = Duration.ofSeconds(15);

    private final Provider<ControlPlane> plane;

    /** Serves a control plane. */
    @Inject
    public StreamApi(Provider<ControlPlane> plane) {
        this.plane = plane;
    }

    private record Changed(
            @Nullable String experiment,
            long routingVersion,
            @Nullable Instant horizon) {}

    /** An event 'changed' whenever something may have changed, the first one at once. */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void stream(@Context SseEventSink sink, @Context Sse sse) {
        Thread.ofVirtual().name("stream").start(() -> follow(sink, sse));
    }

    private void follow(SseEventSink sink, Sse sse) {
        try (sink) {
            Changes changes = plane.get().changes();
            long seen = changes.count();
            send(sink, changed(sse, null));
            while (!sink.isClosed() && !changes.isClosed()) {
                Changes.Seen now = changes.await(seen, STILL_HERE);
                boolean rung = now.count() > seen;
                send(sink, rung ? changed(sse, now.experiment()) : stillHere(sse));
                seen = now.count();
                TimeUnit.NANOSECONDS.sleep(INTERVAL.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | StoreFailure | IllegalStateException e) {
            // Also one that was closed from the other side while it was written to.
            LOG.log(System.Logger.Level.DEBUG, "a stream ended: {0}", e.getMessage());
        }
    }

    private OutboundSseEvent changed(Sse sse, @Nullable String experiment) {
        long version = plane.get().store().read(RoutingState::version);
        var data =
                new Changed(experiment, version, plane.get().ledger().horizon().orElse(null));
        return sse.newEventBuilder()
                .name("changed")
                .mediaType(MediaType.TEXT_PLAIN_TYPE)
                .data(String.class, Answers.json(data))
                .build();
    }

    private static OutboundSseEvent stillHere(Sse sse) {
        return sse.newEventBuilder().comment("still here").build();
    }

    private static void send(SseEventSink sink, OutboundSseEvent event)
            throws InterruptedException, ExecutionException, TimeoutException {
        sink.send(event).toCompletableFuture().get(STILL_HERE.toSeconds(), TimeUnit.SECONDS);
    }
}
