package dev.ringside.experiments.api;

import dev.ringside.experiments.Cause;
import dev.ringside.experiments.control.ControlPlane;
import dev.ringside.experiments.experiment.Experiment;
import dev.ringside.experiments.experiment.Experiments;
import dev.ringside.experiments.experiment.Lifecycle;
import dev.ringside.experiments.experiment.Region;
import dev.ringside.experiments.look.LookStore;
import dev.ringside.experiments.store.Tx;
import dev.ringside.experiments.view.SeriesPoint;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Experiments: their document, their regions, and the orders that start and end them. */
@Path("/api/experiments")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@RunOnVirtualThread
@EndpointDisabled(name = "ringside.role.experiments.enabled", stringValue = "false")
@Tag(name = "experiments")
public final class ExperimentsApi {
    private final Provider<ControlPlane> plane;

    /** Serves a control plane. */
    @Inject
    public ExperimentsApi(Provider<ControlPlane> plane) {
        this.plane = plane;
    }

    private record RegionOrder(
            @Nullable String segment, @Nullable String why) {}

    private interface Order {
        void carryOut(Lifecycle lifecycle, Tx tx, String name, @Nullable String segment, Cause cause);
    }

    @GET
    @Operation(summary = "All experiments, in short")
    public Response list() {
        return Answers.read(
                plane,
                tx -> Experiments.all(tx).stream()
                        .map(e -> plane.get().views().summary(tx, e))
                        .toList());
    }

    @GET
    @Path("/{name}")
    @Operation(summary = "One experiment with all that is known of it")
    public Response get(@PathParam("name") String name) {
        return Answers.read(plane, tx -> plane.get().views().of(tx, Experiments.get(tx, name)));
    }

    @PUT
    @Path("/{name}")
    @Operation(
            summary = "Makes or changes an experiment",
            description =
                    "JSON, or YAML with Content-Type application/yaml; once started only coverage, arms and kpis change")
    public Response put(
            @PathParam("name") String name,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            @HeaderParam(Requests.ACTOR) @Nullable String actor,
            byte @Nullable [] body) {
        var document = Requests.document(body, contentType, "experiment");
        return Answers.write(plane, tx -> {
            Experiment experiment = plane.get().designs().put(tx, name, document, Requests.cause(actor, null));
            return plane.get().views().of(tx, experiment);
        });
    }

    @POST
    @Path("/{name}/start")
    @Operation(summary = "Starts the first wave; or one region ahead of its wave, or again")
    public Response start(
            @PathParam("name") String name,
            @HeaderParam(Requests.ACTOR) @Nullable String actor,
            byte @Nullable [] body) {
        return order(name, actor, body, Lifecycle::start);
    }

    @POST
    @Path("/{name}/stop")
    @Operation(summary = "Ends a region, or all that are not ended, without a verdict")
    public Response stop(
            @PathParam("name") String name,
            @HeaderParam(Requests.ACTOR) @Nullable String actor,
            byte @Nullable [] body) {
        return order(name, actor, body, Lifecycle::stop);
    }

    @POST
    @Path("/{name}/promote")
    @Operation(summary = "Makes the challenger champion of a region, or of all that run")
    public Response promote(
            @PathParam("name") String name,
            @HeaderParam(Requests.ACTOR) @Nullable String actor,
            byte @Nullable [] body) {
        return order(name, actor, body, Lifecycle::promote);
    }

    @POST
    @Path("/{name}/roll-back")
    @Operation(summary = "Takes the challenger out of a region, or of all where it runs or was promoted")
    public Response rollBack(
            @PathParam("name") String name,
            @HeaderParam(Requests.ACTOR) @Nullable String actor,
            byte @Nullable [] body) {
        return order(name, actor, body, Lifecycle::rollBack);
    }

    private Response order(String name, @Nullable String actor, byte @Nullable [] body, Order order) {
        RegionOrder wanted = Requests.order(body, RegionOrder.class, "order");
        Cause cause = Requests.cause(actor, wanted.why());
        return Answers.write(plane, tx -> {
            order.carryOut(plane.get().lifecycle(), tx, name, wanted.segment(), cause);
            return plane.get().views().of(tx, Experiments.get(tx, name));
        });
    }

    @GET
    @Path("/{name}/regions/{segment}/series")
    @Operation(summary = "The primary KPI's difference at each closing of a cohort, cumulative")
    public Response series(@PathParam("name") String name, @PathParam("segment") String segment) {
        return Answers.read(plane, tx -> {
            Experiment experiment = Experiments.get(tx, name);
            Region.Running ran = experiment.region(segment).ran();
            String primary = experiment.document().primary().name();
            return ran == null
                    ? List.of()
                    : LookStore.comparison(tx, name, ran).stream()
                            .map(look -> SeriesPoint.of(look, primary))
                            .toList();
        });
    }

    @GET
    @Path("/{name}/regions/{segment}/looks")
    @Operation(summary = "All looks at a region, the first first")
    public Response looks(@PathParam("name") String name, @PathParam("segment") String segment) {
        return Answers.read(plane, tx -> {
            Experiments.get(tx, name).region(segment);
            return LookStore.all(tx, name, segment);
        });
    }
}
