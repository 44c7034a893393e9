package dev.ringside.app.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * A POST that reads its body and answers so many bytes: what any answer of this server costs at the least, for the bench to
 * compare with. It is there only where the bench asks for it.
 */
@Singleton
public final class EmptyRoute {
    /** The property that says that it is there. */
    public static final String ENABLED = "bench.empty-route";

    /** Where. */
    public static final String PATH = "/bench/empty";

    /** The parameter with the number of bytes. */
    public static final String BYTES = "bytes";

    /** Before {@link WholeBodies}. */
    private static final int FIRST = -2;

    void install(@Observes Router router, @ConfigProperty(name = ENABLED, defaultValue = "false") boolean enabled) {
        if (enabled) {
            router.post(PATH).order(FIRST).handler(context -> {
                HttpServerRequest request = context.request().resume();
                Buffer answer = Buffer.buffer(new byte[Integer.parseInt(request.getParam(BYTES))]);
                request.body().onSuccess(_ -> context.response().end(answer));
            });
        }
    }
}
