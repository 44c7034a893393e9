package dev.ringside.app.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Hears of clients that close their connection while they wait for a prediction. */
@Singleton
public final class WaitingClients {
    private static final String KEY = WaitingClient.class.getName();

    /** Before whoever answers. */
    private static final int FIRST = -1;

    void install(@Observes Router router) {
        router.routeWithRegex(HttpMethod.POST, "/v2/models/.+/infer")
                .order(FIRST)
                .handler(WaitingClients::watch);
    }

    private static void watch(RoutingContext request) {
        var client = new WaitingClient();
        request.put(KEY, client);
        request.addEndHandler(ended -> {
            if (ended.failed()) {
                client.hasGone();
            }
        });
        request.next();
    }

    /** The client of a request. */
    static WaitingClient of(RoutingContext request) {
        WaitingClient client = request.get(KEY);
        return client == null ? new WaitingClient() : client;
    }
}
