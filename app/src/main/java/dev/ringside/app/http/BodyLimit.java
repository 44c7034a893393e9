package dev.ringside.app.http;

import dev.ringside.app.configuration.PlatformConfig;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * How large a body may be: model files are streamed to disk, everything else is read into memory, where one huge document
 * would take the whole process with it.
 */
@Singleton
public final class BodyLimit {
    private static final List<String> FILES = List.of("/api/artefacts", "/api/models/inspect");
    private static final int TOO_LARGE = 413;
    private static final long UNKNOWN = -1;

    /** How long a client may go on sending a body that was refused. */
    private static final Duration LINGER = Duration.ofSeconds(5);

    /** The server's own check, which answers without a body, has −2. */
    private static final int BEFORE_THE_SERVERS = -3;

    private final Provider<PlatformConfig> platform;
    private final Provider<MemorySize> ofFiles;

    private volatile long forFiles = UNKNOWN;
    private volatile long forOthers = UNKNOWN;

    /** Filters are made before the configuration is read, so it is asked for with the first request. */
    BodyLimit(
            Provider<PlatformConfig> platform,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") Provider<MemorySize> ofFiles) {
        this.platform = platform;
        this.ofFiles = ofFiles;
    }

    void install(@Observes Router router) {
        router.route().order(BEFORE_THE_SERVERS).handler(this::checkAnnounced);
    }

    private void checkAnnounced(RoutingContext request) {
        long limit = limit(request.normalizedPath());
        if (announced(request) <= limit) {
            request.next();
            return;
        }
        HttpServerResponse response = request.response();
        response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        Errors.answer(response, TOO_LARGE, message(limit));
        dropRest(request);
    }

    /**
     * Takes what a client is still sending and closes then. Closed at once, the socket would answer the bytes that come with
     * a reset, which makes the client lose the answer before it has read it (RFC 9112, section 9.6).
     */
    private static void dropRest(RoutingContext request) {
        HttpServerRequest rest = request.request();
        HttpConnection connection = rest.connection();
        if (rest.isEnded()) {
            connection.close();
            return;
        }
        long patience = request.vertx().setTimer(LINGER.toMillis(), _ -> connection.close());
        connection.closeHandler(_ -> request.vertx().cancelTimer(patience));
        rest.handler(_ -> {}).endHandler(_ -> connection.close()).resume();
    }

    private static long announced(RoutingContext request) {
        String length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    /** A chunked or encoded body announces no length that counts: it is counted while it is read, decoded. */
    @ServerRequestFilter
    void countUnannounced(ContainerRequestContext request) {
        Optional<DecodedBody.Encoding> encoding =
                ContentEncodings.of(request.getHeaderString(HttpHeaders.CONTENT_ENCODING.toString()));
        if (encoding.isPresent() || request.getHeaderString("Transfer-Encoding") != null) {
            long limit = limit(request.getUriInfo().getPath());
            InputStream body = request.getEntityStream();
            request.setEntityStream(new Counted(
                    encoding.<InputStream>map(e -> new DecodedBody(body, e)).orElse(body), limit));
        }
    }

    private long limit(String path) {
        if (forOthers == UNKNOWN) {
            forFiles = ofFiles.get().asLongValue();
            forOthers = platform.get().requestLimitBytes();
        }
        return isFile(path) ? forFiles : forOthers;
    }

    /** Whether a model file is posted there. */
    static boolean isFile(String path) {
        return FILES.stream().anyMatch(path::startsWith);
    }

    private static String message(long limit) {
        return "the body is larger than " + limit + " bytes, the limit here";
    }

    private static final class Counted extends FilterInputStream {
        private final long limit;
        private long left;

        Counted(InputStream body, long limit) {
            super(body);
            this.limit = limit;
            this.left = limit;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count(read);
            return read;
        }

        private void count(int read) {
            left -= Math.max(0, read);
            if (left < 0) {
                throw new ClientErrorException(message(limit), TOO_LARGE);
            }
        }
    }
}
