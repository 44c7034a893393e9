package dev.ringside.app.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A network between a client and a server that breaks: after so many bytes every connection is cut. */
final class Relay implements AutoCloseable {
    private final ServerSocket clients = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int server;
    private final AtomicLong up = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong down = new AtomicLong(Long.MAX_VALUE);
    private final AtomicInteger connections = new AtomicInteger();

    Relay(int server) throws IOException {
        this.server = server;
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return clients.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    /** Lets so many bytes more through to the server, and all that come back. */
    void cutUpAfter(long bytes) {
        up.set(bytes);
        down.set(Long.MAX_VALUE);
    }

    /** Lets so many bytes more come back, and then again all. */
    void cutDownOnceAfter(long bytes) {
        up.set(Long.MAX_VALUE);
        down.set(bytes);
    }

    void heal() {
        up.set(Long.MAX_VALUE);
        down.set(Long.MAX_VALUE);
    }

    private void serve() {
        while (!clients.isClosed()) {
            try {
                Socket client = clients.accept();
                connections.incrementAndGet();
                Socket behind = new Socket(InetAddress.getLoopbackAddress(), server);
                Thread.ofVirtual().start(() -> copy(client, behind, up, false));
                Thread.ofVirtual().start(() -> copy(behind, client, down, true));
            } catch (IOException e) {
                // The test is over.
            }
        }
    }

    private static void copy(Socket from, Socket to, AtomicLong left, boolean once) {
        byte[] buffer = new byte[16_384];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (left.get() != Long.MAX_VALUE && left.addAndGet(-n) < 0) {
                    if (once) {
                        left.set(Long.MAX_VALUE);
                    }
                    return;
                }
                out.write(buffer, 0, n);
                out.flush();
            }
        } catch (IOException e) {
            // The other end is gone.
        }
    }

    @Override
    public void close() throws IOException {
        clients.close();
    }
}
