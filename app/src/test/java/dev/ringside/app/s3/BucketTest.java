package dev.ringside.app.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.model.Digests;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a real server of S3. */
@Timeout(60)
class BucketTest {
    private static final int TWO_PARTS_AND_A_BIT = 2 * (int) S3Server.PART + 12_345;

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

    private Path file(int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        return Files.write(folder.resolve(bytes + ".bin"), content);
    }

    @Test
    void aFileComesBackAsItWasHoweverManyPartsItIsSentIn() throws IOException {
        try (Bucket bucket = S3Server.bucket(server.port())) {
            bucket.check();
            for (int bytes : List.of(1, (int) S3Server.PART, TWO_PARTS_AND_A_BIT)) {
                Path file = file(bytes);
                bucket.put("sizes/" + bytes, file);
                assertEquals(OptionalLong.of(bytes), bucket.size("sizes/" + bytes));
                Path back = Files.createTempFile(folder, "back", "");
                bucket.fetch("sizes/" + bytes, back);
                assertEquals(Digests.sha256(file), Digests.sha256(back));
                try (var content = bucket.open("sizes/" + bytes)) {
                    assertEquals(-1, Files.mismatch(file, Files.write(back, content.readAllBytes())));
                }
            }
            assertEquals(List.of("1", "10498105", "5242880"), bucket.names("sizes/", "", ""));
            assertEquals(List.of("10498105"), bucket.names("sizes/", "1", "1"));
        }
    }

    @Test
    void whatIsCutOffOnTheWayIsNeverThereAndIsTriedSoOftenAndNoOftener() throws IOException {
        try (Relay relay = new Relay(server.port());
                Bucket bucket = S3Server.bucket(relay.port());
                Bucket seen = S3Server.bucket(server.port())) {
            Path file = file(TWO_PARTS_AND_A_BIT);
            relay.cutUpAfter(S3Server.PART + 1_000_000);
            BucketFailure failure = assertThrows(BucketFailure.class, () -> bucket.put("cut/large", file));
            assertEquals(BucketFailure.Reason.AWAY, failure.reason(), failure::getMessage);
            assertEquals(OptionalLong.empty(), seen.size("cut/large"));
            assertEquals(List.of(), seen.names("cut/", "", ""));
            assertTrue(failure.getMessage().contains("Attempt Count: 3)"), failure::getMessage);
            // The beginning, a part, a part three times and the taking back three times; the JDK takes another
            // connection
            // where one that it kept was closed.
            assertTrue(relay.connections() <= 2 * 8, () -> relay.connections() + " connections");
            relay.heal();
            bucket.put("cut/large", file);
            assertEquals(List.of("large"), seen.names("cut/", "", ""));
        }
    }

    @Test
    void anAnswerThatIsCutOffIsAskedForAgain() throws IOException {
        try (Relay relay = new Relay(server.port());
                Bucket bucket = S3Server.bucket(relay.port())) {
            Path file = file(TWO_PARTS_AND_A_BIT);
            bucket.put("again", file);
            relay.cutDownOnceAfter(1_000_000);
            Path back = Files.createTempFile(folder, "back", "");
            bucket.fetch("again", back);
            assertEquals(-1, Files.mismatch(file, back));
        }
    }

    @Test
    void whatIsMissingIsToldFromWhatIsForbiddenAndFromWhatIsAway() throws IOException {
        Path file = file(10);
        try (Bucket none = S3Server.bucket(server.port(), "no-such-bucket", "secret");
                Bucket stranger = S3Server.bucket(server.port(), S3Server.BUCKET, "wrong");
                Bucket bucket = S3Server.bucket(server.port())) {
            assertFailure(BucketFailure.Reason.NO_BUCKET, "there is no such bucket; make it", none::check);
            assertFailure(
                    BucketFailure.Reason.NO_BUCKET, "ringside/x of bucket 'no-such-bucket'", () -> none.put("x", file));
            assertFailure(BucketFailure.Reason.NO_BUCKET, "looking for", () -> none.size("x"));
            assertFailure(BucketFailure.Reason.DENIED, "AWS_ACCESS_KEY_ID", stranger::check);
            assertFailure(BucketFailure.Reason.DENIED, "writing ringside/x of", () -> stranger.put("x", file));
            assertFailure(BucketFailure.Reason.NO_OBJECT, "reading ringside/x of", () -> bucket.fetch("x", file));
            assertEquals(OptionalLong.empty(), bucket.size("x"));
        }
        int nobody;
        try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = closed.getLocalPort();
        }
        try (Bucket away = S3Server.bucket(nobody)) {
            assertFailure(BucketFailure.Reason.AWAY, "at http://127.0.0.1:" + nobody, away::check);
        }
    }

    @Test
    void anAddressThatIsNoneIsToldWithItsKey() {
        var config = new S3Server.Config(URI.create("minio:9000"));
        InvalidInput mistake = assertThrows(
                InvalidInput.class, () -> Bucket.open(config, "models", S3Server.who("secret"), S3Server.PART));
        assertEquals(
                "'ringside.s3.endpoint': expected an address such as https://minio:9000, found \"minio:9000\"",
                mistake.getMessage());
    }

    /** What fails. */
    private interface Request {
        void ask() throws IOException;
    }

    private static void assertFailure(BucketFailure.Reason reason, String words, Request request) {
        BucketFailure failure = assertThrows(BucketFailure.class, request::ask);
        assertEquals(reason, failure.reason(), failure::getMessage);
        assertTrue(failure.getMessage().contains(words), failure::getMessage);
        assertTrue(failure.getMessage().lines().count() == 1, failure::getMessage);
    }
}
