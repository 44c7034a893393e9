package dev.ringside.app.http;

import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceJson;
import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.ServerMetadata;
import dev.ringside.contract.json.Json;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * The Open Inference Protocol v2 over REST, as the clients of Triton and KServe speak it. Any content type is taken:
 * Triton's clients send none or a form's. Bodies are whole arrays, so every answer has a Content-Length.
 */
@Path("/v2")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Open Inference Protocol v2")
@EndpointDisabled(name = OpenInferenceResource.ENABLED, stringValue = "false")
public final class OpenInferenceResource {
    /** The property that says whether this process has a role that answers here; the command line sets it. */
    public static final String ENABLED = "inference.enabled";

    private static final String BINARY_HEADER = "Inference-Header-Content-Length";

    private final InferenceFrontEnd frontEnd;
    private final String version;

    OpenInferenceResource(
            InferenceFrontEnd frontEnd, @ConfigProperty(name = "quarkus.application.version") String version) {
        this.frontEnd = frontEnd;
        this.version = version;
    }

    @GET
    @Operation(summary = "The server's name, version and extensions")
    public byte[] server() {
        return Json.bytes(ServerMetadata.ringside(version));
    }

    @GET
    @Path("/health/live")
    @Operation(summary = "Whether the process runs")
    public byte[] live() {
        return InferenceJson.live(true);
    }

    @GET
    @Path("/health/ready")
    @Operation(summary = "Whether requests can be answered")
    public Response ready() {
        return readiness(frontEnd::ready);
    }

    @GET
    @Path("/models/{model}")
    @Operation(summary = "A model's inputs, outputs and versions")
    public byte[] model(@PathParam("model") String model) {
        return Json.bytes(frontEnd.metadata(model, null));
    }

    @GET
    @Path("/models/{model}/versions/{version}")
    @Operation(summary = "A version's inputs and outputs")
    public byte[] version(@PathParam("model") String model, @PathParam("version") String modelVersion) {
        return Json.bytes(frontEnd.metadata(model, modelVersion));
    }

    @GET
    @Path("/models/{model}/ready")
    @Operation(summary = "Whether a model can answer")
    public Response modelReady(@PathParam("model") String model) {
        return readiness(() -> frontEnd.ready(model, null));
    }

    @GET
    @Path("/models/{model}/versions/{version}/ready")
    @Operation(summary = "Whether a version can answer")
    public Response versionReady(@PathParam("model") String model, @PathParam("version") String modelVersion) {
        return readiness(() -> frontEnd.ready(model, modelVersion));
    }

    @POST
    @Path("/models/{model}/infer")
    @Operation(summary = "Predict; with a parameter 'unit' the unit takes part in the experiments of its segment")
    public byte[] infer(
            @PathParam("model") String model, @HeaderParam(BINARY_HEADER) @Nullable String binary, byte[] body) {
        return answer(model, null, binary, body);
    }

    @POST
    @Path("/models/{model}/versions/{version}/infer")
    @Operation(summary = "Ask one version; takes part in nothing")
    public byte[] inferVersion(
            @PathParam("model") String model,
            @PathParam("version") String modelVersion,
            @HeaderParam(BINARY_HEADER) @Nullable String binary,
            byte[] body) {
        return answer(model, modelVersion, binary, body);
    }

    private byte[] answer(String model, @Nullable String modelVersion, @Nullable String binary, byte[] body) {
        InferenceJson.requireJson(binary, body.length);
        InferenceRequest request = InferenceJson.readRequest(body);
        return InferenceJson.writeResponse(frontEnd.infer(model, modelVersion, request));
    }

    private static Response readiness(BooleanSupplier ready) {
        boolean answer = ready.getAsBoolean();
        return Response.status(answer ? 200 : InferenceFailure.Cause.UNAVAILABLE.status())
                .entity(InferenceJson.ready(answer))
                .build();
    }
}
