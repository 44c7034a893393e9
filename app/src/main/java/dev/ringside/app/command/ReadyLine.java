package dev.ringside.app.command;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Consumer;

/** Says once that a process takes requests: the line that people and scripts wait for after a start. */
final class ReadyLine {
    private static final Duration BETWEEN = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int OK = 200;

    private ReadyLine() {}

    /** As below, by a thread that ends with the process. */
    static void follow(URI address, String line, Consumer<String> say) {
        Thread.ofPlatform().daemon().name("ready-line").start(() -> {
            try {
                await(address, line, say);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Waits until it is ready, and says so. */
    static void await(URI address, String line, Consumer<String> say) throws InterruptedException {
        try (HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build()) {
            HttpRequest question = HttpRequest.newBuilder(address.resolve("/q/health/ready"))
                    .timeout(PATIENCE)
                    .build();
            while (!isReady(http, question)) {
                Thread.sleep(BETWEEN);
            }
        }
        say.accept(line);
    }

    private static boolean isReady(HttpClient http, HttpRequest question) throws InterruptedException {
        try {
            return http.send(question, BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException e) {
            return false;
        }
    }
}
