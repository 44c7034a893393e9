package dev.ringside.app.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.repository.ModelStatistics;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Triton's extensions of the protocol over REST: the model repository, configurations and statistics. */
@Path("/v2")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@EndpointDisabled(name = OpenInferenceResource.ENABLED, stringValue = "false")
public final class ModelRepositoryResource {
    private static final byte[] DONE = {'{', '}'};

    private final ModelRepository repository;

    ModelRepositoryResource(ModelRepository repository) {
        this.repository = repository;
    }

    /** The models and versions that there are. */
    @POST
    @Path("/repository/index")
    public byte[] index(byte[] body) {
        JsonNode asked = document(body);
        JsonNode ready = asked.path("ready");
        if (!ready.isMissingNode() && !ready.isBoolean()) {
            throw new InferenceFailure(Cause.MALFORMED, "'ready': expected true or false, found " + ready);
        }
        return Json.bytes(repository.index(ready.asBoolean()));
    }

    /** Loads a model, or loads it anew where its files have changed. */
    @POST
    @Path("/repository/models/{model}/load")
    public byte[] load(@PathParam("model") String model, byte[] body) {
        return load(model, null, document(body));
    }

    /** Loads a version. */
    @POST
    @Path("/repository/models/{model}/versions/{version}/load")
    public byte[] loadVersion(@PathParam("model") String model, @PathParam("version") String version, byte[] body) {
        return load(model, version, document(body));
    }

    private byte[] load(String model, @Nullable String version, JsonNode asked) {
        var parameters = new ArrayList<String>();
        asked.path("parameters").fieldNames().forEachRemaining(parameters::add);
        LoadParameters.check(model, parameters);
        repository.load(model, version);
        return DONE;
    }

    /** Unloads a model once it has finished its requests. */
    @POST
    @Path("/repository/models/{model}/unload")
    public byte[] unload(@PathParam("model") String model, byte[] body) {
        document(body);
        repository.unload(model, null);
        return DONE;
    }

    /** Unloads a version once it has finished its requests. */
    @POST
    @Path("/repository/models/{model}/versions/{version}/unload")
    public byte[] unloadVersion(@PathParam("model") String model, @PathParam("version") String version, byte[] body) {
        document(body);
        repository.unload(model, version);
        return DONE;
    }

    /** How a model is served. */
    @GET
    @Path("/models/{model}/config")
    public byte[] configuration(@PathParam("model") String model) {
        return Json.bytes(repository.configuration(model, null));
    }

    /** How a version is served. */
    @GET
    @Path("/models/{model}/versions/{version}/config")
    public byte[] versionConfiguration(@PathParam("model") String model, @PathParam("version") String version) {
        return Json.bytes(repository.configuration(model, version));
    }

    /** What every version was asked. */
    @GET
    @Path("/models/stats")
    public byte[] statistics() {
        return Json.bytes(new ModelStatistics.Report(repository.statistics(null, null)));
    }

    /** What a model's versions were asked. */
    @GET
    @Path("/models/{model}/stats")
    public byte[] modelStatistics(@PathParam("model") String model) {
        return Json.bytes(new ModelStatistics.Report(repository.statistics(model, null)));
    }

    /** What a version was asked. */
    @GET
    @Path("/models/{model}/versions/{version}/stats")
    public byte[] versionStatistics(@PathParam("model") String model, @PathParam("version") String version) {
        return Json.bytes(new ModelStatistics.Report(repository.statistics(model, version)));
    }

    /** The body, an object; none is an empty one. */
    private static JsonNode document(byte[] body) {
        JsonNode document = body.length == 0 ? Json.mapper().createObjectNode() : Json.read(body, JsonNode.class);
        if (!document.isObject()) {
            throw new InferenceFailure(Cause.MALFORMED, "the body: expected a JSON object, found " + document);
        }
        return document;
    }
}
