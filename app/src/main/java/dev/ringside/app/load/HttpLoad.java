package dev.ringside.app.load;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Clients over HTTP/1.1, each with a connection and a thread of its own. They do as little as they can, because they take
 * from the processors of the server that is measured: a request is bytes made once.
 */
final class HttpLoad implements Load {
    private final HttpRequests requests;

    /** @param headers by name and value */
    HttpLoad(URI server, String path, byte[] body, String... headers) {
        this(HttpRequests.post(server, path, List.of(body), headers));
    }

    /** @param requests of which each client sends one after the other */
    HttpLoad(HttpRequests requests) {
        this.requests = requests;
    }

    /** How many bytes the body of one answer has. */
    int answerBytes() throws IOException {
        try (var connection = new HttpConnection(requests.server())) {
            return connection.ask(requests.at(0));
        }
    }

    @Override
    public Outcome send(int clients, Duration time) throws IOException, InterruptedException {
        var seen = new ArrayList<Outcome.Client>();
        List<Future<?>> running = new ArrayList<>();
        long began = System.nanoTime();
        try (var threads = Executors.newFixedThreadPool(clients)) {
            for (int i = 0; i < clients; i++) {
                int turn = i;
                var client = new Outcome.Client();
                seen.add(client);
                running.add(threads.submit(() -> {
                    send(client, turn, began + time.toNanos());
                    return client;
                }));
            }
            for (Future<?> each : running) {
                await(each);
            }
        }
        return Outcome.of(seen, (System.nanoTime() - began) / 1e9);
    }

    private static void await(Future<?> client) throws IOException, InterruptedException {
        try {
            client.get();
        } catch (ExecutionException e) {
            throw new IOException("a client could not go on: " + e.getCause(), e);
        }
    }

    private void send(Outcome.Client client, int first, long until) throws IOException {
        HttpConnection connection = new HttpConnection(requests.server());
        long turn = first;
        try {
            long before = System.nanoTime();
            while (before < until) {
                try {
                    boolean right = connection.ask(requests.at(turn++)) >= 0;
                    long now = System.nanoTime();
                    if (right) {
                        client.answered(now - before);
                    } else {
                        client.failed();
                    }
                    before = now;
                } catch (IOException e) {
                    client.failed();
                    connection.close();
                    connection = new HttpConnection(requests.server());
                    before = System.nanoTime();
                }
            }
        } finally {
            connection.close();
        }
    }
}
