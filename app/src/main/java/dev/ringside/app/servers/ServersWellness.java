package dev.ringside.app.servers;

import io.smallrye.health.api.Wellness;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * {@code /q/health}: whether Kafka, PostgreSQL and Redis answer, and if not, since when and why. It is no readiness: without them
 * predictions are answered all the same.
 */
@Wellness
@Singleton
public final class ServersWellness implements HealthCheck {
    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("servers");
        boolean well = true;
        for (ServerWatch.State server : Servers.current().states()) {
            String why = server.why();
            if (server.awaySince() == null || why == null) {
                answer.withData(server.name(), "answers at " + server.address());
            } else {
                well = false;
                answer.withData(
                        server.name(), "away since " + server.awaySince() + " at " + server.address() + ": " + why);
            }
        }
        return answer.status(well).build();
    }
}
