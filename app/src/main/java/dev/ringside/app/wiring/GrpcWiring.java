package dev.ringside.app.wiring;

import dev.ringside.app.access.Doorkeeper;
import dev.ringside.app.configuration.AuthConfig;
import dev.ringside.app.configuration.GrpcConfig;
import dev.ringside.app.configuration.InferenceConfig;
import dev.ringside.app.configuration.PlatformConfig;
import dev.ringside.app.grpc.GrpcFront;
import dev.ringside.app.http.InferenceFrontEnd;
import dev.ringside.app.http.ModelRepository;
import dev.ringside.app.tracing.Tracing;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The front over gRPC, where a port is set: it starts after the parts that answer, and stops before them. */
@Singleton
final class GrpcWiring {
    /** Observers without a priority, as those of {@link Parts}, stand between these two. */
    private static final int BEFORE_PARTS = Interceptor.Priority.LIBRARY_BEFORE;

    private static final int AFTER_PARTS = Interceptor.Priority.LIBRARY_AFTER;

    private final GrpcConfig config;
    private final String host;
    private final String version;
    private final Duration drain;
    private volatile @Nullable GrpcFront front;

    GrpcWiring(
            GrpcConfig config,
            @ConfigProperty(name = "quarkus.http.host") String host,
            @ConfigProperty(name = "quarkus.application.version") String version,
            @ConfigProperty(name = "quarkus.shutdown.timeout") Duration drain) {
        this.config = config;
        this.host = host;
        this.version = version;
        this.drain = drain;
    }

    void start(
            @Observes @Priority(AFTER_PARTS) StartupEvent event,
            InferenceConfig inference,
            PlatformConfig platform,
            AuthConfig auth,
            Tracing tracing,
            Provider<InferenceFrontEnd> frontEnd,
            Provider<ModelRepository> repository)
            throws IOException {
        int port = config.port().orElse(0);
        if (port > 0) {
            front = new GrpcFront(
                    new GrpcFront.Settings(
                            new InetSocketAddress(host, port),
                            inference.limits(),
                            Math.toIntExact(platform.requestLimitBytes()),
                            platform.overload(),
                            drain,
                            version),
                    new Doorkeeper(auth),
                    tracing,
                    frontEnd.get(),
                    repository.get());
        }
    }

    void leave(@Observes ShutdownDelayInitiatedEvent event) {
        GrpcFront running = front;
        if (running != null) {
            running.leave();
        }
    }

    void stop(@Observes @Priority(BEFORE_PARTS) ShutdownEvent event) {
        GrpcFront running = front;
        if (running != null) {
            running.close();
        }
    }
}
