package dev.ringside.app.load;

import static dev.ringside.app.client.ControlClient.encode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.app.client.ControlClient;
import dev.ringside.app.client.ControlFailure;
import dev.ringside.app.client.Document;
import dev.ringside.app.configuration.Role;
import dev.ringside.app.embedded.DataFolder;
import dev.ringside.app.embedded.Ports;
import dev.ringside.app.platform.Layout;
import dev.ringside.app.platform.Platform;
import dev.ringside.app.program.ApplicationFiles;
import dev.ringside.benchmarks.serving.Network;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * A router in front of a model server, with all that they need, in processes of their own; in its only slot an experiment
 * runs between two versions of one network, so that each request with a unit is assigned.
 */
final class RoutedPlatform implements AutoCloseable {
    private static final String SLOT = "bench";
    private static final String CHAMPION = "v1";
    private static final String CHALLENGER = "v2";
    private static final String WHY = "the bench";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** So many units ask in turn. */
    private static final int UNITS = 1024;

    private static final int FIRST_PORT = 20_000;
    private static final int LAST_PORT = 32_000;
    private static final int USED = 16;
    private static final int OK = 200;

    private final Platform platform;
    private final Questions questions = new Questions(Network.SMALL, 1);

    private RoutedPlatform(Platform platform) {
        this.platform = platform;
    }

    /**
     * Starts it, and returns when a unit is assigned.
     *
     * @param folder where it keeps everything, which the caller deletes
     * @throws IOException if it does not start, or refuses what the bench declares
     */
    static RoutedPlatform start(Path folder) throws IOException, InterruptedException {
        var platform = new Platform(
                ApplicationFiles.jar(), DataFolder.open(folder), new Ports(freeBase()), Layout.ROUTED, Map.of());
        var routed = new RoutedPlatform(platform);
        try {
            platform.start();
            routed.declare();
            routed.awaitAssigned();
            return routed;
        } catch (ControlFailure e) {
            routed.close();
            throw new IOException(e.getMessage(), e);
        } catch (IOException | InterruptedException | RuntimeException e) {
            routed.close();
            throw e;
        }
    }

    /** Where nobody listens, nor behind it as far as an installation goes. */
    private static int freeBase() throws IOException {
        for (int base = FIRST_PORT; base < LAST_PORT; base += USED) {
            if (IntStream.range(base, base + USED).allMatch(RoutedPlatform::isFree)) {
                return base;
            }
        }
        throw new IOException("no " + USED + " free ports in a row from " + FIRST_PORT + " to " + LAST_PORT);
    }

    private static boolean isFree(int port) {
        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void declare() throws IOException, ControlFailure, InterruptedException {
        var control = new ControlClient(platform.address(Role.EXPERIMENTS), WHY, PATIENCE);
        JsonNode uploaded = control.upload("/api/artefacts", Network.SMALL.file());
        String digest = uploaded.path("sha256").asText();
        JsonNode signature =
                control.get("/api/artefacts/" + encode(digest) + "/model").path("signature");
        control.put(
                "/api/slots/" + SLOT + "?why=" + encode(WHY),
                Document.json(Map.of(
                        "name",
                        SLOT,
                        "unit_type",
                        "visitor",
                        "segment_attribute",
                        "region",
                        "segments",
                        List.of("A"),
                        "signature",
                        signature,
                        "deadline",
                        "10s")));
        for (String version : List.of(CHAMPION, CHALLENGER)) {
            control.post(
                    "/api/slots/" + SLOT + "/versions",
                    Document.json(Map.of(
                            "slot", SLOT,
                            "version", version,
                            "format", "onnx",
                            "sha256", digest,
                            "signature", signature,
                            "metrics", Map.of())));
        }
        await("loaded", () -> {
            JsonNode versions = control.get("/api/slots/" + SLOT + "/versions");
            int ready = 0;
            for (JsonNode version : versions) {
                ready += version.path("ready").asBoolean() ? 1 : 0;
            }
            return ready == 2;
        });
        control.post("/api/slots/" + SLOT + "/champion", Document.json(Map.of("version", CHAMPION, "why", WHY)));
        control.put(
                "/api/experiments/" + SLOT,
                Document.json(Map.of(
                        "name", SLOT,
                        "slot", SLOT,
                        "segments", List.of("A"),
                        "arms",
                                List.of(
                                        Map.of("variant", "champion"),
                                        Map.of("variant", "challenger", "version", CHALLENGER)),
                        "kpis",
                                List.of(Map.of(
                                        "name", "booked",
                                        "kind", "proportion",
                                        "role", "primary",
                                        "minimum_effect", 0.02)))));
        control.post("/api/experiments/" + SLOT + "/start", Document.json(Map.of("why", WHY)));
    }

    private void awaitAssigned() throws IOException, ControlFailure, InterruptedException {
        try (var http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpRequest ask = HttpRequest.newBuilder(router().resolve("/v2/models/" + SLOT + "/infer"))
                    .timeout(PATIENCE)
                    .POST(BodyPublishers.ofByteArray(body(0)))
                    .build();
            await("assigning units", () -> {
                HttpResponse<byte[]> answer = http.send(ask, BodyHandlers.ofByteArray());
                return answer.statusCode() == OK
                        && Json.read(answer.body(), JsonNode.class)
                                .path("parameters")
                                .has("experiment");
            });
        }
    }

    private static void await(String what, Callable<Boolean> holds)
            throws IOException, ControlFailure, InterruptedException {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                if (holds.call()) {
                    return;
                }
            } catch (IOException | ControlFailure | InterruptedException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
            if (System.nanoTime() - giveUp > 0) {
                throw new IOException("the platform is not " + what + " after " + PATIENCE.toSeconds() + " s");
            }
            Thread.sleep(100);
        }
    }

    private URI router() {
        return platform.address(Role.ROUTER);
    }

    private byte[] body(int unit) {
        return questions.body("\"unit\":\"unit-" + unit + "\",\"region\":\"A\"");
    }

    private List<byte[]> bodies() {
        return IntStream.range(0, UNITS).mapToObj(this::body).toList();
    }

    /** Each with a unit, to the router. */
    HttpRequests routed() {
        return HttpRequests.post(router(), "/v2/models/" + SLOT + "/infer", bodies());
    }

    /** The same rows to the router, of one version. */
    HttpRequests byVersion() {
        return HttpRequests.post(router(), version(), List.of(questions.body("")));
    }

    /** The same rows to the model server itself. */
    HttpRequests direct() {
        return HttpRequests.post(platform.address(Role.SERVING), version(), List.of(questions.body("")));
    }

    private static String version() {
        return "/v2/models/" + SLOT + "/versions/" + CHAMPION + "/infer";
    }

    /** The processor time that router and model server have taken so far, in seconds; Kafka's is not in it. */
    double processorSeconds() throws IOException {
        return platform.processorSeconds(Role.ROUTER) + platform.processorSeconds(Role.SERVING);
    }

    @Override
    public void close() {
        platform.close();
    }
}
