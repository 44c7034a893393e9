package dev.ringside.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.id.InstallKey;
import dev.ringside.contract.inference.Call;
import dev.ringside.contract.inference.Deadline;
import dev.ringside.contract.inference.InferenceJson;
import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.inference.TensorData;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.Digests;
import dev.ringside.contract.model.ModelManifest;
import dev.ringside.contract.routing.RoutingTable;
import dev.ringside.contract.routing.SlotRoutes;
import dev.ringside.contract.routing.SlotRoutes.VersionRoute;
import dev.ringside.engine.onnx.OnnxEngine;
import dev.ringside.serving.ServingConfig;
import dev.ringside.serving.catalog.ArtefactCache;
import dev.ringside.serving.catalog.Catalog;
import dev.ringside.serving.catalog.VersionState;
import dev.ringside.training.configuration.ConfigurationReader;
import dev.ringside.training.configuration.GivenFiles;
import dev.ringside.training.configuration.TrainingConfiguration;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.progress.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A trained version as the model server has it: fetched by digest, verified, warmed, and asked by the protocol's JSON, as
 * clients ask it.
 */
final class ServedModel implements AutoCloseable {
    private static final int ROWS = 1_000;
    private static final double TOLERANCE = 1e-5;

    private final ModelManifest manifest;
    private final Catalog catalog;

    private ServedModel(Path version, Path cache) throws Exception {
        manifest = Json.read(Files.readAllBytes(version.resolve("manifest.json")), ModelManifest.class);
        Map<String, Path> artefacts = Map.of(
                manifest.sha256(), version.resolve("model.onnx"),
                Digests.sha256(version.resolve("manifest.json")), version.resolve("manifest.json"));
        var settled = new CompletableFuture<VersionState>();
        catalog = new Catalog(
                new OneThread(),
                List.of(new OnnxEngine(1)),
                new ArtefactCache(cache, (digest, to) -> Files.write(to, Files.readAllBytes(artefacts.get(digest)))),
                System::nanoTime,
                (_, _, state) -> {
                    if (state instanceof VersionState.Serving || state instanceof VersionState.Failed) {
                        settled.complete(state);
                    }
                });
        catalog.accept(table(Digests.sha256(version.resolve("manifest.json"))));
        VersionState state = settled.get(1, TimeUnit.MINUTES);
        assertTrue(state instanceof VersionState.Serving, state::toString);
    }

    private RoutingTable table(String manifestSha256) {
        var slot = new SlotRoutes(
                manifest.slot(),
                "unit",
                "segment",
                List.of(),
                manifest.signature(),
                Duration.ofSeconds(10),
                "salt",
                manifest.version(),
                Map.of(),
                Map.of(manifest.version(), new VersionRoute(manifest.sha256(), manifestSha256, List.of())),
                List.of(),
                List.of());
        return new RoutingTable(1, Instant.EPOCH, new InstallKey(1, 2), 4, List.of(slot));
    }

    private float[] scores(List<Tensor> inputs) {
        byte[] body = InferenceJson.writeRequest(new InferenceRequest("rows", Map.of(), inputs, List.of()));
        var call = Call.of(InferenceJson.readRequest(body), Deadline.in(Duration.ofMinutes(1), System::nanoTime));
        byte[] answer = InferenceJson.writeResponse(catalog.infer(manifest.slot(), manifest.version(), call));
        return ((TensorData.Fp32)
                        InferenceJson.readResponse(answer).outputs().getFirst().data())
                .values();
    }

    /**
     * Serves what was trained, and holds 1,000 rows of the test part, all at once and some of them alone, to what the trainer
     * scored them when it measured its model.
     *
     * @param document what was trained
     * @param data the file that was given beside it; null for its own
     * @param version the folder that was written
     */
    static void assertScoresAsTrained(Path document, @Nullable Path data, Path version) throws Exception {
        TrainingConfiguration configuration = ConfigurationReader.read(GivenFiles.data(data), document, null);
        Table test = rows(configuration);
        double[] trained = RunFiles.EVALUATED
                .read(Map.of(
                        "metrics.json", Files.readAllBytes(version.resolve("run/evaluate/metrics.json")),
                        "scores.f64", Files.readAllBytes(version.resolve("run/evaluate/scores.f64"))))
                .scores();
        assertEquals(test.size(), trained.length);
        assertTrue(test.size() >= ROWS, "only " + test.size() + " rows");
        int[] places = new int[ROWS];
        Arrays.setAll(places, i -> (int) ((long) i * test.size() / ROWS));
        try (var served = new ServedModel(version, version.resolve("served"))) {
            float[] all = served.scores(test.select(places).tensors(configuration.inputs()));
            assertEquals(ROWS, all.length);
            for (int i = 0; i < ROWS; i++) {
                assertEquals(trained[places[i]], all[i], TOLERANCE, "row " + places[i]);
            }
            for (int i = 0; i < ROWS; i += 100) {
                float[] alone = served.scores(test.select(new int[] {places[i]}).tensors(configuration.inputs()));
                assertEquals(trained[places[i]], alone[0], TOLERANCE, "row " + places[i] + " alone");
            }
        }
    }

    private static Table rows(TrainingConfiguration configuration) throws IOException {
        try (var training = new Training(configuration, Progress.of(false, new PrintWriter(Writer.nullWriter())))) {
            return training.preparation().parted(training.preparation().rows()).test();
        }
    }

    @Override
    public void close() {
        catalog.close();
    }

    /** As a server is configured unless it is said otherwise, with one run at a time. */
    private record OneThread() implements ServingConfig {
        @Override
        public List<String> devices() {
            return List.of("cpu");
        }

        @Override
        public int intraOpThreads() {
            return 1;
        }

        @Override
        public OptionalInt threads() {
            return OptionalInt.of(1);
        }

        @Override
        public int queue() {
            return 256;
        }

        @Override
        public Duration fetchTimeout() {
            return Duration.ofMinutes(1);
        }

        @Override
        public Duration loadTimeout() {
            return Duration.ofMinutes(2);
        }

        @Override
        public Duration retryAfter() {
            return Duration.ofMillis(500);
        }

        @Override
        public Duration retryAtMost() {
            return Duration.ofSeconds(30);
        }

        @Override
        public Duration drainTimeout() {
            return Duration.ofSeconds(10);
        }
    }
}
