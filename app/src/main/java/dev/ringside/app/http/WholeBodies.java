package dev.ringside.app.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Takes a body before a thread is given to its request, where the request says how long it is: a thread that waits for its
 * body is woken for each part of it, which costs more than all else that a small request does. How long it may be is
 * {@link BodyLimit}'s; model files are streamed to disk.
 */
@Singleton
public final class WholeBodies {
    private static final String KEY = WholeBodies.class.getName();

    /** How long a body may take. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** Before whoever answers. */
    private static final int FIRST = -1;

    void install(@Observes Router router) {
        router.route().order(FIRST).handler(WholeBodies::take);
    }

    private static void take(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.version() == HttpVersion.HTTP_2 // of which RESTEasy takes no request that has ended
                || request.getHeader(HttpHeaders.CONTENT_LENGTH) == null
                || request.getHeader(HttpHeaders.EXPECT) != null
                || request.isEnded() // it has been here before, and was sent on to another address
                || BodyLimit.isFile(context.normalizedPath())) {
            context.next();
            return;
        }
        Future<Buffer> coming = request.body();
        request.resume();
        if (!coming.isComplete()) {
            long patience = context.vertx()
                    .setTimer(LONGEST.toMillis(), _ -> request.connection().close());
            coming.onComplete(_ -> context.vertx().cancelTimer(patience));
        }
        coming.onSuccess(body -> {
            context.put(KEY, body);
            context.next();
        }); // Where it fails, the client has gone, and nobody is to be answered.
    }

    /** Before {@link BodyLimit} decodes it. */
    @ServerRequestFilter(priority = 0)
    void give(ContainerRequestContext request, RoutingContext context) {
        Buffer body = context.get(KEY);
        if (body != null) {
            request.setEntityStream(new ByteArrayInputStream(body.getBytes()));
        }
    }
}
