package dev.ringside.app.http;

import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceJson;
import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.ServerMetadata;
import dev.ringside.contract.json.Json;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.quarkus.vertx.http.Uncompressed;
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
import org.jspecify.annotations.Nullable;

/**
 * The Open Inference Protocol v2 over REST, as the clients of Triton and KServe speak it. Any content type is taken:
 * Triton's clients send none or a form's. Bodies are whole arrays, so every answer has a Content-Length.
 */
@Path("/v2")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
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

    /** The server's name, version and extensions. */
    @GET
    public byte[] server() {
        return Json.bytes(ServerMetadata.ringside(version));
    }

    /** Whether the process runs. */
    @GET
    @Path("/health/live")
    public byte[] live() {
        return InferenceJson.live(true);
    }

    /** Whether requests can be answered. */
    @GET
    @Path("/health/ready")
    public Response ready() {
        return readiness(frontEnd::ready);
    }

    /** A model's inputs, outputs and versions. */
    @GET
    @Path("/models/{model}")
    public byte[] model(@PathParam("model") String model) {
        return Json.bytes(frontEnd.metadata(model, null));
    }

    /** A version's inputs and outputs. */
    @GET
    @Path("/models/{model}/versions/{version}")
    public byte[] version(@PathParam("model") String model, @PathParam("version") String modelVersion) {
        return Json.bytes(frontEnd.metadata(model, modelVersion));
    }

    /** Whether a model can answer. */
    @GET
    @Path("/models/{model}/ready")
    public Response modelReady(@PathParam("model") String model) {
        return readiness(() -> frontEnd.ready(model, null));
    }

    /** Whether a version can answer. */
    @GET
    @Path("/models/{model}/versions/{version}/ready")
    public Response versionReady(@PathParam("model") String model, @PathParam("version") String modelVersion) {
        return readiness(() -> frontEnd.ready(model, modelVersion));
    }

    /** Predict; with a parameter 'unit' the unit takes part in the experiments of its segment. */
    @POST
    @Uncompressed
    @Path("/models/{model}/infer")
    public byte[] infer(
            @PathParam("model") String model, @HeaderParam(BINARY_HEADER) @Nullable String binary, byte[] body) {
        return answer(model, null, binary, body);
    }

    /** Ask one version; takes part in nothing. */
    @POST
    @Uncompressed
    @Path("/models/{model}/versions/{version}/infer")
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
