package dev.ringside.metrics.api;

import dev.ringside.contract.json.Json;
import dev.ringside.metrics.ingest.OutcomeIntake;
import dev.ringside.metrics.ingest.Unavailable;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/** Where product services post what happened. */
@Path("/api/outcomes")
@EndpointDisabled(name = "ringside.role.ingest.enabled", stringValue = "false")
public class OutcomesResource {
    private static final long RETRY_AFTER_SECONDS = 1;

    private final OutcomeIntake intake;

    @Inject
    public OutcomesResource(OutcomeIntake intake) {
        this.intake = intake;
    }

    /** Takes one outcome or an array of them. */
    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public Response post(byte[] body) {
        try {
            int accepted = intake.accept(body);
            return Response.accepted(Json.write(Map.of("accepted", accepted))).build();
        } catch (Unavailable e) {
            throw new ServiceUnavailableException(e.getMessage(), RETRY_AFTER_SECONDS, e);
        }
    }
}
