package dev.ringside.app.access;

import dev.ringside.app.access.Doorkeeper.Verdict;
import dev.ringside.app.configuration.AuthConfig;
import dev.ringside.app.configuration.HttpConfig;
import dev.ringside.app.configuration.PlatformConfig;
import dev.ringside.app.embedded.DataFolder;
import dev.ringside.app.embedded.InstallFile;
import dev.ringside.app.http.Errors;
import dev.ringside.contract.actor.ActorHeader;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The first that a request meets: refuses foreign hosts and the pages of foreign origins, those who have not proven who
 * they are or may not do what they ask for, and bodies that do not say that they are JSON, because a web page can send
 * others without asking first.
 */
@Singleton
public final class Entrance {
    /** Before {@code BodyLimit} and everything of the server's own. */
    private static final int FIRST = -4;

    private static final int UNAUTHORIZED = 401;
    private static final int MISDIRECTED = 421;
    private static final int FORBIDDEN = 403;
    private static final int UNSUPPORTED_TYPE = 415;
    private static final String API = "/api/";

    /** Where model files are posted. */
    private static final Set<String> FILES = Set.of("/api/artefacts", "/api/models/inspect");

    private final Hosts hosts;
    private final boolean checksTypes;
    private final Doorkeeper doorkeeper;
    private final Misdirected misdirected;

    Entrance(HttpConfig http, AuthConfig auth, PlatformConfig platform) throws IOException {
        this.hosts = new Hosts(http.allowedHosts().orElse(List.of()));
        this.checksTypes = http.contentTypes() == HttpConfig.ContentTypes.CHECKED;
        this.doorkeeper = new Doorkeeper(auth);
        this.misdirected = new Misdirected(
                new DataFolder(platform.dataDir().toAbsolutePath().normalize()));
    }

    void install(@Observes Router router) {
        router.route().order(FIRST).handler(this::enter);
    }

    private void enter(RoutingContext context) {
        HttpServerRequest request = context.request();
        var local = request.localAddress();
        Optional<String> foreign = hosts.complaint(
                host(request), local == null ? null : local.hostAddress(), request.getHeader(HttpHeaders.ORIGIN));
        if (foreign.isPresent()) {
            refuse(context, FORBIDDEN, foreign.get());
            return;
        }
        Optional<String> other = misdirected.complaint(request.getHeader(InstallFile.HEADER));
        if (other.isPresent()) {
            // A folder's path is told to nobody who has not proven who they are.
            refuse(
                    context,
                    MISDIRECTED,
                    doorkeeper.asksForKeys() ? "the Ringside on another data folder" : other.get());
            return;
        }
        String path = context.normalizedPath();
        if (!mayEnter(context, path)) {
            return;
        }
        String type = checksTypes ? typeComplaint(request, path) : null;
        if (type != null) {
            refuse(context, UNSUPPORTED_TYPE, type);
            return;
        }
        context.next();
    }

    private static @Nullable String host(HttpServerRequest request) {
        var authority = request.authority();
        if (authority == null) {
            return request.getHeader(HttpHeaders.HOST);
        }
        return authority.port() < 0 ? authority.host() : authority.host() + ":" + authority.port();
    }

    /** Only this class says that a name is proven. */
    private static void dropProof(HttpServerRequest request) {
        String actor = request.getHeader(ActorHeader.NAME);
        if (actor != null && ActorHeader.isProven(actor)) {
            request.headers().remove(ActorHeader.NAME);
        }
    }

    private boolean mayEnter(RoutingContext context, String path) {
        HttpServerRequest request = context.request();
        String method = request.method().name();
        return switch (doorkeeper.admit(
                method, path, method + " " + path, request.getHeader(HttpHeaders.AUTHORIZATION))) {
            case Verdict.Unproven(String message) -> {
                context.response().putHeader("WWW-Authenticate", "Basic realm=\"Ringside\", charset=\"UTF-8\"");
                refuse(context, UNAUTHORIZED, message);
                yield false;
            }
            case Verdict.Forbidden(String message) -> {
                refuse(context, FORBIDDEN, message);
                yield false;
            }
            case Verdict.Admitted admitted -> {
                ApiKey who = admitted.key();
                if (who == null) {
                    dropProof(request);
                } else {
                    request.headers().set(ActorHeader.NAME, ActorHeader.proven(who.name()));
                }
                yield true;
            }
        };
    }

    /** What is wrong with the type of a body under {@code /api}; null if nothing is. */
    private static @Nullable String typeComplaint(HttpServerRequest request, String path) {
        HttpMethod method = request.method();
        if (!path.startsWith(API) || method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
            return null;
        }
        String header = request.getHeader(HttpHeaders.CONTENT_TYPE);
        String type = header == null ? "" : header.split(";", -1)[0].strip().toLowerCase(Locale.ROOT);
        if (type.isEmpty() && !hasBody(request)) {
            return null;
        }
        boolean files = FILES.contains(path);
        boolean fits = files ? type.equals("application/octet-stream") : isJson(type) || isYaml(type);
        return fits
                ? null
                : "expected Content-Type: " + (files ? "application/octet-stream" : "application/json") + ", found "
                        + (type.isEmpty() ? "none" : type);
    }

    private static boolean isJson(String type) {
        return type.equals("application/json") || (type.startsWith("application/") && type.endsWith("+json"));
    }

    private static boolean isYaml(String type) {
        return type.equals("application/yaml") || type.equals("application/x-yaml") || type.equals("text/yaml");
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || (length != null && !length.equals("0"));
    }

    private static void refuse(RoutingContext context, int status, String message) {
        // What follows is read and dropped, so that the connection can be used again.
        context.request().resume();
        Errors.answer(context.response(), status, message);
    }
}
