package dev.ringside.app.load;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;

/**
 * A connection over HTTP/1.1 of one client, which does as little as it can: of an answer only status and length are read.
 */
final class HttpConnection implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final int PATIENCE_MILLIS = 30_000;
    private static final String OK = " 200 ";
    private static final String LENGTH = "content-length:";
    private static final String CLOSE = "connection: close";
    private static final String CHUNKS = "transfer-encoding:";

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private boolean last;

    HttpConnection(URI server) throws IOException {
        socket = new Socket(server.getHost(), server.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream(), BUFFER);
        out = socket.getOutputStream();
    }

    /** Sends a request as it is: how many bytes the body of the answer has, −1 if it is another answer than OK. */
    int ask(byte[] request) throws IOException {
        out.write(request);
        boolean right = line().contains(OK);
        int length = 0;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith(LENGTH)) {
                length = Integer.parseInt(header.substring(LENGTH.length()).strip());
            }
            if (lower.startsWith(CHUNKS)) {
                throw new IOException("the answer comes in chunks, expected one with a Content-Length");
            }
            last |= lower.equals(CLOSE);
        }
        in.skipNBytes(length);
        return right ? length : -1;
    }

    /** Whether the server has said that it closes the connection, as one that stops does. */
    boolean isOver() {
        return last;
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
