package dev.ringside.app.load;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Clients over HTTP/1.1, each with a connection and a thread of its own. They do as little as they can, because they take
 * from the processors of the server that is measured: the request is bytes made once, of the answer only status and length
 * are read.
 */
final class HttpLoad implements Load {
    private static final int BUFFER = 1 << 16;
    private static final int PATIENCE_MILLIS = 30_000;
    private static final String OK = " 200 ";
    private static final String LENGTH = "content-length:";

    private final URI server;
    private final byte[] body;
    private final byte[] request;

    /** @param headers by name and value */
    HttpLoad(URI server, String path, byte[] body, String... headers) {
        this.server = server;
        this.body = body;
        var head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: " + server.getAuthority()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n");
        for (int i = 0; i < headers.length; i += 2) {
            head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        byte[] first = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
        this.request = Arrays.copyOf(first, first.length + body.length);
        System.arraycopy(body, 0, request, first.length, body.length);
    }

    /** The same body sent to another address of the same server. */
    HttpLoad elsewhere(String path) {
        return new HttpLoad(server, path, body);
    }

    /** How many bytes the body of one answer has. */
    int answerBytes() throws IOException {
        try (var connection = new Connection()) {
            return connection.ask();
        }
    }

    @Override
    public Outcome send(int clients, Duration time) throws IOException, InterruptedException {
        var seen = new ArrayList<Outcome.Client>();
        List<Future<?>> running = new ArrayList<>();
        long began = System.nanoTime();
        try (var threads = Executors.newFixedThreadPool(clients)) {
            for (int i = 0; i < clients; i++) {
                var client = new Outcome.Client();
                seen.add(client);
                running.add(threads.submit(() -> {
                    send(client, began + time.toNanos());
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

    private void send(Outcome.Client client, long until) throws IOException {
        Connection connection = new Connection();
        try {
            long before = System.nanoTime();
            while (before < until) {
                try {
                    boolean right = connection.ask() >= 0;
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
                    connection = new Connection();
                    before = System.nanoTime();
                }
            }
        } finally {
            connection.close();
        }
    }

    private final class Connection implements AutoCloseable {
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;

        Connection() throws IOException {
            socket = new Socket(server.getHost(), server.getPort());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            in = new BufferedInputStream(socket.getInputStream(), BUFFER);
            out = socket.getOutputStream();
        }

        /** Asks once: how many bytes the body of the answer has, −1 if it is another answer than OK. */
        int ask() throws IOException {
            out.write(request);
            boolean right = line().contains(OK);
            int length = 0;
            for (String header = line(); !header.isEmpty(); header = line()) {
                if (header.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
                    length = Integer.parseInt(header.substring(LENGTH.length()).strip());
                }
            }
            in.skipNBytes(length);
            return right ? length : -1;
        }

        private String line() throws IOException {
            var line = new StringBuilder(64);
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    throw new EOFException("the connection was closed");
                }
                if (next != '\r') {
                    line.append((char) next);
                }
            }
            return line.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
