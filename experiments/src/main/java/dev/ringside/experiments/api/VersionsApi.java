package dev.ringside.experiments.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.ModelManifest;
import dev.ringside.experiments.Cause;
import dev.ringside.experiments.control.ControlPlane;
import dev.ringside.experiments.registry.Versions;
import dev.ringside.experiments.slot.SlotDocument;
import dev.ringside.experiments.slot.Slots;
import dev.ringside.experiments.view.LineageView;
import dev.ringside.experiments.view.VersionView;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The versions of a slot's model. */
@Path("/api/slots")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@RunOnVirtualThread
@EndpointDisabled(name = "ringside.role.experiments.enabled", stringValue = "false")
public final class VersionsApi {
    private static final List<String> REQUIRED = List.of("slot", "version", "format", "sha256", "signature");

    private final Provider<ControlPlane> plane;

    private record Reason(@Nullable String why) {}

    /** Serves a control plane. */
    @Inject
    public VersionsApi(Provider<ControlPlane> plane) {
        this.plane = plane;
    }

    /** All versions, with what each server says of them. */
    @GET
    @Path("/{slot}/versions")
    public Response list(@PathParam("slot") String slot) {
        return Answers.read(plane, tx -> {
            SlotDocument document = Slots.get(tx, slot);
            return Versions.all(tx, slot).stream()
                    .map(v -> VersionView.of(tx, document, v, plane.get().readiness()))
                    .toList();
        });
    }

    /** A version from its data to where it served. */
    @GET
    @Path("/{slot}/versions/{version}/lineage")
    public Response lineage(@PathParam("slot") String slot, @PathParam("version") String version) {
        return Answers.read(plane, tx -> LineageView.of(tx, Slots.get(tx, slot), version));
    }

    /** Registers a version. */
    @POST
    @Path("/{slot}/versions")
    public Response register(
            @PathParam("slot") String slot,
            @HeaderParam(Requests.ACTOR) @Nullable String actor,
            byte @Nullable [] body) {
        ModelManifest manifest = manifest(body);
        var cause = Requests.cause(actor, null);
        var registration =
                Answers.run(() -> plane.get().versions().register(plane.get().store(), slot, manifest, cause));
        return Answers.of(
                registration.added() ? 201 : 200,
                () -> plane.get()
                        .store()
                        .read(tx -> VersionView.of(
                                tx,
                                Slots.get(tx, slot),
                                registration.version(),
                                plane.get().readiness())));
    }

    /** Takes a version that nothing names out of the routing table, so that no server loads it. */
    @POST
    @Path("/{slot}/versions/{version}/retire")
    public Response retire(
            @PathParam("slot") String slot,
            @PathParam("version") String version,
            @HeaderParam(Requests.ACTOR) @Nullable String actor,
            byte @Nullable [] body) {
        Cause cause = Requests.reason(
                actor, Requests.order(body, Reason.class, "order").why());
        return Answers.write(plane, tx -> {
            SlotDocument document = Slots.get(tx, slot);
            plane.get().versionRetirement().retire(tx, document, version, cause);
            return VersionView.of(
                    tx, document, Versions.get(tx, slot, version), plane.get().readiness());
        });
    }

    /** Brings a retired version back. */
    @POST
    @Path("/{slot}/versions/{version}/restore")
    public Response restore(
            @PathParam("slot") String slot,
            @PathParam("version") String version,
            @HeaderParam(Requests.ACTOR) @Nullable String actor,
            byte @Nullable [] body) {
        Cause cause = Requests.reason(
                actor, Requests.order(body, Reason.class, "order").why());
        return Answers.write(plane, tx -> {
            SlotDocument document = Slots.get(tx, slot);
            plane.get().versionRetirement().restore(tx, document, version, cause);
            return VersionView.of(
                    tx, document, Versions.get(tx, slot, version), plane.get().readiness());
        });
    }

    /** Removes a version that never served, such as one that cannot be loaded. */
    @DELETE
    @Path("/{slot}/versions/{version}")
    public Response delete(
            @PathParam("slot") String slot,
            @PathParam("version") String version,
            @HeaderParam(Requests.ACTOR) @Nullable String actor,
            @QueryParam("why") @Nullable String why) {
        return Answers.write(plane, tx -> {
            plane.get().versionRetirement().delete(tx, Slots.get(tx, slot), version, Requests.cause(actor, why));
            return Map.of("deleted", version);
        });
    }

    /** A manifest may come from a newer trainer, so fields that are not known here are ignored. */
    private static ModelManifest manifest(byte @Nullable [] body) {
        JsonNode tree = Requests.order(body, JsonNode.class, "manifest");
        InvalidInput.require(tree.isObject(), "", "expected a manifest as a JSON object");
        REQUIRED.forEach(field -> InvalidInput.require(tree.hasNonNull(field), field, "missing from the manifest"));
        return Json.read(tree, ModelManifest.class);
    }
}
