package dev.ringside.app.demo.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * Router, ingest and clock in one, that answer each flight {@code f-n} with the probability n / 10 modulo 1, remember what
 * they accepted in order, and fail as told: with 503, by closing the connection before or after the work.
 */
final class FakePlatform implements AutoCloseable {
    enum Failure {
        NONE,
        UNAVAILABLE,
        CLOSED_BEFORE,
        CLOSED_AFTER
    }

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> log = new ArrayList<>();
    private final List<JsonNode> bodies = new ArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final IntFunction<Failure> failures;
    private final HttpServer server;

    /** @param failures by the number of the request */
    FakePlatform(IntFunction<Failure> failures) throws IOException {
        this.failures = failures;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    Endpoints endpoints() {
        return new Endpoints(address(), address(), address(), "late-arrival");
    }

    /** What was accepted: {@code ask f-1}, {@code late-f-1} and so on, {@code clock …}. */
    synchronized List<String> log() {
        return List.copyOf(log);
    }

    synchronized List<JsonNode> bodies() {
        return List.copyOf(bodies);
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Failure failure = failures.apply(requests.getAndIncrement());
        switch (failure) {
            case UNAVAILABLE -> answer(exchange, 503, "{\"error\": \"starting\"}");
            case CLOSED_BEFORE -> exchange.close();
            case CLOSED_AFTER -> {
                accept(exchange.getRequestURI().getPath(), Json.read(body, JsonNode.class));
                exchange.close();
            }
            case NONE ->
                answer(exchange, 200, accept(exchange.getRequestURI().getPath(), Json.read(body, JsonNode.class)));
        }
    }

    private synchronized String accept(String path, JsonNode body) {
        bodies.add(body);
        return switch (path) {
            case "/v2/models/late-arrival/infer" -> {
                String unit = body.path("parameters").path("unit").asText();
                log.add("ask " + unit);
                int number = Integer.parseInt(unit.substring(2));
                yield """
                        {"model_name": "late-arrival", "model_version": "network-2", "id": "%s",
                         "parameters": {"experiment": "better", "variant": "%s"},
                         "outputs": [{"name": "probability", "datatype": "FP32", "shape": [1, 1], "data": [%s]}]}""".formatted(
                        body.path("id").asText(), number % 2 == 0 ? "champion" : "challenger", number % 10 / 10.0);
            }
            case "/v2/models/late-arrival/versions/network-2/infer" -> {
                JsonNode data = body.path("inputs").path(0).path("data");
                yield """
                        {"model_name": "late-arrival", "model_version": "network-2",
                         "outputs": [{"name": "probability", "datatype": "FP32", "shape": [%d, 1], "data": %s}]}""".formatted(data.size(), data);
            }
            case "/api/outcomes" -> {
                body.forEach(outcome -> log.add(outcome.path("event_id").asText()));
                yield "{\"accepted\": " + body.size() + "}";
            }
            default -> {
                log.add("clock " + body.path("time").asText());
                yield "{}";
            }
        };
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
