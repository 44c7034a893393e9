package dev.ringside.router.exposure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    private static final Instant TIME = Instant.parse("2026-03-01T12:00:00.123456789Z");

    @TempDir
    Path folder;

    @Test
    void eventsAreReadAsTheyWereAppended() throws IOException {
        try (var spool = open(1)) {
            append(spool, "a");
            append(spool, "bc");
            SpoolFile segment = spool.after(null);
            assertNotNull(segment);
            try (var reader = new SpoolFileReader(segment)) {
                Shipment.Event first = reader.next(spool.extent(segment).bytes());
                assertNotNull(first);
                assertEquals("1:a", text(first));
                assertEquals(TIME, first.time());
                assertEquals(42, first.unitHash());
                assertEquals("2:bc", text(reader.next(spool.extent(segment).bytes())));
                assertNull(reader.next(spool.extent(segment).bytes()));
                append(spool, "later");
                assertEquals("3:later", text(reader.next(spool.extent(segment).bytes())));
            }
        }
    }

    @Test
    void afterAKillWithinTheLastWriteEverythingBeforeItIsThere() throws IOException {
        try (var spool = open(1)) {
            append(spool, "first");
            append(spool, "second");
            append(spool, "third");
        }
        Path file = files().getFirst();
        byte[] whole = Files.readAllBytes(file);
        int last = Frames.encode(42, TIME, "3:third".getBytes(StandardCharsets.UTF_8)).length;
        for (int length = whole.length - last; length < whole.length; length++) {
            Files.write(file, whole);
            truncate(file, length);
            assertEquals(List.of("1:first", "2:second"), contents(2), "cut to " + length + " bytes");
            assertEquals(whole.length - last, Files.size(file), "cut to " + length + " bytes");
        }
        Files.write(file, whole);
        assertEquals(List.of("1:first", "2:second", "3:third"), contents(2));
    }

    @Test
    void anyChangedByteOfTheLastEventIsNoticedAndTheOthersStay() throws IOException {
        try (var spool = open(1)) {
            append(spool, "first");
            append(spool, "second");
        }
        Path file = files().getFirst();
        byte[] whole = Files.readAllBytes(file);
        int last = Frames.encode(42, TIME, "2:second".getBytes(StandardCharsets.UTF_8)).length;
        for (int i = whole.length - last; i < whole.length; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= 0x40;
            Files.write(file, changed);
            assertEquals(List.of("1:first"), contents(2), "byte " + i);
        }
    }

    @Test
    void aFileCutOffBeforeItsFirstEventIsDeleted() throws IOException {
        try (var spool = open(1)) {
            append(spool, "first");
        }
        truncate(files().getFirst(), 3);
        assertEquals(List.of(), contents(2));
        assertEquals(List.of(), files());
    }

    @Test
    void earlierBootsComeFirstAndInOrder() throws IOException {
        for (int boot = 9; boot <= 11; boot++) {
            try (var spool = open(boot)) {
                append(spool, "boot " + boot);
            }
        }
        assertEquals(List.of("1:boot 9", "1:boot 10", "1:boot 11"), contents(12));
    }

    @Test
    void aFileIsDeletedOnceTheLogHasAllOfItAndNoSooner() throws IOException {
        try (var spool = open(1)) {
            append(spool, "a");
            append(spool, "b");
        }
        try (var spool = open(2)) {
            SpoolFile segment = spool.after(null);
            assertNotNull(segment);
            assertTrue(spool.isEarlier(segment));
            assertEquals(2, spool.state().pending());
            spool.acknowledged(segment);
            assertEquals(1, files().size());
            spool.acknowledged(segment);
            assertEquals(0, files().size());
            assertEquals(0, spool.state().pending());
            assertEquals(0, spool.state().bytes());
        }
    }

    @Test
    void theFileBeingWrittenIsDeletedWhenItsSuccessorBegins() throws IOException {
        try (var spool = open(1)) {
            String large = "x".repeat(40_000);
            append(spool, large);
            spool.acknowledged(spool.after(null));
            assertEquals(1, files().size());
            append(spool, large);
            assertEquals(1, files().size());
            assertEquals(1, spool.state().pending());
        }
    }

    @Test
    void fullIsSaidWhileThereIsStillRoomForWhatIsUnderWay() throws IOException {
        try (var spool = open(1)) {
            String large = "x".repeat(10_000);
            while (!spool.full()) {
                append(spool, large);
            }
            long atFull = spool.state().bytes();
            assertTrue(atFull < Spool.LEAST_LIMIT, "full at " + atFull);
            int more = 0;
            while (spool.append(42, TIME, sequence -> large.getBytes(StandardCharsets.UTF_8))) {
                more++;
            }
            assertTrue(more >= 5, "room for " + more);
            assertTrue(spool.state().bytes() <= Spool.LEAST_LIMIT + 20_000);
            assertTrue(spool.state().full());
        }
    }

    @Test
    void itIsNoLongerFullOnceTheLogHasTakenEnough() throws IOException {
        try (var spool = open(1)) {
            while (!spool.full()) {
                append(spool, "x".repeat(10_000));
            }
            SpoolFile first = spool.after(null);
            assertNotNull(first);
            for (long i = first.events(); i > 0; i--) {
                assertTrue(spool.full());
                spool.acknowledged(first);
            }
            assertFalse(spool.full());
        }
    }

    @Test
    void aDiskThatCannotBeWrittenIsFullUntilItCan() throws IOException {
        try (var spool = open(1)) {
            append(spool, "a");
            Files.delete(files().getFirst());
            Files.delete(folder);
            Files.writeString(folder, "in the way");
            assertFalse(spool.append(42, TIME, sequence -> new byte[70_000]));
            assertTrue(spool.full());
            Files.delete(folder);
            Files.createDirectory(folder);
            append(spool, "b");
            assertFalse(spool.full());
        }
    }

    @Test
    void otherFilesInTheFolderAreLeftAlone() throws IOException {
        Files.writeString(folder.resolve("notes.txt"), "mine");
        assertEquals(List.of(), contents(1));
        assertEquals("mine", Files.readString(folder.resolve("notes.txt")));
    }

    private Spool open(long boot) throws IOException {
        return Spool.open(folder, boot, Spool.LEAST_LIMIT);
    }

    private static void append(Spool spool, String text) {
        assertTrue(spool.append(42, TIME, sequence -> (sequence + ":" + text).getBytes(StandardCharsets.UTF_8)));
    }

    private List<String> contents(long boot) throws IOException {
        var all = new ArrayList<String>();
        try (var spool = open(boot)) {
            for (SpoolFile s = spool.after(null); s != null; s = spool.after(s)) {
                try (var reader = new SpoolFileReader(s)) {
                    long limit = spool.extent(s).bytes();
                    for (Shipment.Event e = reader.next(limit); e != null; e = reader.next(limit)) {
                        all.add(text(e));
                    }
                }
            }
        }
        return all;
    }

    private static String text(Shipment.Event event) {
        return new String(event.value(), StandardCharsets.UTF_8);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static void truncate(Path file, long length) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
    }
}
