package dev.ringside.app.command;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP server that answers as told and remembers what it was asked. */
final class FakeControlPlane implements AutoCloseable {
    /** A request, with the headers that matter. */
    record Asked(String request, String actor, String contentType, String body, String install) {}

    private record Answer(int status, String body) {}

    private final Map<String, Answer> answers = new HashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    FakeControlPlane() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Answers a request such as {@code GET /api/slots}. */
    FakeControlPlane answer(String request, int status, String body) {
        answers.put(request, new Answer(status, body));
        return this;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    Asked last() {
        return asked.getLast();
    }

    Asked sent(String request) {
        return asked.stream()
                .filter(one -> one.request().equals(request))
                .findFirst()
                .orElseThrow();
    }

    int count() {
        return asked.size();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        asked.add(new Asked(
                request,
                exchange.getRequestHeaders().getFirst("X-Ringside-Actor"),
                exchange.getRequestHeaders().getFirst("Content-Type"),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                exchange.getRequestHeaders().getFirst("X-Ringside-Install")));
        Answer answer = answers.getOrDefault(request, new Answer(404, "{\"error\": \"no " + request + "\"}"));
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
