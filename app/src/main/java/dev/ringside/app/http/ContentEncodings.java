package dev.ringside.app.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Which encodings of a body are taken. The server has decoded gzip and deflate before anything is routed, and taken their
 * names away: what is named here still, nobody can read.
 */
@Singleton
final class ContentEncodings {
    private static final int UNSUPPORTED_MEDIA_TYPE = 415;
    private static final int BEFORE_BODY_LIMIT = -4;

    void install(@Observes Router router) {
        router.route().order(BEFORE_BODY_LIMIT).handler(ContentEncodings::check);
    }

    private static void check(RoutingContext request) {
        String encoding = request.request().getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding == null || encoding.isBlank() || encoding.strip().equalsIgnoreCase("identity")) {
            request.next();
            return;
        }
        // The body that follows is not read, so nothing after it can be.
        request.response()
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .putHeader(HttpHeaders.ACCEPT_ENCODING, "gzip, deflate")
                .endHandler(_ -> request.request().connection().close());
        Errors.answer(
                request.response(),
                UNSUPPORTED_MEDIA_TYPE,
                "Content-Encoding \"" + encoding + "\" is not supported, expected gzip, deflate or none");
    }
}
