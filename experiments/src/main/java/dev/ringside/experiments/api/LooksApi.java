package dev.ringside.experiments.api;

import dev.ringside.experiments.control.ControlPlane;
import dev.ringside.experiments.look.LookStore;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Looks by their id. */
@Path("/api/looks")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@EndpointDisabled(name = "ringside.role.experiments.enabled", stringValue = "false")
public final class LooksApi {
    private final Provider<ControlPlane> plane;

    /** Serves a control plane. */
    @Inject
    public LooksApi(Provider<ControlPlane> plane) {
        this.plane = plane;
    }

    /** One look, from which its decision can be made again. */
    @GET
    @Path("/{id}")
    public Response get(@PathParam("id") String id) {
        return Answers.read(plane, tx -> LookStore.get(tx, id));
    }
}
