package dev.ringside.app.load;

import dev.ringside.app.program.ServingProgram;
import dev.ringside.grpc.GRPCInferenceServiceGrpc;
import dev.ringside.grpc.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import dev.ringside.grpc.ServerReadyRequest;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Says which of several servers is asked next, as a load balancer does: each is probed again and again, over REST and over
 * gRPC, and gets no request of a kind from the moment at which its answer to that kind of probe was that it is not ready.
 */
final class Balancer implements AutoCloseable {
    private static final Duration BETWEEN_PROBES = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final int OK = 200;

    private final HttpClient http;
    private final List<Backend> backends = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean closed;

    Balancer(HttpClient http) {
        this.http = http;
        this.thread = Thread.ofPlatform().daemon().name("balancer").start(this::probe);
    }

    /** A server that may be asked. */
    static final class Backend {
        private final ServingProgram server;
        private final ManagedChannel channel;
        private final HttpRequest question;
        private volatile boolean rest;
        private volatile boolean grpc;

        private Backend(ServingProgram server) {
            this.server = server;
            this.channel = NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort())
                    .usePlaintext()
                    .build();
            this.question = HttpRequest.newBuilder(server.base().resolve("/v2/health/ready"))
                    .timeout(PATIENCE)
                    .build();
        }

        ServingProgram server() {
            return server;
        }

        GRPCInferenceServiceBlockingStub stub(Duration patience) {
            return GRPCInferenceServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Takes a server that is ready. */
    Backend add(ServingProgram server) {
        var backend = new Backend(server);
        backend.rest = true;
        backend.grpc = true;
        backends.add(backend);
        return backend;
    }

    /** Forgets a server that has ended. */
    void remove(Backend backend) {
        backends.remove(backend);
        backend.channel.shutdownNow();
    }

    /** Who is asked next over REST: the one that has been there longest, so that each is under load when it is stopped. */
    Backend forRest() throws IOException, InterruptedException {
        return next(true);
    }

    /** The same over gRPC. */
    Backend forGrpc() throws IOException, InterruptedException {
        return next(false);
    }

    private Backend next(boolean rest) throws IOException, InterruptedException {
        long giveUp = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (System.nanoTime() - giveUp < 0) {
            for (Backend backend : backends) {
                if (rest ? backend.rest : backend.grpc) {
                    return backend;
                }
            }
            Thread.sleep(1);
        }
        throw new IOException("no server has been ready for " + LONGEST_WAIT.toSeconds() + " s");
    }

    private void probe() {
        try {
            while (!closed) {
                for (Backend backend : backends) {
                    backend.rest = isReadyOverRest(backend);
                    backend.grpc = isReadyOverGrpc(backend);
                }
                Thread.sleep(BETWEEN_PROBES);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isReadyOverRest(Backend backend) throws InterruptedException {
        try {
            return http.send(backend.question, BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isReadyOverGrpc(Backend backend) {
        try {
            return backend.stub(PATIENCE)
                    .serverReady(ServerReadyRequest.getDefaultInstance())
                    .getReady();
        } catch (StatusRuntimeException e) {
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        backends.forEach(backend -> backend.channel.shutdownNow());
    }
}
