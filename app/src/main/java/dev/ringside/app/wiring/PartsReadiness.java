package dev.ringside.app.wiring;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** {@code /q/health/ready}: whether every part of this process can do its work, and if not, why. */
@Readiness
@Singleton
public final class PartsReadiness implements HealthCheck {
    private final Parts parts;

    PartsReadiness(Parts parts) {
        this.parts = parts;
    }

    @Override
    public HealthCheckResponse call() {
        var waits = parts.notReady();
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("parts").status(waits.isEmpty());
        for (int i = 0; i < waits.size(); i++) {
            answer.withData("waits_for_" + (i + 1), waits.get(i));
        }
        parts.details().forEach(answer::withData);
        return answer.build();
    }
}
