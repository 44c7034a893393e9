package dev.ringside.serving.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.model.Batching;
import dev.ringside.contract.model.ModelManifest;
import dev.ringside.contract.model.Signature;
import dev.ringside.engine.OnnxFiles;
import dev.ringside.engine.onnx.OnnxEngine;
import dev.ringside.serving.batching.BatchSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BatchingTest {
    private static final Signature DISTANCE = Registry.signature("distance");
    private static final int REQUESTS = 200;

    @TempDir
    Path folder;

    private CatalogFixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new CatalogFixture(folder, new OnnxEngine(1));
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private void register(String version, byte[] file, Batching batching) {
        fixture.registry.register(new ModelManifest(
                Registry.SLOT,
                version,
                "onnx",
                fixture.registry.put(file),
                DISTANCE,
                List.of(),
                Map.of(),
                null,
                null,
                null,
                batching));
    }

    private BatchSettings settings(String version) {
        return fixture.catalog.batching(Registry.SLOT, version).orElseThrow();
    }

    private List<Float> askAtOnce() throws Exception {
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<Float>>();
            for (int i = 0; i < REQUESTS; i++) {
                float distance = i;
                answers.add(clients.submit(() -> fixture.infer("1", distance)));
            }
            var found = new ArrayList<Float>();
            for (Future<Float> answer : answers) {
                found.add(answer.get());
            }
            return found;
        }
    }

    @Test
    void requestsThatComeAtOnceAreJoinedAndEachGetsItsOwn() throws Exception {
        register("1", OnnxFiles.linear(2), new Batching(16, null, null, null, 1));
        fixture.publishAndAwait("1");

        List<Float> answers = askAtOnce();

        for (int i = 0; i < REQUESTS; i++) {
            assertEquals(2f * i, answers.get(i));
        }
        VersionCounts counts = fixture.catalog.counts().getFirst();
        assertEquals(REQUESTS, counts.rows());
        assertTrue(counts.runs() < REQUESTS, counts::toString);
        assertTrue(counts.batches().stream().allMatch(batch -> batch.rows() <= 16), counts::toString);
    }

    @Test
    void aModelThatLooksAtItsNeighboursHasNone() throws Exception {
        register("1", OnnxFiles.batchMean(), Batching.NONE);
        fixture.publishAndAwait("1");

        assertEquals(0, settings("1").maxRows());
        assertTrue(askAtOnce().stream().allMatch(answer -> answer == 0));
        assertEquals(REQUESTS, fixture.catalog.counts().getFirst().runs());
    }

    @Test
    void answersAreRoundedByNeighboursOnlyWhereTheManifestAsksForBatches() throws Exception {
        byte[] file = OnnxFiles.batchMean(0x1p-18f);
        register("1", file, Batching.NONE);
        register("2", file, new Batching(16, null, null, null, null));
        fixture.publish();
        for (String version : List.of("1", "2")) {
            fixture.recorder.await(version + " Serving");
        }

        assertEquals(0, settings("1").maxRows());
        assertEquals(16, settings("2").maxRows());
    }

    @Test
    void whatTheManifestDoesNotSayIsTheServers() throws Exception {
        register("1", OnnxFiles.linear(2), null);
        register("2", OnnxFiles.linear(2), new Batching(8, 250, 4, 9, 3));
        register("3", OnnxFiles.linear(2), new Batching(0, null, null, null, null));
        fixture.publish();
        for (String version : List.of("1", "2", "3")) {
            fixture.recorder.await(version + " Serving");
        }

        assertEquals(new BatchSettings(64, Duration.ZERO, 10, TestConfig.QUICK.queue(), true, 2), settings("1"));
        assertEquals(new BatchSettings(8, Duration.ofNanos(250_000), 4, 9, false, 3), settings("2"));
        assertEquals(0, settings("3").maxRows());
    }
}
