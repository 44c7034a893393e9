package dev.ringside.router.api;

import dev.ringside.contract.json.Json;
import dev.ringside.contract.routing.FleetReport;
import dev.ringside.router.RouterRole;
import dev.ringside.router.route.Counters;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The state of this router. */
@Path("/api/router")
@EndpointDisabled(name = "ringside.role.router.enabled", stringValue = "false")
public class RouterResource {
    private final RouterRole role;

    /**
     * What is answered.
     *
     * @param ready it has a routing table
     * @param report what it also says to the fleet
     * @param routingAgeSeconds how long ago its routing table was made
     * @param routingProblem what is wrong with its routing table, if anything
     * @param fallbacks by assigned arm
     */
    private record Status(
            boolean ready,
            FleetReport report,
            @Nullable Long routingAgeSeconds,
            @Nullable String routingProblem,
            List<Counters.Fallbacks> fallbacks) {}

    @Inject
    public RouterResource(RouterRole role) {
        this.role = role;
    }

    /** The state of this router. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public String status() {
        return Json.write(new Status(
                role.isReady(),
                role.report(),
                role.tables().age().map(Duration::toSeconds).orElse(null),
                role.tables().problem(),
                role.router().counters().fallbacks()));
    }
}
