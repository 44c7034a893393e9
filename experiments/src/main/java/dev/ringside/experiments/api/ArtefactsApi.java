package dev.ringside.experiments.api;

import dev.ringside.experiments.control.ControlPlane;
import dev.ringside.experiments.registry.Artefacts;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** Files by their digest. */
@Path("/api/artefacts")
@RunOnVirtualThread
@EndpointDisabled(name = "ringside.role.experiments.enabled", stringValue = "false")
public final class ArtefactsApi {
    private final Provider<ControlPlane> plane;

    /** Serves a control plane. */
    @Inject
    public ArtefactsApi(Provider<ControlPlane> plane) {
        this.plane = plane;
    }

    /** Uploads a file; answers with its SHA-256. */
    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    public Response upload(InputStream body) {
        return Answers.of(201, () -> plane.get().artefacts().put(body));
    }

    /** The bytes of a file. */
    @GET
    @Path("/{sha256}")
    @Produces(MediaType.WILDCARD)
    public Response download(@PathParam("sha256") String sha256) {
        Artefacts.Content file = Answers.run(() -> plane.get().artefacts().open(sha256));
        return Response.ok(file.content(), MediaType.APPLICATION_OCTET_STREAM)
                .header(HttpHeaders.CONTENT_LENGTH, file.bytes())
                .build();
    }

    /** What a model file says of itself: it is opened and run once. */
    @GET
    @Path("/{sha256}/model")
    @Produces(MediaType.APPLICATION_JSON)
    public Response model(@PathParam("sha256") String sha256) {
        return Answers.ok(() -> plane.get().versions().inspect(sha256));
    }
}
