package dev.ringside.app.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.model.Digests;
import dev.ringside.experiments.Refusal;
import dev.ringside.experiments.registry.Artefacts;
import dev.ringside.serving.catalog.ArtefactCache;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A control plane and a model server that share a bucket and no disk. */
@Timeout(60)
class BucketArtefactsTest {
    private static final byte[] MODEL = "a model".getBytes(StandardCharsets.UTF_8);
    private static final String DIGEST = Digests.sha256(MODEL);

    private static S3Server server;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        server = S3Server.start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    private BucketArtefacts store(Bucket bucket) throws IOException {
        return new BucketArtefacts(bucket, folder.resolve("passing"));
    }

    private long left() throws IOException {
        try (var files = Files.list(folder.resolve("passing"))) {
            return files.count();
        }
    }

    @Test
    void whatIsRegisteredInOneProcessIsFetchedByAnotherAndChecked() throws Exception {
        try (Bucket bucket = S3Server.bucket(server.port())) {
            var registry = new Artefacts(store(bucket), 1000);
            assertEquals(DIGEST, registry.put(new ByteArrayInputStream(MODEL)).sha256());
            assertArrayEquals(MODEL, registry.read(DIGEST, Files::readAllBytes));
            try (var content = registry.open(DIGEST).content()) {
                assertArrayEquals(MODEL, content.readAllBytes());
            }
            var cache = new ArtefactCache(folder.resolve("cache"), new BucketSource(bucket));
            assertArrayEquals(MODEL, Files.readAllBytes(cache.file(DIGEST)));
            assertEquals(0, left());
        }
    }

    @Test
    void anObjectThatWasChangedIsNeverServedAndIsHealedByAnotherUpload() throws Exception {
        try (Bucket bucket = S3Server.bucket(server.port())) {
            byte[] model = "another model".getBytes(StandardCharsets.UTF_8);
            String digest = Digests.sha256(model);
            var registry = new Artefacts(store(bucket), 1000);
            registry.put(new ByteArrayInputStream(model));
            bucket.put(
                    "artefacts/" + digest.substring(0, 2) + "/" + digest,
                    Files.writeString(folder.resolve("other"), "somebody's own"));
            var cache = new ArtefactCache(folder.resolve("cache"), new BucketSource(bucket));
            assertTrue(assertThrows(IOException.class, () -> cache.file(digest))
                    .getMessage()
                    .startsWith("expected an artefact with digest " + digest));
            Refusal damaged = assertThrows(Refusal.class, () -> registry.read(digest, Files::readAllBytes));
            assertTrue(damaged.getMessage().contains("is damaged where it is kept"), damaged::getMessage);
            registry.put(new ByteArrayInputStream(model));
            assertArrayEquals(model, Files.readAllBytes(cache.file(digest)));
            assertEquals(0, left());
        }
    }

    @Test
    void whatIsNotThereIsUnknownAndABucketThatIsAwayIsToldAsSuch() throws Exception {
        try (Bucket bucket = S3Server.bucket(server.port());
                Bucket none = S3Server.bucket(server.port(), "no-such-bucket", "secret")) {
            String absent = "0".repeat(64);
            var registry = new Artefacts(store(bucket), 1000);
            assertEquals(
                    Refusal.Kind.UNKNOWN,
                    assertThrows(Refusal.class, () -> registry.open(absent)).kind());
            assertEquals(
                    Refusal.Kind.CONFLICT,
                    assertThrows(Refusal.class, () -> registry.read(absent, Files::readAllBytes))
                            .kind());
            var nowhere = new Artefacts(store(none), 1000);
            Refusal away = assertThrows(Refusal.class, () -> nowhere.put(new ByteArrayInputStream(MODEL)));
            assertEquals(Refusal.Kind.NOT_YET, away.kind());
            assertTrue(
                    away.getMessage().startsWith("the artefact store does not answer: writing ringside/artefacts/"),
                    away::getMessage);
            assertEquals(
                    Refusal.Kind.NOT_YET,
                    assertThrows(Refusal.class, () -> nowhere.open(absent)).kind());
            assertEquals(0, left());
        }
    }
}
