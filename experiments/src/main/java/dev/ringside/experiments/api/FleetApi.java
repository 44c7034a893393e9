package dev.ringside.experiments.api;

import dev.ringside.experiments.Cause;
import dev.ringside.experiments.control.ControlPlane;
import dev.ringside.experiments.fleet.Fleet;
import dev.ringside.experiments.view.ProcessView;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** The processes of the installation. */
@Path("/api/fleet")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@RunOnVirtualThread
@EndpointDisabled(name = "ringside.role.experiments.enabled", stringValue = "false")
public final class FleetApi {
    private final Provider<ControlPlane> plane;

    /** Serves a control plane. */
    @Inject
    public FleetApi(Provider<ControlPlane> plane) {
        this.plane = plane;
    }

    private record RetireOrder(@Nullable String why) {}

    /** Every process that ever reported, as it reported last. */
    @GET
    public Response list() {
        Fleet fleet = plane.get().fleet();
        return Answers.ok(() -> fleet.all().stream()
                .map(report -> ProcessView.of(report, fleet.isLive(report)))
                .toList());
    }

    /** Closes a writer of events that will not come back, so that no look waits for it. */
    @POST
    @Path("/{id}/retire")
    public Response retire(
            @PathParam("id") String id, @HeaderParam(Requests.ACTOR) @Nullable String actor, byte @Nullable [] body) {
        Cause cause = Requests.cause(
                actor, Requests.order(body, RetireOrder.class, "order").why());
        return Answers.write(plane, tx -> plane.get().retirement().retire(tx, id, cause));
    }
}
