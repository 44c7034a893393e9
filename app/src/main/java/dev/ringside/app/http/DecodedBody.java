package dev.ringside.app.http;

import jakarta.ws.rs.ClientErrorException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** A body without its encoding. Nothing is read before somebody reads from it; what comes out must be bounded by others. */
final class DecodedBody extends InputStream {
    private static final int MALFORMED = 400;

    private final InputStream body;
    private final Encoding encoding;
    private @Nullable InputStream decoded;

    /** How bodies are encoded, under HTTP's names. */
    enum Encoding {
        /** RFC 1952. */
        GZIP,
        /** RFC 1950, which HTTP calls deflate. */
        DEFLATE
    }

    DecodedBody(InputStream body, Encoding encoding) {
        this.body = body;
        this.encoding = encoding;
    }

    private InputStream decoded() throws IOException {
        InputStream opened = decoded;
        if (opened == null) {
            opened = switch (encoding) {
                case GZIP -> new GZIPInputStream(body);
                case DEFLATE -> new InflaterInputStream(body);
            };
            decoded = opened;
        }
        return opened;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            return decoded().read(buffer, offset, length);
        } catch (ZipException | EOFException e) {
            throw new ClientErrorException(
                    "the body is not what its Content-Encoding says, " + encoding + ": " + e.getMessage(),
                    MALFORMED,
                    e);
        }
    }

    @Override
    public void close() throws IOException {
        InputStream opened = decoded;
        if (opened != null) {
            opened.close();
        }
        body.close();
    }
}
