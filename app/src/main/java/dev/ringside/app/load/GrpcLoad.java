package dev.ringside.app.load;

import dev.ringside.grpc.GRPCInferenceServiceGrpc;
import dev.ringside.grpc.GRPCInferenceServiceGrpc.GRPCInferenceServiceStub;
import dev.ringside.grpc.ModelInferRequest;
import dev.ringside.grpc.ModelInferResponse;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Clients over one connection of gRPC, which needs no thread for each. */
final class GrpcLoad implements Load {
    private static final long PATIENCE_SECONDS = 30;

    private final ManagedChannel channel;
    private final GRPCInferenceServiceStub stub;
    private final ModelInferRequest request;

    GrpcLoad(int port, ModelInferRequest request) {
        this.channel = NettyChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .directExecutor()
                .build();
        this.stub = GRPCInferenceServiceGrpc.newStub(channel);
        this.request = request;
    }

    @Override
    public Outcome send(int clients, Duration time) throws InterruptedException {
        var seen = new ArrayList<Outcome.Client>();
        var ended = new CountDownLatch(clients);
        long began = System.nanoTime();
        for (int i = 0; i < clients; i++) {
            var client = new Outcome.Client();
            seen.add(client);
            ask(client, began + time.toNanos(), ended);
        }
        ended.await();
        return Outcome.of(seen, (System.nanoTime() - began) / 1e9);
    }

    private void ask(Outcome.Client client, long until, CountDownLatch ended) {
        long before = System.nanoTime();
        if (before >= until) {
            ended.countDown();
            return;
        }
        stub.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .modelInfer(request, new StreamObserver<ModelInferResponse>() {
                    @Override
                    public void onNext(ModelInferResponse response) {
                        client.answered(System.nanoTime() - before);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        client.failed();
                        ask(client, until, ended);
                    }

                    @Override
                    public void onCompleted() {
                        ask(client, until, ended);
                    }
                });
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
