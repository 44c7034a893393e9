package dev.ringside.experiments.api;

import dev.ringside.experiments.Cause;
import dev.ringside.experiments.control.ControlPlane;
import dev.ringside.experiments.experiment.Experiment;
import dev.ringside.experiments.experiment.Experiments;
import dev.ringside.experiments.experiment.Lifecycle;
import dev.ringside.experiments.experiment.Region;
import dev.ringside.experiments.look.LookStore;
import dev.ringside.experiments.store.Tx;
import dev.ringside.experiments.view.CohortsView;
import dev.ringside.experiments.view.SeriesPoint;
import dev.ringside.experiments.view.StandingView;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Experiments: their document, their regions, and the orders that start and end them. */
@Path("/api/experiments")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@RunOnVirtualThread
@EndpointDisabled(name = "ringside.role.experiments.enabled", stringValue = "false")
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

    /** All experiments, in short. */
    @GET
    public Response list() {
        return Answers.read(
                plane,
                tx -> Experiments.all(tx).stream()
                        .map(e -> plane.get().views().summary(tx, e))
                        .toList());
    }

    /** One experiment with all that is known of it. */
    @GET
    @Path("/{name}")
    public Response get(@PathParam("name") String name) {
        return Answers.read(plane, tx -> plane.get().views().of(tx, Experiments.get(tx, name)));
    }

    /** Makes or changes an experiment. */
    @PUT
    @Path("/{name}")
    public Response put(
            @PathParam("name") String name,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            @HeaderParam(Requests.ACTOR) @Nullable String actor,
            @QueryParam("why") @Nullable String why,
            byte @Nullable [] body) {
        var document = Requests.document(body, contentType, "experiment");
        return Answers.write(plane, tx -> {
            Experiment experiment = plane.get().designs().put(tx, name, document, Requests.cause(actor, why));
            return plane.get().views().of(tx, experiment);
        });
    }

    /** Removes a draft. */
    @DELETE
    @Path("/{name}")
    public Response delete(
            @PathParam("name") String name,
            @HeaderParam(Requests.ACTOR) @Nullable String actor,
            @QueryParam("why") @Nullable String why) {
        return Answers.write(plane, tx -> {
            plane.get().designs().delete(tx, name, Requests.cause(actor, why));
            return Map.of("deleted", name);
        });
    }

    /** Starts the first wave; or one region ahead of its wave, or again. */
    @POST
    @Path("/{name}/start")
    public Response start(
            @PathParam("name") String name,
            @HeaderParam(Requests.ACTOR) @Nullable String actor,
            byte @Nullable [] body) {
        return order(name, actor, body, Lifecycle::start);
    }

    /** Ends a region, or all that are not ended, without a verdict. */
    @POST
    @Path("/{name}/stop")
    public Response stop(
            @PathParam("name") String name,
            @HeaderParam(Requests.ACTOR) @Nullable String actor,
            byte @Nullable [] body) {
        return order(name, actor, body, Lifecycle::stop);
    }

    /** Makes the challenger champion of a region, or of all that run. */
    @POST
    @Path("/{name}/promote")
    public Response promote(
            @PathParam("name") String name,
            @HeaderParam(Requests.ACTOR) @Nullable String actor,
            byte @Nullable [] body) {
        return order(name, actor, body, Lifecycle::promote);
    }

    /** Takes the challenger out of a region, or of all where it runs or was promoted. */
    @POST
    @Path("/{name}/roll-back")
    public Response rollBack(
            @PathParam("name") String name,
            @HeaderParam(Requests.ACTOR) @Nullable String actor,
            byte @Nullable [] body) {
        return order(name, actor, body, Lifecycle::rollBack);
    }

    /** Gives everybody of a region, or of all that run, the champion until it is resumed or ended. */
    @POST
    @Path("/{name}/pause")
    public Response pause(
            @PathParam("name") String name,
            @HeaderParam(Requests.ACTOR) @Nullable String actor,
            byte @Nullable [] body) {
        return order(name, actor, body, Lifecycle::pause);
    }

    /** Goes on with a paused region, or with all that are paused, in another epoch. */
    @POST
    @Path("/{name}/resume")
    public Response resume(
            @PathParam("name") String name,
            @HeaderParam(Requests.ACTOR) @Nullable String actor,
            byte @Nullable [] body) {
        return order(name, actor, body, Lifecycle::resume);
    }

    /** Gives the new champion to those too who were held back after a promotion. */
    @POST
    @Path("/{name}/end-holdback")
    public Response endHoldback(
            @PathParam("name") String name,
            @HeaderParam(Requests.ACTOR) @Nullable String actor,
            byte @Nullable [] body) {
        return order(name, actor, body, Lifecycle::endHoldback);
    }

    private Response order(String name, @Nullable String actor, byte @Nullable [] body, Order order) {
        RegionOrder wanted = Requests.order(body, RegionOrder.class, "order");
        Cause cause = Requests.reason(actor, wanted.why());
        return Answers.write(plane, tx -> {
            order.carryOut(plane.get().lifecycle(), tx, name, wanted.segment(), cause);
            return plane.get().views().of(tx, Experiments.get(tx, name));
        });
    }

    /** The primary KPI's difference at each closing of a cohort, cumulative; of the present run, or of another. */
    @GET
    @Path("/{name}/regions/{segment}/series")
    public Response series(
            @PathParam("name") String name,
            @PathParam("segment") String segment,
            @QueryParam("run") @Nullable String run) {
        Long wanted = Requests.number("run", run);
        return Answers.read(plane, tx -> {
            Experiment experiment = Experiments.get(tx, name);
            Region region = experiment.region(segment);
            String primary = experiment.document().primary().name();
            return region.ran() == null && wanted == null
                    ? List.of()
                    : LookStore.closings(tx, name, segment, StandingView.firstEpoch(region, wanted)).stream()
                            .map(look -> SeriesPoint.of(look, primary))
                            .toList();
        });
    }

    /** The primary KPI's difference by the week of the first exposure; of the present run, or of another. */
    @GET
    @Path("/{name}/regions/{segment}/cohorts")
    public Response cohorts(
            @PathParam("name") String name,
            @PathParam("segment") String segment,
            @QueryParam("run") @Nullable String run) {
        Long wanted = Requests.number("run", run);
        return Answers.read(plane, tx -> {
            Experiment experiment = Experiments.get(tx, name);
            return CohortsView.of(tx, experiment, experiment.region(segment), wanted);
        });
    }

    /** All looks at a region, the first first; or those of one run. */
    @GET
    @Path("/{name}/regions/{segment}/looks")
    public Response looks(
            @PathParam("name") String name,
            @PathParam("segment") String segment,
            @QueryParam("run") @Nullable String run) {
        Long wanted = Requests.number("run", run);
        return Answers.read(plane, tx -> {
            Region region = Experiments.get(tx, name).region(segment);
            return wanted == null
                    ? LookStore.all(tx, name, segment, region.wave() + 1)
                    : LookStore.from(tx, name, segment, StandingView.firstEpoch(region, wanted));
        });
    }
}
