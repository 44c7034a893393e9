package dev.ringside.app.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.ringside.app.configuration.PlatformConfig;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.json.Json;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.StreamResetException;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one form of every error: {@code {"error": "…"}}, nothing else; one more key breaks Triton's Java client. */
public final class Errors {
    private static final System.Logger LOG = System.getLogger(Errors.class.getName());
    private static final String RETRY_AFTER_SECONDS = "1";

    private final PlatformConfig platform;

    Errors(PlatformConfig platform) {
        this.platform = platform;
    }

    /** What is refused before it reaches an endpoint, such as an address with a per cent sign that stands for nothing. */
    void beforeEndpoints(@Observes Router router) {
        router.errorHandler(
                400, request -> answer(request.response(), 400, "the address of the request is not well-formed"));
    }

    @ServerExceptionMapper
    Response invalid(InvalidInput e) {
        return of(400, e.getMessage());
    }

    @ServerExceptionMapper
    Response json(JsonProcessingException e) {
        return of(400, "not valid JSON: " + e.getOriginalMessage());
    }

    @ServerExceptionMapper
    Response inference(InferenceFailure e) {
        int status = e.why() == InferenceFailure.Cause.UNAVAILABLE
                ? platform.overload().status()
                : e.why().status();
        Response answer = of(status, String.valueOf(e.getMessage()));
        Duration wait = e.retryAfter();
        if (wait != null) {
            answer.getHeaders().putSingle(HttpHeaders.RETRY_AFTER, Long.toString(wholeSeconds(wait)));
        }
        return answer;
    }

    /** The header knows no part of a second. */
    static long wholeSeconds(Duration wait) {
        return Math.max(1, wait.plusSeconds(1).minusNanos(1).toSeconds());
    }

    @ServerExceptionMapper
    Response http(WebApplicationException e) {
        int status = e.getResponse().getStatus();
        String message = status == 404 && "HTTP 404 Not Found".equals(e.getMessage())
                ? "nothing is here; the endpoints are listed at /q/openapi"
                : String.valueOf(e.getMessage());
        Response answer = of(status, message);
        String retry = e.getResponse().getHeaderString(HttpHeaders.RETRY_AFTER);
        if (retry != null) {
            answer.getHeaders().putSingle(HttpHeaders.RETRY_AFTER, retry);
        }
        return answer;
    }

    @ServerExceptionMapper
    Response unexpected(Throwable e) {
        if (isOfAClientThatLeft(e)) {
            LOG.log(System.Logger.Level.DEBUG, "a client closed its connection before its request was read", e);
            return of(400, "the connection was closed before the request was read");
        }
        LOG.log(System.Logger.Level.ERROR, "a request failed", e);
        return of(500, "internal error: " + e.getClass().getSimpleName() + "; the server's log has the rest");
    }

    /** Such are no failures of ours: nobody is there to be answered. */
    static boolean isOfAClientThatLeft(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpClosedException
                    || cause instanceof StreamResetException
                    || cause instanceof ClosedChannelException) {
                return true;
            }
        }
        return false;
    }

    /** Answers with an error in place of an endpoint. */
    public static void answer(HttpServerResponse response, int status, String message) {
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON)
                .end(body(message));
    }

    /** What a client sent is shown to it, and may be no Unicode. */
    private static String body(String message) {
        return Json.write(Map.of("error", new String(message.getBytes(UTF_8), UTF_8)));
    }

    static Response of(int status, String message) {
        var answer =
                Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(body(message));
        return status == 503 || status == 429
                ? answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS).build()
                : answer.build();
    }
}
