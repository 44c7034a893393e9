package dev.ringside.experiments.api;

import dev.ringside.experiments.Refusal;
import dev.ringside.experiments.barrier.Barrier;
import dev.ringside.experiments.control.ControlPlane;
import dev.ringside.experiments.look.Look;
import dev.ringside.experiments.view.WriterView;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The clock of events. */
@Path("/api/clock")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@RunOnVirtualThread
@EndpointDisabled(name = "ringside.role.experiments.enabled", stringValue = "false")
public final class ClockApi {
    private final Provider<ControlPlane> plane;

    /** Serves a control plane. */
    @Inject
    public ClockApi(Provider<ControlPlane> plane) {
        this.plane = plane;
    }

    private record ClockView(
            String clock, @Nullable Instant time, @Nullable Instant horizon, List<WriterView> writers) {}

    private record ClockOrder(@Nullable String time) {}

    private record LookMade(String id, String experiment, String segment, Instant at, String verdict) {
        static LookMade of(Look look) {
            return new LookMade(look.id(), look.experiment(), look.segment(), look.at(), look.verdict());
        }
    }

    private record PassedView(Instant time, List<LookMade> looks, long routingVersion) {}

    /** What the clock of events says, and up to when every partition is counted. */
    @GET
    public Response get() {
        return Answers.ok(() -> new ClockView(
                plane.get().barrier().isPresent() ? "request" : "wall",
                plane.get().store().read(plane.get().events()::now),
                plane.get().ledger().horizon().orElse(null),
                WriterView.of(plane.get().ledger())));
    }

    /** Moves a replay's clock and waits until all that follows is in force. */
    @POST
    public Response move(byte @Nullable [] body) {
        ClockOrder order = Requests.order(body, ClockOrder.class, "order");
        Instant time =
                Requests.required("time", Requests.time("time", order.time()), "a time such as 2001-04-01T00:00:00Z");
        return Answers.ok(() -> {
            Barrier barrier = plane.get()
                    .barrier()
                    .orElseThrow(() -> Refusal.conflict(
                            "events carry the machine's time here; only with ringside.clock=request is it set"));
            try {
                Barrier.Passed passed = barrier.pass(time);
                return new PassedView(
                        passed.time(), passed.looks().stream().map(LookMade::of).toList(), passed.routingVersion());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Refusal.notYet("the control plane is stopping");
            }
        });
    }
}
