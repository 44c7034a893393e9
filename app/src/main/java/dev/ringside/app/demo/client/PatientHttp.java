package dev.ringside.app.demo.client;

import dev.ringside.contract.inference.InferenceJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Posts that survive a restart of the other side: while nothing answers, a connection breaks, or the answer is 503, the
 * same bytes are sent again. They carry ids, so a repeat is harmless. Safe for use by many threads.
 */
public final class PatientHttp implements AutoCloseable {
    private static final int UNAVAILABLE = 503;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    // Virtual threads on both sides of a request: measured, a third of the processor time of the default pool.
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(threads)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final AtomicLong repeats = new AtomicLong();
    private final Duration patience;

    /** @param patience how long one post is tried */
    public PatientHttp(Duration patience) {
        this.patience = patience;
    }

    /** How often a request was sent again. */
    public long repeats() {
        return repeats.get();
    }

    /**
     * Posts JSON until it is answered.
     *
     * @return the body of a 2xx answer
     * @throws ReplayFailure if the answer is anything but 2xx and 503, or there is none for too long
     */
    public byte[] post(URI address, byte[] body) throws ReplayFailure, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(patience)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        long giveUp = System.nanoTime() + patience.toNanos();
        Duration pause = FIRST_PAUSE;
        while (true) {
            ReplayFailure last;
            try {
                HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
                if (response.statusCode() / 100 == 2) {
                    return response.body();
                }
                last = new ReplayFailure(address + " answered " + response.statusCode() + ": " + error(response)
                        + "; the request began " + beginning(body));
                if (response.statusCode() != UNAVAILABLE) {
                    throw last;
                }
            } catch (IOException e) {
                last = new ReplayFailure(address + " did not answer: " + e, e);
            }
            if (System.nanoTime() > giveUp) {
                throw new ReplayFailure(
                        "gave up after " + patience.toSeconds() + " s and " + repeats + " repeats: "
                                + last.getMessage(),
                        last);
            }
            repeats.incrementAndGet();
            Thread.sleep(pause);
            Duration longer = pause.multipliedBy(2);
            pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
        }
    }

    private static String error(HttpResponse<byte[]> response) {
        String error = InferenceJson.readError(response.body());
        return error == null ? new String(response.body(), StandardCharsets.UTF_8) : error;
    }

    private static String beginning(byte[] body) {
        return new String(body, 0, Math.min(200, body.length), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.shutdownNow();
        threads.shutdownNow();
    }
}
