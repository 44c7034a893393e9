package dev.ringside.app.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that ask when they like, whether or not others were answered: requests come at moments drawn before the first one
 * is sent, and an answer's time counts from its request's moment, also where nobody was free to send it then. A server
 * that stands still for a second is charged for all that should have come meanwhile.
 */
final class OpenLoad {
    /** Beyond so many under way the next one waits for a connection, and that counts. */
    private static final int CONNECTIONS = 64;

    private static final long SEED = 20_261_201;

    private final HttpRequests requests;

    OpenLoad(HttpRequests requests) {
        this.requests = requests;
    }

    /**
     * Sends.
     *
     * @param perSecond how many requests come in a second in the mean, at exponential distances, the same at each call
     * @throws IOException if the server cannot be reached at all
     */
    Outcome send(double perSecond, Duration time) throws IOException, InterruptedException {
        long[] moments = moments(perSecond, time);
        var next = new AtomicInteger();
        var seen = new ArrayList<Outcome.Client>();
        List<Future<?>> running = new ArrayList<>();
        var connections = new ArrayList<HttpConnection>();
        try (var threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            for (int i = 0; i < CONNECTIONS; i++) {
                connections.add(new HttpConnection(requests.server()));
            }
            long began = System.nanoTime();
            for (HttpConnection connection : connections) {
                var client = new Outcome.Client();
                seen.add(client);
                running.add(threads.submit(() -> {
                    send(connection, client, began, moments, next);
                    return client;
                }));
            }
            for (Future<?> each : running) {
                await(each);
            }
            return Outcome.of(seen, (System.nanoTime() - began) / 1e9);
        } finally {
            for (HttpConnection connection : connections) {
                connection.close();
            }
        }
    }

    private static long[] moments(double perSecond, Duration time) {
        var random = new SplittableRandom(SEED);
        var moments = new ArrayList<Long>();
        double at = 0;
        while (true) {
            at -= Math.log(1 - random.nextDouble()) / perSecond;
            if (at * 1e9 >= time.toNanos()) {
                return moments.stream().mapToLong(Long::longValue).toArray();
            }
            moments.add((long) (at * 1e9));
        }
    }

    private void send(HttpConnection first, Outcome.Client client, long began, long[] moments, AtomicInteger next)
            throws IOException {
        HttpConnection connection = first;
        try {
            for (int i = next.getAndIncrement(); i < moments.length; i = next.getAndIncrement()) {
                long due = began + moments[i];
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                try {
                    if (connection.ask(requests.at(i)) >= 0) {
                        client.answered(System.nanoTime() - due);
                    } else {
                        client.failed();
                    }
                } catch (IOException e) {
                    client.failed();
                    connection.close();
                    connection = new HttpConnection(requests.server());
                }
            }
        } finally {
            connection.close();
        }
    }

    private static void await(Future<?> client) throws IOException, InterruptedException {
        try {
            client.get();
        } catch (ExecutionException e) {
            throw new IOException("a client could not go on: " + e.getCause(), e);
        }
    }
}
