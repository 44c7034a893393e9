package dev.ringside.app.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.metrics.archive.ArchiveCopy;
import dev.ringside.metrics.archive.ArchiveDamage;
import dev.ringside.metrics.archive.ArchiveReader;
import dev.ringside.metrics.archive.Archiver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that archives and one that reads, with a bucket between them and no disk. */
@Timeout(60)
class BucketArchiveTest {
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

    /** Archives the records up to an offset that are not archived yet. */
    private void archive(Path place, long end) throws IOException {
        try (var archiver = new Archiver(place, 2, 1 << 20, Duration.ofHours(1), System::nanoTime, Clock.systemUTC())) {
            for (long offset = archiver.next(0); offset < end; offset++) {
                archiver.accept(0, offset, ("record " + offset).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void whatIsArchivedOnOneMachineIsReadOnAnotherAndGoesOnAfterTheDiskIsLost() throws IOException {
        try (Bucket bucket = S3Server.bucket(server.port())) {
            var store = new BucketArchive(bucket);
            Path first = folder.resolve("first");
            archive(first, 5);
            var sending = new ArchiveCopy(first, store);
            assertEquals(new ArchiveCopy.Sent.Level(3), sending.send());
            assertEquals(new ArchiveCopy.Sent.Level(0), sending.send());
            Path second = folder.resolve("second");
            assertEquals(3, new ArchiveCopy(second, store).restore());
            archive(second, 7);
            assertEquals(new ArchiveCopy.Sent.Level(1), new ArchiveCopy(second, store).send());

            Path mirror = folder.resolve("mirror");
            var reading = new ArchiveCopy(mirror, store);
            assertEquals(4, reading.mirror());
            assertEquals(0, reading.mirror());
            ArchiveReader reader = ArchiveReader.open(mirror);
            assertEquals(Map.of(0, 7L), reader.ends());
            var records = new ArrayList<String>();
            reader.read((_, _, value) -> records.add(new String(value, StandardCharsets.UTF_8)));
            assertEquals(
                    List.of("record 0", "record 1", "record 2", "record 3", "record 4", "record 5", "record 6"),
                    records);

            String name = bucket.names("archive/", "unit-events-p000-000000000000", "")
                    .getFirst();
            bucket.put("archive/" + name, Files.writeString(folder.resolve("other"), "somebody's own"));
            ArchiveDamage damage =
                    assertThrows(ArchiveDamage.class, () -> new ArchiveCopy(folder.resolve("another"), store).mirror());
            assertTrue(damage.getMessage().contains(name), damage::getMessage);
        }
    }

    @Test
    void aBucketThatIsNotThereLeavesTheArchiveBehindAndSaysWhy() throws IOException {
        try (Bucket none = S3Server.bucket(server.port(), "no-such-bucket", "secret")) {
            Path place = folder.resolve("alone");
            archive(place, 3);
            var behind = assertInstanceOf(
                    ArchiveCopy.Sent.Behind.class, new ArchiveCopy(place, new BucketArchive(none)).send());
            assertTrue(behind.reason().contains("there is no such bucket"), behind::reason);
        }
    }
}
