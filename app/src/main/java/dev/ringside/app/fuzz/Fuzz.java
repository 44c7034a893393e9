package dev.ringside.app.fuzz;

import dev.ringside.app.program.ServingProgram;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** Sends the requests, some at a time, to a server that it starts and stops. */
public final class Fuzz {
    private static final int SENDERS = 4;

    /** One request in so many is a right one. */
    private static final int RIGHT = 20;

    /** One in so many is a file. */
    private static final int FILES = 200;

    /** More than that and a quarter is growth. */
    private static final long GROWTH = 64L << 20;

    private static final List<String> OPTIONS =
            List.of("--model-control", "explicit", "--load-model", RightRequests.MODEL);

    private final long seed;
    private final long requests;

    /**
     * @param seed from which each request follows with its number
     * @param requests how many that may be wrong
     */
    public Fuzz(long seed, long requests) {
        this.seed = seed;
        this.requests = requests;
    }

    /**
     * Sends all.
     *
     * @param folder for the server's files, which the caller deletes
     * @param progress is told how many have been answered
     * @throws IOException if the server does not start, or files cannot be written
     */
    public FuzzReport run(Path folder, LongConsumer progress) throws IOException, InterruptedException {
        long began = System.nanoTime();
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        try (client;
                ServingProgram server = ServingProgram.start(serving(folder), client, List.of(), OPTIONS)) {
            ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort())
                    .usePlaintext()
                    .build();
            try {
                var http = new Http(server.base(), client);
                var senders = List.of(new RestSender(http), new GrpcSender(channel));
                return send(server, senders, new FileSender(server.models(), http), progress, began);
            } finally {
                channel.shutdownNow();
            }
        }
    }

    /** A folder with the model that is asked. */
    private static Path serving(Path folder) throws IOException {
        Path version = folder.resolve("models").resolve(RightRequests.MODEL).resolve("1");
        Files.write(Files.createDirectories(version).resolve("model.onnx"), EchoFile.bytes());
        return folder;
    }

    private FuzzReport send(
            ServingProgram server, List<Sender> senders, Sender files, LongConsumer progress, long began)
            throws IOException, InterruptedException {
        var tally = new Tally();
        var next = new AtomicLong();
        for (Sender sender : senders) {
            tally.sentRight(0, sender.sendRight());
        }
        tally.sentRight(0, files.sendRight());
        long quarter = requests / 4;
        all(next, quarter, tally, senders, files, server, progress);
        long before = server.isAlive() ? server.residentBytes() : 0;
        all(next, requests, tally, senders, files, server, progress);
        long after = server.isAlive() ? server.residentBytes() : 0;
        if (!server.isAlive()) {
            tally.violated("the server ended:\n" + server.lastWords());
        } else if (after > before + before / 4 + GROWTH) {
            tally.violated("its memory grew from " + before + " to " + after + " bytes");
        }
        return new FuzzReport(
                next.get(),
                tally.right(),
                seed,
                tally.violations(),
                tally.answers(),
                tally.examples(),
                before,
                after,
                (System.nanoTime() - began) / 1e9);
    }

    private void all(
            AtomicLong next,
            long end,
            Tally tally,
            List<Sender> senders,
            Sender files,
            ServingProgram server,
            LongConsumer progress)
            throws IOException, InterruptedException {
        var running = new ArrayList<Future<?>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < SENDERS; i++) {
                running.add(threads.submit(() -> {
                    long number = next.getAndUpdate(n -> Math.min(n + 1, end));
                    while (number < end && server.isAlive()) {
                        one(number, tally, senders, files);
                        progress.accept(number + 1);
                        number = next.getAndUpdate(n -> Math.min(n + 1, end));
                    }
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
        }
    }

    private void one(long number, Tally tally, List<Sender> senders, Sender files)
            throws IOException, InterruptedException {
        var random = new SplittableRandom(seed ^ (number * 0x9E3779B97F4A7C15L));
        Sender sender = random.nextInt(FILES) == 0 ? files : senders.get(random.nextInt(senders.size()));
        tally.sent(number, sender.send(random));
        if (random.nextInt(RIGHT) == 0) {
            tally.sentRight(number, senders.get(random.nextInt(senders.size())).sendRight());
        }
    }
}
