package dev.ringside.training.distributed;

import dev.ringside.training.network.Ranks;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Ranks that are threads of this process, joined by Gloo as processes are. */
public final class RanksTogether {
    private RanksTogether() {}

    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** What each of them comes to, in order. */
    public static <T> List<T> each(int count, Function<Ranks, T> work) throws Exception {
        return each(count, SharedMemory.DEVICE, work);
    }

    /** The same, with gradients that go through Gloo. */
    public static <T> List<T> eachOnItsOwnMachine(int count, Function<Ranks, T> work) throws Exception {
        return each(count, Path.of("/nowhere"), work);
    }

    static <T> List<T> each(int count, Path memory, Function<Ranks, T> work) throws Exception {
        int port = freePort();
        List<T> results = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(count)) {
            List<Future<T>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                var place = new Place(i, count, "127.0.0.1", port, null);
                all.add(threads.submit(() -> {
                    Meeting meeting = Meeting.join(place, Map.of(), Duration.ofSeconds(20), memory);
                    try {
                        return work.apply(meeting.ranks());
                    } finally {
                        meeting.ranks().sum(0); // until all are done: the store goes with rank 0
                    }
                }));
            }
            for (Future<T> future : all) {
                results.add(future.get());
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
        return results;
    }
}
