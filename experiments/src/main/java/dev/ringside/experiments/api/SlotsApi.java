package dev.ringside.experiments.api;

import dev.ringside.experiments.control.ControlPlane;
import dev.ringside.experiments.slot.SlotDocument;
import dev.ringside.experiments.slot.Slots;
import dev.ringside.experiments.view.SlotView;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Slots, and units that are sent by hand. */
@Path("/api/slots")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@RunOnVirtualThread
@EndpointDisabled(name = "ringside.role.experiments.enabled", stringValue = "false")
public final class SlotsApi {
    private final Provider<ControlPlane> plane;

    /** Serves a control plane. */
    @Inject
    public SlotsApi(Provider<ControlPlane> plane) {
        this.plane = plane;
    }

    private record OverrideOrder(
            @Nullable String version, @Nullable String why) {}

    /** All slots. */
    @GET
    public Response list() {
        return Answers.read(
                plane,
                tx -> Slots.all(tx).stream().map(slot -> SlotView.of(tx, slot)).toList());
    }

    /** One slot. */
    @GET
    @Path("/{name}")
    public Response get(@PathParam("name") String name) {
        return Answers.read(plane, tx -> SlotView.of(tx, Slots.get(tx, name)));
    }

    /** Makes or changes a slot. */
    @PUT
    @Path("/{name}")
    public Response put(
            @PathParam("name") String name,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            @HeaderParam(Requests.ACTOR) @Nullable String actor,
            byte @Nullable [] body) {
        var document = Requests.document(body, contentType, "slot");
        return Answers.write(plane, tx -> {
            SlotDocument slot = plane.get().slots().put(tx, name, document, Requests.cause(actor, null));
            return SlotView.of(tx, slot);
        });
    }

    /** Sends a unit always to one version, outside of all analysis. */
    @PUT
    @Path("/{name}/overrides/{unit}")
    public Response override(
            @PathParam("name") String name,
            @PathParam("unit") String unit,
            @HeaderParam(Requests.ACTOR) @Nullable String actor,
            byte @Nullable [] body) {
        OverrideOrder order = Requests.order(body, OverrideOrder.class, "override");
        String version = Requests.required("version", order.version(), "a version of the slot");
        return Answers.write(plane, tx -> {
            SlotDocument slot = Slots.get(tx, name);
            plane.get().overrides().put(tx, slot, unit, version, Requests.cause(actor, order.why()));
            return SlotView.of(tx, slot);
        });
    }

    /** Sends a unit where all others go. */
    @DELETE
    @Path("/{name}/overrides/{unit}")
    public Response removeOverride(
            @PathParam("name") String name,
            @PathParam("unit") String unit,
            @HeaderParam(Requests.ACTOR) @Nullable String actor) {
        return Answers.write(plane, tx -> {
            SlotDocument slot = Slots.get(tx, name);
            plane.get().overrides().remove(tx, slot, unit, Requests.cause(actor, null));
            return SlotView.of(tx, slot);
        });
    }
}
