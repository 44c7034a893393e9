package dev.ringside.experiments.api;

import dev.ringside.contract.InvalidInput;
import dev.ringside.experiments.control.ControlPlane;
import dev.ringside.experiments.experiment.Experiments;
import dev.ringside.experiments.view.BooksView;
import dev.ringside.experiments.view.PolicyView;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** How the installation stands: its books, and who did what. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@EndpointDisabled(name = "ringside.role.experiments.enabled", stringValue = "false")
public final class StateApi {
    private static final long DEFAULT_LIMIT = 100;
    private static final long HIGHEST_LIMIT = 1000;

    private final Provider<ControlPlane> plane;

    /** Serves a control plane. */
    @Inject
    public StateApi(Provider<ControlPlane> plane) {
        this.plane = plane;
    }

    /** Who did what, when and why; the newest first. */
    @GET
    @Path("/audit")
    public Response audit(
            @QueryParam("subject") @Nullable String subject,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("before") @Nullable String before) {
        Long wanted = Requests.number("limit", limit);
        Long beforeId = Requests.number("before", before);
        InvalidInput.require(
                wanted == null || wanted <= HIGHEST_LIMIT,
                "limit",
                "expected at most " + HIGHEST_LIMIT + ", found " + wanted);
        int most = Math.toIntExact(wanted == null ? DEFAULT_LIMIT : wanted);
        return Answers.read(plane, tx -> plane.get().audit().list(tx, subject, beforeId, most));
    }

    /** The numbers that verdicts are decided by. */
    @GET
    @Path("/policy")
    public Response policy() {
        return Answers.ok(PolicyView::present);
    }

    /** What was taken in since the installation began. */
    @GET
    @Path("/books")
    public Response books() {
        return Answers.read(
                plane,
                tx -> BooksView.of(plane.get().ledger(), plane.get().fleet().all(), Experiments.outcomes(tx)));
    }
}
