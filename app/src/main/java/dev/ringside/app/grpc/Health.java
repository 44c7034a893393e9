package dev.ringside.app.grpc;

import dev.ringside.grpc.GRPCInferenceServiceGrpc;
import io.grpc.BindableService;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** What gRPC's own health service says of this process and of the protocol's service: whether it is ready. */
final class Health implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Health.class.getName());
    private static final Duration BETWEEN = Duration.ofMillis(500);

    private final HealthStatusManager statuses = new HealthStatusManager();
    private final Readiness readiness;
    private final Thread thread;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Says that it is not ready, and looks from now on. */
    Health(Readiness readiness) {
        this.readiness = readiness;
        set(ServingStatus.NOT_SERVING);
        this.thread = Thread.ofVirtual().name("grpc-health").start(this::look);
    }

    BindableService service() {
        return statuses.getHealthService();
    }

    private void look() {
        try {
            while (true) {
                set(status());
                Thread.sleep(BETWEEN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ServingStatus status() {
        try {
            return readiness.isReady() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "whether models are ready is not known", e);
            return ServingStatus.NOT_SERVING;
        }
    }

    private void set(ServingStatus status) {
        statuses.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
        statuses.setStatus(GRPCInferenceServiceGrpc.SERVICE_NAME, status);
    }

    /** Says that it is not ready, and looks no more; once, however often it is asked to. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            thread.interrupt();
            statuses.enterTerminalState();
        }
    }
}
