package dev.ringside.app.grpc;

import dev.ringside.app.access.Doorkeeper;
import dev.ringside.app.configuration.PlatformConfig.Overload;
import dev.ringside.app.http.InferenceFrontEnd;
import dev.ringside.app.http.ModelRepository;
import dev.ringside.app.tracing.Tracing;
import dev.ringside.contract.inference.InferenceLimits;
import dev.ringside.contract.inference.ServerMetadata;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The server of the Open Inference Protocol over gRPC, with gRPC's health service and reflection. */
public final class GrpcFront implements AutoCloseable {
    /** How long a client's last answers have to reach it once all are given. */
    private static final Duration LAST = Duration.ofMillis(500);

    private static final long LOOK_MILLIS = 20;

    /** Clients of Triton's may ask more often whether a connection is there than gRPC's servers like. */
    private static final Duration SIGNS_OF_LIFE = Duration.ofSeconds(10);

    private final Server server;
    private final ExecutorService threads;
    private final Readiness readiness;
    private final UnderWay underWay;
    private final Health health;
    private final Duration drain;

    /**
     * How the server is set up.
     *
     * @param address where it listens
     * @param limits what a request may hold
     * @param messageBytes the largest message
     * @param overload how a prediction is answered that nobody can make now
     * @param drain how long a stop waits for answers
     * @param version of this server
     */
    public record Settings(
            InetSocketAddress address,
            InferenceLimits limits,
            int messageBytes,
            Overload overload,
            Duration drain,
            String version) {}

    /**
     * Starts it. The caller closes it.
     *
     * @throws IOException if nobody can listen there
     */
    public GrpcFront(
            Settings settings,
            Doorkeeper doorkeeper,
            Tracing tracing,
            InferenceFrontEnd frontEnd,
            ModelRepository repository)
            throws IOException {
        var failures = new Failures(settings.overload());
        this.drain = settings.drain();
        this.underWay = new UnderWay();
        this.readiness = new Readiness(frontEnd);
        this.health = new Health(readiness);
        var service = new InferenceService(
                frontEnd,
                repository,
                new Predictions(frontEnd, tracing, settings.limits()),
                readiness,
                failures,
                underWay,
                ServerMetadata.ringside(settings.version()));
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("grpc-", 1).factory());
        NettyServerBuilder builder = NettyServerBuilder.forAddress(settings.address())
                .executor(threads)
                .maxInboundMessageSize(settings.messageBytes())
                .permitKeepAliveTime(SIGNS_OF_LIFE.toSeconds(), TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .addService(ReadableMessages.only(service.bindService()))
                .addService(ReadableMessages.only(health.service().bindService()))
                .addService(ReadableMessages.only(
                        ProtoReflectionServiceV1.newInstance().bindService()))
                .addService(ReadableMessages.only(olderReflection()))
                .fallbackHandlerRegistry(new AbsentExtensions())
                .intercept(new Keys(doorkeeper));
        if (!tracing.equals(Tracing.OFF)) {
            builder.intercept(new CallerHeaders());
        }
        this.server = builder.build().start();
    }

    /** Under the name by which tools asked for it before 2023, and Triton answers. */
    @SuppressWarnings("deprecation")
    private static ServerServiceDefinition olderReflection() {
        return ProtoReflectionService.newInstance().bindService();
    }

    /** The port on which it listens. */
    public int port() {
        return server.getPort();
    }

    /** Is not ready from now on, yet answers: the first step of a stop, so that traffic goes elsewhere. */
    public void leave() {
        readiness.leave();
        health.close();
    }

    /** Takes nothing more, answers what is under way, and ends the connections. */
    @Override
    public void close() {
        leave();
        underWay.stop();
        server.shutdown();
        try {
            awaitAnswers();
            server.shutdownNow();
            var _ = server.awaitTermination(LAST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
        threads.shutdown();
    }

    private void awaitAnswers() throws InterruptedException {
        long end = System.nanoTime() + drain.toNanos();
        long quiet = System.nanoTime();
        while (!server.awaitTermination(LOOK_MILLIS, TimeUnit.MILLISECONDS) && System.nanoTime() - end < 0) {
            if (underWay.count() > 0) {
                quiet = System.nanoTime();
            } else if (System.nanoTime() - quiet > LAST.toNanos()) {
                // What is left are streams and watches without a question.
                return;
            }
        }
    }
}
