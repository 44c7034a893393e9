package dev.ringside.app.http;

import dev.ringside.app.configuration.InferenceConfig;
import dev.ringside.app.tracing.RequestTrace;
import dev.ringside.app.tracing.Tracing;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.actor.ActorHeader;
import dev.ringside.contract.inference.InferenceBinary;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceJson;
import dev.ringside.contract.inference.InferenceLimits;
import dev.ringside.contract.inference.InferenceResponse;
import dev.ringside.contract.inference.ServerMetadata;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.TensorSpec;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.quarkus.vertx.http.Compressed;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The Open Inference Protocol v2 over REST, with its extension for binary tensors, as the clients of Triton and KServe speak it. Any content type is taken:
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

    private static final String INFER = "POST /v2/models/{model}/infer";
    private static final String INFER_VERSION = "POST /v2/models/{model}/versions/{version}/infer";

    private final InferenceFrontEnd frontEnd;
    private final InferenceLimits limits;
    private final Tracing tracing;
    private final String version;

    OpenInferenceResource(
            InferenceFrontEnd frontEnd,
            InferenceConfig config,
            Tracing tracing,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.frontEnd = frontEnd;
        this.limits = config.limits();
        this.tracing = tracing;
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
    @Compressed
    @Path("/models/{model}/infer")
    public Response infer(
            @PathParam("model") String model,
            @HeaderParam(InferenceBinary.HEADER) @Nullable String jsonLength,
            @Context RoutingContext request,
            byte[] body) {
        try (RequestTrace trace = tracing.begin(INFER, request, OpenInferenceResource::header)) {
            return answer(model, null, jsonLength, request, trace, body);
        }
    }

    /** Ask one version; takes part in nothing. */
    @POST
    @Compressed
    @Path("/models/{model}/versions/{version}/infer")
    public Response inferVersion(
            @PathParam("model") String model,
            @PathParam("version") String modelVersion,
            @HeaderParam(InferenceBinary.HEADER) @Nullable String jsonLength,
            @Context RoutingContext request,
            byte[] body) {
        try (RequestTrace trace = tracing.begin(INFER_VERSION, request, OpenInferenceResource::header)) {
            return answer(model, modelVersion, jsonLength, request, trace, body);
        }
    }

    private Response answer(
            String model,
            @Nullable String modelVersion,
            @Nullable String jsonLength,
            RoutingContext context,
            RequestTrace trace,
            byte[] body) {
        WaitingClient client = WaitingClients.of(context);
        try {
            frontEnd.admit(model, ActorHeader.provenName(context.request().getHeader(ActorHeader.NAME)));
            InferenceBinary.Received received;
            try (var _ = trace.step(RequestTrace.READ)) {
                received = InferenceBinary.isRaw(jsonLength)
                        ? raw(model, modelVersion, body)
                        : InferenceBinary.readRequest(jsonLength, body, limits);
            }
            trace.asked(model, modelVersion, received.request());
            InferenceResponse response = frontEnd.mayBeLeft(modelVersion)
                    ? client.answer(() -> frontEnd.infer(model, modelVersion, received.request()))
                    : frontEnd.infer(model, modelVersion, received.request());
            trace.answered(response);
            InferenceBinary.Body answer;
            try (var _ = trace.step(RequestTrace.WRITE)) {
                answer = InferenceBinary.writeResponse(received.classes().of(response), received.binary());
            }
            return answer.jsonLength() == null
                    ? Response.ok(answer.bytes(), MediaType.APPLICATION_JSON_TYPE)
                            .build()
                    : Response.ok(answer.bytes(), MediaType.APPLICATION_OCTET_STREAM_TYPE)
                            .header(InferenceBinary.HEADER, answer.jsonLength())
                            .build();
        } catch (InferenceFailure e) {
            trace.failed(e);
            throw Complaints.naming(model, modelVersion, e);
        } catch (InvalidInput e) {
            trace.failed(e);
            throw Complaints.naming(model, modelVersion, e);
        } catch (RuntimeException e) {
            trace.failed(e);
            throw e;
        }
    }

    private static @Nullable String header(RoutingContext request, String name) {
        return request.request().getHeader(name);
    }

    /** The values of the only input, and nothing else. */
    private InferenceBinary.Received raw(String model, @Nullable String modelVersion, byte[] body) {
        List<TensorSpec> inputs = frontEnd.metadata(model, modelVersion).inputs();
        if (inputs.size() != 1) {
            throw new InferenceFailure(
                    InferenceFailure.Cause.MALFORMED,
                    "header " + InferenceBinary.HEADER + " is 0, which says that the body is the values of the only"
                            + " input, and model '" + model + "' has "
                            + inputs.stream().map(TensorSpec::name).toList());
        }
        TensorSpec only = inputs.getFirst();
        return InferenceBinary.readRaw(body, only.name(), only.datatype(), only.shape(), limits);
    }

    private static Response readiness(BooleanSupplier ready) {
        boolean answer = ready.getAsBoolean();
        return Response.status(answer ? 200 : InferenceFailure.Cause.UNAVAILABLE.status())
                .entity(InferenceJson.ready(answer))
                .build();
    }
}
