package dev.ringside.app.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which encodings of a body are taken: gzip and deflate, which {@link BodyLimit} decodes. Others are refused unread. */
@Singleton
final class ContentEncodings {
    private static final int UNSUPPORTED_MEDIA_TYPE = 415;
    private static final int BEFORE_BODY_LIMIT = -4;

    void install(@Observes Router router) {
        router.route().order(BEFORE_BODY_LIMIT).handler(ContentEncodings::check);
    }

    private static void check(RoutingContext request) {
        String name = request.request().getHeader(HttpHeaders.CONTENT_ENCODING);
        if (isNone(name) || of(name).isPresent()) {
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
                "Content-Encoding \"" + name + "\" is not supported, expected gzip, deflate or none");
    }

    private static boolean isNone(@Nullable String name) {
        return name == null || name.isBlank() || name.strip().equalsIgnoreCase("identity");
    }

    /** The encoding of a body by its header; nothing if the body is as it is, or nobody can read it. */
    static Optional<DecodedBody.Encoding> of(@Nullable String name) {
        return name == null
                ? Optional.empty()
                : switch (name.strip().toLowerCase(Locale.ROOT)) {
                    case "gzip", "x-gzip" -> Optional.of(DecodedBody.Encoding.GZIP);
                    case "deflate" -> Optional.of(DecodedBody.Encoding.DEFLATE);
                    default -> Optional.empty();
                };
    }
}
