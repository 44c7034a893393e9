package dev.ringside.serving.repository;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.inference.Call;
import dev.ringside.contract.inference.Deadline;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.InferenceResponse;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.inference.TensorData;
import dev.ringside.contract.json.DurationText;
import dev.ringside.contract.repository.IndexedVersion;
import dev.ringside.engine.OnnxFiles;
import dev.ringside.engine.onnx.OnnxEngine;
import dev.ringside.serving.ServingConfig;
import dev.ringside.serving.catalog.Catalog;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderRepositoryTest {
    // Held, or the level would be collected with it. Failures are provoked here by the dozen.
    private static final Logger LOG = Logger.getLogger("dev.ringside.serving");

    static {
        LOG.setLevel(Level.OFF);
    }

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path root;

    private Catalog catalog;
    private FolderRepository repository;

    private void serve(String control, String... more) throws IOException {
        var properties = new java.util.HashMap<>(Map.of("ringside.repository.control", control));
        properties.put("ringside.repository.poll-interval", "30ms");
        for (int i = 0; i < more.length; i += 2) {
            properties.put("ringside.repository." + more[i], more[i + 1]);
        }
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, DurationText::parse)
                .withSources(new PropertiesConfigSource(properties, "test", 500))
                .withMapping(ServingConfig.class)
                .withMapping(RepositoryConfig.class)
                .build();
        var changes = new Changes();
        catalog = new Catalog(
                config.getConfigMapping(ServingConfig.class),
                List.of(new OnnxEngine(1)),
                System::nanoTime,
                (_, _, _) -> changes.happened());
        repository = new FolderRepository(
                        new ModelFolder(root),
                        config.getConfigMapping(RepositoryConfig.class),
                        catalog,
                        changes,
                        System::nanoTime,
                        PATIENCE)
                .start();
    }

    @AfterEach
    void close() {
        if (repository != null) {
            repository.close();
            catalog.close();
        }
    }

    /** Puts a file in its place at once, as people should. */
    private void put(String path, byte[] bytes) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Path next = Files.write(Files.createTempFile(root, ".next", null), bytes);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void await(String what, Callable<Boolean> holds) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!holds.call()) {
            assertTrue(System.nanoTime() < end, "not " + what + " within " + PATIENCE);
            Thread.sleep(5);
        }
    }

    private void awaitReady() throws Exception {
        await("ready", () -> catalog.ready());
    }

    private InferenceResponse ask(String model) {
        return catalog.infer(
                model,
                Call.of(
                        new InferenceRequest("1", Map.of(), List.of(Tensor.column("distance", 2f)), List.of()),
                        Deadline.in(PATIENCE, System::nanoTime)));
    }

    /** Version and answer of a request that names none, for distance 2. */
    private String answer(String model) {
        InferenceResponse response = ask(model);
        return response.modelVersion() + ": "
                + ((TensorData.Fp32) response.outputs().getFirst().data()).values()[0];
    }

    private String state(String model, String version) {
        return repository.index().stream()
                .filter(line -> line.name().equals(model) && version.equals(line.version()))
                .map(line -> line.state() + (line.reason() == null ? "" : " " + line.reason()))
                .findFirst()
                .orElse("none");
    }

    private InferenceFailure refused(Runnable what) {
        return assertThrows(InferenceFailure.class, what::run);
    }

    @Test
    void theGreatestNumberAnswersARequestThatNamesNoVersion() throws Exception {
        put("fare/9/model.onnx", OnnxFiles.linear(9));
        put("fare/10/model.onnx", OnnxFiles.linear(10));
        serve("none");
        awaitReady();

        assertEquals("10: 20.0", answer("fare"));
        assertEquals("READY", state("fare", "10"));
        assertEquals("none", state("fare", "9"));
        assertEquals(List.of("10"), catalog.metadata("fare").versions());
    }

    @Test
    void everyVersionOfThePolicyAnswersByItsName() throws Exception {
        put("fare/1/model.onnx", OnnxFiles.linear(1));
        put("fare/2/model.onnx", OnnxFiles.linear(2));
        put("fare/beta/model.onnx", OnnxFiles.linear("other", 5));
        put("fare/config.yaml", "version_policy: all".getBytes(UTF_8));
        serve("none");
        await("loaded", () -> catalog.report().stream().filter(v -> v.ready()).count() == 3);

        assertEquals("2: 4.0", answer("fare"));
        assertEquals(
                "other", catalog.metadata("fare", "beta").inputs().getFirst().name());
        assertEquals(List.of("1", "2", "beta"), catalog.metadata("fare").versions());
    }

    @Test
    void aBrokenModelFailsAloneAndSaysWhy() throws Exception {
        put("good/1/model.onnx", OnnxFiles.linear(1));
        byte[] whole = OnnxFiles.linear(1);
        put("cut/1/model.onnx", Arrays.copyOf(whole, whole.length - 7));
        put("text/1/model.onnx", "no model".getBytes(UTF_8));
        put("wish/1/model.onnx", OnnxFiles.unknownOperator());
        put("lost/1/model.onnx", OnnxFiles.external("weights.bin", 0, 4));
        put("spy/1/model.onnx", OnnxFiles.external("../../good/1/model.onnx", 0, 4));
        put("empty/1/readme", new byte[0]);
        put("wrong/1/model.onnx", whole);
        put("wrong/config.yaml", "version_policy: newest".getBytes(UTF_8));
        serve("none");
        List<String> broken = List.of("cut", "text", "wish", "lost", "spy", "empty");
        await(
                "settled",
                () -> broken.stream().allMatch(model -> state(model, "1").startsWith("UNAVAILABLE")));
        await("good", () -> state("good", "1").equals("READY"));

        assertEquals("1: 2.0", answer("good"));
        Map.of(
                        "cut", "are left",
                        "text", "no ONNX file",
                        "wish", "Wish",
                        "lost", "weights.bin",
                        "spy", "expected one in the folder of the model file",
                        "empty", "expected the file model.onnx or model.pt in empty/1")
                .forEach((model, reason) -> {
                    String state = state(model, "1");
                    assertTrue(state.startsWith("UNAVAILABLE failed to load: ") && state.contains(reason), state);
                });
        assertTrue(state("wrong", "").startsWith("UNAVAILABLE failed to load: config.yaml: 'version_policy'"));
        assertEquals(Cause.UNAVAILABLE, refused(() -> ask("cut")).why());
        assertTrue(!catalog.ready(), "not every model answers");
    }

    @Test
    void aReloadThatFailsLeavesWhatServes() throws Exception {
        put("fare/1/model.onnx", OnnxFiles.linear(1));
        serve("explicit", "load", "*");
        awaitReady();

        put("fare/1/model.onnx", OnnxFiles.unknownOperator());
        InferenceFailure failure = refused(() -> repository.load("fare", null));
        assertTrue(
                String.valueOf(failure.getMessage()).startsWith("failed to load 'fare', version '1' failed to load: "),
                failure::getMessage);
        assertEquals("1: 2.0", answer("fare"));
        assertTrue(state("fare", "1").startsWith("READY the file before it serves"), state("fare", "1"));

        put("fare/2/model.onnx", "no model".getBytes(UTF_8));
        assertThrows(InferenceFailure.class, () -> repository.load("fare", null));
        assertEquals("1: 2.0", answer("fare"));

        put("fare/config.yaml", "version_policy: {latest: {num_versions: -1}}".getBytes(UTF_8));
        assertTrue(String.valueOf(refused(() -> repository.load("fare", null)).getMessage())
                .contains("failed to load 'fare', config.yaml: 'version_policy.latest.num_versions'"));
        assertEquals("1: 2.0", answer("fare"));
        assertTrue(catalog.ready(), "what serves goes on");

        put("fare/config.yaml", new byte[0]);
        put("fare/2/model.onnx", OnnxFiles.linear(3));
        repository.load("fare", null);
        assertEquals("2: 6.0", answer("fare"));
        await("gone", () -> state("fare", "1").equals("none"));
    }

    @Test
    void aModelIsLoadedUnloadedAndLoadedAgain() throws Exception {
        put("fare/1/model.onnx", OnnxFiles.linear(1));
        put("tip/1/model.onnx", OnnxFiles.linear(7));
        serve("explicit");
        await("told", () -> catalog.routingVersion() > 0);
        assertEquals(
                List.of(new IndexedVersion("fare", null, null, null), new IndexedVersion("tip", null, null, null)),
                repository.index());
        assertEquals(Cause.UNKNOWN_MODEL, refused(() -> ask("fare")).why());

        repository.load("fare", null);
        assertEquals("1: 2.0", answer("fare"));
        repository.load("fare", null);

        repository.unload("fare", null);
        assertTrue(String.valueOf(refused(() -> ask("fare")).getMessage()).startsWith("Request for unknown model"));
        assertEquals(
                Cause.UNKNOWN_MODEL,
                refused(() -> repository.unload("fare", null)).why());
        assertEquals("UNAVAILABLE unloaded", state("fare", "1"));

        repository.load("fare", null);
        assertEquals("1: 2.0", answer("fare"));
        assertTrue(String.valueOf(refused(() -> repository.load("nosuch", null)).getMessage())
                .contains("failed to load 'nosuch'"));
    }

    @Test
    void aVersionIsLoadedBesideTheOthersAndUnloadedAlone() throws Exception {
        put("fare/1/model.onnx", OnnxFiles.linear(1));
        put("fare/2/model.onnx", OnnxFiles.linear(2));
        serve("explicit");
        repository.load("fare", null);
        assertEquals("2: 4.0", answer("fare"));

        repository.load("fare", "1");
        assertEquals(List.of("1", "2"), catalog.metadata("fare").versions());
        assertEquals("2: 4.0", answer("fare"));

        repository.unload("fare", "2");
        assertEquals(List.of("1"), catalog.metadata("fare").versions());
        assertEquals("1: 2.0", answer("fare"));
        assertTrue(String.valueOf(refused(() -> repository.load("fare", "3")).getMessage())
                .contains("there is no folder '3'"));
        assertEquals("1: 2.0", answer("fare"));
    }

    @Test
    void whoAsksForNoVersionNeverMissesOneThatGoes() throws Exception {
        put("fare/1/model.onnx", OnnxFiles.linear(1));
        put("fare/2/model.onnx", OnnxFiles.linear(2));
        serve("explicit");
        repository.load("fare", "1");
        var ended = new AtomicBoolean();
        try (var asking = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> asked = asking.submit(() -> {
                while (!ended.get()) {
                    catalog.metadata("fare");
                    catalog.batching("fare", null);
                    answer("fare");
                }
            });
            for (int i = 0; i < 50; i++) {
                repository.load("fare", "2");
                repository.unload("fare", "2");
            }
            ended.set(true);
            asked.get();
        }
    }

    @Test
    void theFolderIsFollowedWhereItIsPolled() throws Exception {
        put("fare/1/model.onnx", OnnxFiles.linear(1));
        serve("poll");
        awaitReady();

        put("fare/2/model.onnx", OnnxFiles.linear(2));
        await("taken", () -> answer("fare").equals("2: 4.0"));
        put("fare/2/model.onnx", OnnxFiles.linear(3));
        await("taken anew", () -> answer("fare").equals("2: 6.0"));
        put("fare/3/model.onnx", "no model".getBytes(UTF_8));
        await("tried", () -> state("fare", "3").contains("failed to load"));
        assertEquals("2: 6.0", answer("fare"));
        put("tip/1/model.onnx", OnnxFiles.linear(4));
        await("found", () -> state("tip", "1").equals("READY"));

        Files.delete(root.resolve("tip/1/model.onnx"));
        Files.delete(root.resolve("tip/1"));
        Files.delete(root.resolve("tip"));
        await("gone", () -> state("tip", "1").startsWith("UNAVAILABLE unloaded"));
        assertEquals(
                Cause.UNSUPPORTED, refused(() -> repository.load("fare", null)).why());
    }

    @Test
    void clientsLoadNothingWhereNobodySaidThatTheyMay() throws Exception {
        put("fare/1/model.onnx", OnnxFiles.linear(1));
        serve("none");
        awaitReady();

        InferenceFailure failure = refused(() -> repository.unload("fare", null));
        assertEquals(Cause.UNSUPPORTED, failure.why());
        assertTrue(String.valueOf(failure.getMessage()).contains("--model-control explicit"), failure::getMessage);
    }

    @Test
    void noRequestFailsWhileAModelIsReplacedAgainAndAgain() throws Exception {
        put("fare/1/model.onnx", OnnxFiles.linear(1));
        serve("explicit", "load", "fare");
        awaitReady();
        var stop = new java.util.concurrent.atomic.AtomicBoolean();
        try (var clients = java.util.concurrent.Executors.newFixedThreadPool(2)) {
            var first = clients.submit(() -> askUntil(stop));
            var second = clients.submit(() -> askUntil(stop));
            for (int version = 2; version <= 15; version++) {
                put("fare/" + version + "/model.onnx", OnnxFiles.linear(version));
                repository.load("fare", null);
                assertEquals(version + ": " + 2f * version, answer("fare"));
            }
            stop.set(true);
            assertTrue(first.get() + second.get() > 0);
        }
    }

    private int askUntil(java.util.concurrent.atomic.AtomicBoolean stop) {
        int answered = 0;
        while (!stop.get()) {
            answer("fare");
            answered++;
        }
        return answered;
    }
}
