package dev.ringside.metrics.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.event.Mark;
import dev.ringside.contract.event.Outcome;
import dev.ringside.contract.event.Prediction;
import dev.ringside.contract.event.UnitEvent;
import dev.ringside.contract.id.PredictionId;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.json.Json;
import dev.ringside.metrics.attribution.EventReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
    private static final Instant TIME = Instant.parse("2001-04-01T10:00:00.123456Z");

    @TempDir
    Path folder;

    private long nanos;

    private Archiver archiver(int recordsPerFile) throws IOException {
        return new Archiver(folder, recordsPerFile, 1 << 20, Duration.ofSeconds(5), () -> nanos, Clock.systemUTC());
    }

    private static UnitEvent prediction(long unitHash, String request) {
        return new Prediction(
                PredictionId.of(TIME, unitHash, request.hashCode()),
                "u" + unitHash,
                TIME,
                "flight-delay",
                "PDX",
                "better",
                1,
                "champion",
                "1",
                "1",
                0.5,
                null,
                request,
                null,
                null,
                "router-1",
                1,
                unitHash);
    }

    private static UnitEvent outcome(String id) {
        return new Outcome(id, 0, false, 7, "u7", null, "late", 1_000_000, TIME, TIME, "ingest-1");
    }

    private static UnitEvent mark() {
        return new Mark("router-1", Mark.Role.ROUTER, 1, TIME, true, false);
    }

    private static void feed(Archiver archiver, int partition, UnitEvent... events) throws IOException {
        for (UnitEvent event : events) {
            archiver.accept(partition, archiver.next(partition), Json.bytes(event));
        }
    }

    private List<Path> files() throws IOException {
        return ArchiveFile.list(folder).stream().map(ArchiveFile::path).toList();
    }

    @Test
    void whatGoesInComesOutByteForByteInTheOrderOfOffsets() throws IOException {
        byte[] broken = {(byte) 0xff, 0, 1};
        var expected = new ArrayList<byte[]>();
        try (Archiver archiver = archiver(3)) {
            for (UnitEvent event : List.of(prediction(7, "a"), outcome("e1"), mark(), prediction(8, "b"))) {
                expected.add(Json.bytes(event));
                feed(archiver, 2, event);
            }
            archiver.accept(2, 4, broken);
            expected.add(broken);
        }
        var found = new ArrayList<byte[]>();
        ArchiveReader.open(folder).read((partition, offset, value) -> {
            assertEquals(2, partition);
            assertEquals(found.size(), offset);
            found.add(value);
        });
        assertEquals(expected.size(), found.size());
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), found.get(i), "offset " + i);
        }
    }

    @Test
    void aTextMayHaveAnyCharacter() throws IOException {
        byte[] event = Json.bytes(
                new Outcome("e\0\ud83d\ude80'\"", 0, false, 7, "u\0", null, "late", 1, TIME, TIME, "ingest-1"));
        try (Archiver archiver = archiver(1)) {
            archiver.accept(0, 0, event);
        }
        ArchiveReader.open(folder).read((partition, offset, value) -> assertArrayEquals(event, value));
        assertEquals(1, ArchiveReader.open(folder).distinct().events());
    }

    @Test
    void itResumesFromItsOwnFilesAndDropsWhatACrashLeft() throws IOException {
        try (Archiver archiver = archiver(100)) {
            feed(archiver, 0, prediction(7, "a"), mark());
        }
        Path half = Files.writeString(folder.resolve("p0.writing"), "half");
        try (Archiver again = archiver(100)) {
            assertEquals(2, again.next(0));
            assertEquals(0, again.next(1));
            again.accept(0, 1, Json.bytes(mark()));
            assertEquals(2, again.next(0));
            feed(again, 0, outcome("e1"));
        }
        assertTrue(Files.notExists(half));
        assertEquals(Map.of(0, 3L), ArchiveReader.open(folder).ends());
    }

    @Test
    void aFileIsPublishedWhenItsOldestRecordHasWaitedLongEnough() throws IOException {
        try (Archiver archiver = archiver(100)) {
            feed(archiver, 0, mark());
            nanos = Duration.ofSeconds(4).toNanos();
            feed(archiver, 0, mark());
            archiver.flushIfDue();
            assertEquals(List.of(), files());
            nanos = Duration.ofSeconds(5).toNanos();
            archiver.flushIfDue();
            assertEquals(List.of(new Archiver.Progress(0, 2, 1)), archiver.progress());
            assertEquals(1, files().size());
        }
    }

    @Test
    void aChangedByteIsFoundAndItsFileNamed() throws IOException {
        try (Archiver archiver = archiver(1)) {
            feed(archiver, 0, prediction(7, "a"), prediction(8, "b"));
        }
        Path file = files().get(1);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        ArchiveDamage damage = assertThrows(ArchiveDamage.class, () -> ArchiveReader.open(folder));
        assertTrue(damage.getMessage().contains(file.toString()), damage.getMessage());
    }

    @Test
    void aMissingFileIsFoundAndItsOffsetsNamed() throws IOException {
        try (Archiver archiver = archiver(1)) {
            feed(archiver, 0, mark(), mark(), mark());
        }
        Files.delete(files().get(1));
        ArchiveDamage damage = assertThrows(ArchiveDamage.class, () -> ArchiveReader.open(folder));
        assertTrue(damage.getMessage().contains("offsets 1 to 1 are missing"), damage.getMessage());
    }

    @Test
    void repeatsOfARequestCountOnce() throws IOException {
        try (Archiver archiver = archiver(2)) {
            feed(archiver, 0, prediction(7, "a"), prediction(7, "a"), prediction(7, "b"));
            feed(archiver, 1, outcome("e1"), outcome("e1"), outcome("e2"), mark());
        }
        assertEquals(
                new ArchiveReader.Distinct(2, 3, 2), ArchiveReader.open(folder).distinct());
    }

    @Test
    void theColumnsHoldWhatTheEventsSay() throws Exception {
        try (Archiver archiver = archiver(10)) {
            feed(archiver, 0, prediction(7, "a"), outcome("e1"), mark());
        }
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT concat_ws('|', schema, time, unit_hash, unit, request_id, segment, variant, event_id, name,"
                                + " value_micros, writer, boot, sequence, closed) FROM read_parquet('"
                                + files().getFirst() + "') ORDER BY \"offset\"")) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            assertEquals(
                    List.of(
                            "prediction|2001-04-01 10:00:00.123456|0000000000000007|u7|a|PDX|champion|router-1|1|7",
                            "outcome|2001-04-01 10:00:00.123456|0000000000000007|u7|e1|late|1000000|ingest-1",
                            "mark|2001-04-01 10:00:00.123456|router-1|1|false"),
                    found);
        }
    }

    @Test
    @DisplayName("B3: a disk that is full stops the archive, keeps memory bounded, and is got over by itself")
    void aFullDiskIsGotOver() throws IOException {
        try (Archiver archiver = archiver(3)) {
            Path full = Files.createSymbolicLink(folder.resolve("p0.writing"), Path.of("/dev/full"));
            feed(archiver, 0, prediction(7, "a"), outcome("e1"), mark());
            assertThrows(IOException.class, () -> archiver.accept(0, 3, Json.bytes(mark())));
            assertThrows(IOException.class, () -> archiver.accept(0, 3, Json.bytes(mark())));
            assertEquals(3, archiver.next(0), "what is refused is not kept");
            archiver.flushIfDue();
            Archiver.Failure failure = archiver.failures().getFirst();
            assertEquals(0, failure.offset());
            assertTrue(failure.reason().contains("No space left"), failure.reason());
            feed(archiver, 1, mark(), mark());
            nanos = Duration.ofSeconds(6).toNanos();
            archiver.flushIfDue();
            assertEquals(2, archiver.progress().get(1).next(), "the other partitions go on");

            Files.delete(full);
            archiver.accept(0, 3, Json.bytes(mark()));
            assertEquals(List.of(), archiver.failures());
        }
        assertEquals(Map.of(0, 4L, 1, 2L), ArchiveReader.open(folder).ends());
    }

    @Test
    @DisplayName("B3: so many bytes wait at most, whatever the number of records")
    void theBytesThatWaitAreBounded() throws IOException {
        try (Archiver archiver = archiver(1000)) {
            for (int i = 0; i < 5; i++) {
                archiver.accept(0, i, new byte[400_000]);
            }
            assertEquals(4, archiver.progress().getFirst().next(), "two of them at most wait within a mebibyte");
        }
    }

    @Test
    @DisplayName("B3: a record whose fields do not fit is archived with its bytes, and the others with their fields")
    void aPoisonKeepsNoOtherOut() throws Exception {
        List<String> poison = List.of(
                "{\"schema\":\"ringside.prediction/1\",\"propensity\":1,\"boot\":1,\"sequence\":1}",
                "{\"schema\":\"ringside.outcome/1\",\"revision\":0,\"retraction\":false,\"unit_hash\":1,\"value_micros\":1}",
                "{\"schema\":\"ringside.outcome/1\",\"revision\":0,\"retraction\":false,\"unit_hash\":1,\"value_micros\":1,"
                        + "\"event_id\":\"\\ud800\",\"time\":\"+999999999-01-01T00:00:00Z\"}",
                "{\"schema\":\"ringside.mark/1\",\"boot\":1,\"stepped\":false,\"closed\":false}",
                "{\"schema\":\"ringside.surprise/9\"}",
                "[]",
                "");
        try (Archiver archiver = archiver(100)) {
            feed(archiver, 0, prediction(7, "a"));
            for (String each : poison) {
                archiver.accept(0, archiver.next(0), each.getBytes(StandardCharsets.UTF_8));
            }
            archiver.accept(0, archiver.next(0), new byte[900_000]);
            feed(archiver, 0, outcome("e1"));
        }
        var found = new ArrayList<String>();
        ArchiveReader.open(folder)
                .read((partition, offset, value) -> found.add(new String(value, StandardCharsets.UTF_8)));
        assertEquals(poison, found.subList(1, 1 + poison.size()));
        assertEquals(10, found.size());
        // Of the poison only an outcome without an event id has fields that fit.
        assertEquals(
                new ArchiveReader.Distinct(1, 2, 1), ArchiveReader.open(folder).distinct());
    }

    @Test
    @DisplayName("D12: a record without a value is archived as unknown, and a gap of control records is no loss")
    void tombstonesAndGapsAreNoLoss() throws IOException {
        try (Archiver archiver = archiver(100)) {
            feed(archiver, 0, mark());
            archiver.accept(0, 1, null);
            archiver.accept(0, 5, Json.bytes(mark()));
            assertEquals(6, archiver.next(0));
        }
        var lengths = new ArrayList<Integer>();
        ArchiveReader.open(folder).read((partition, offset, value) -> lengths.add(value.length));
        int mark = Json.bytes(mark()).length;
        assertEquals(List.of(mark, 0, 0, 0, 0, mark), lengths);
    }

    private static Prediction asked(long unitHash, String slot, Tensor input, float answered) {
        Prediction bare = (Prediction) prediction(unitHash, "r" + unitHash);
        Prediction at = new Prediction(
                bare.predictionId(),
                bare.unit(),
                bare.time(),
                slot,
                bare.segment(),
                null,
                null,
                null,
                "1",
                "1",
                1,
                null,
                null,
                null,
                null,
                bare.router(),
                1,
                unitHash);
        return at.with(List.of(input), List.of(Tensor.column("probability", answered)));
    }

    @Test
    void inputsAndOutputsAreTypedColumnsOfTheirSlot() throws Exception {
        try (Archiver archiver = archiver(10)) {
            feed(
                    archiver,
                    0,
                    asked(1, "delay", Tensor.column("hour", 9L, 10L), 0.25f),
                    asked(2, "price", Tensor.column("hour", "nine"), 0.5f),
                    asked(3, "delay", Tensor.column("late_share", Float.NaN), 0.75f),
                    // The other case is another input, and another type a change of the signature: neither keeps any
                    // out.
                    asked(4, "delay", Tensor.column("Hour", 1L), 1f),
                    asked(5, "delay", Tensor.column("hour", 1.5f), 1f),
                    asked(6, "delay", Tensor.column("\0", 1L), 1f),
                    prediction(7, "a"),
                    mark());
        }
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT \"input/delay/hour\", \"input/price/hour\","
                        + " \"input/delay/late_share\", \"output/delay/probability\", typeof(\"input/delay/hour\")"
                        + " FROM read_parquet('" + files().getFirst() + "') ORDER BY \"offset\"")) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1) + " " + rows.getString(2) + " " + rows.getString(3) + " "
                        + rows.getString(4));
                assertEquals("BIGINT[]", rows.getString(5));
            }
            assertEquals(
                    List.of(
                            "[9, 10] null null [0.25]",
                            "null [nine] null null",
                            "null null [nan] [0.75]",
                            "null null null [1.0]",
                            "null null null [1.0]",
                            "null null null [1.0]",
                            "null null null null",
                            "null null null null"),
                    found);
        }
    }

    @Test
    void filesOfDifferentSlotsAreCountedTogether() throws IOException {
        try (Archiver archiver = archiver(1)) {
            feed(
                    archiver,
                    0,
                    asked(1, "delay", Tensor.column("hour", 9L), 0.25f),
                    mark(),
                    asked(2, "price", Tensor.column("fare", 1f), 0.5f),
                    outcome("e1"));
        }
        assertEquals(
                new ArchiveReader.Distinct(2, 1, 1), ArchiveReader.open(folder).distinct());
    }

    @Test
    void brokenInputsMakeNoPredictionABrokenOne() throws Exception {
        String event =
                Json.write(asked(1, "delay", Tensor.column("hour", 9L), 0.25f)).replace("\"data\":[9]", "\"data\":[]");
        try (Archiver archiver = archiver(1)) {
            archiver.accept(0, 0, event.getBytes(StandardCharsets.UTF_8));
        }
        assertEquals(
                new ArchiveReader.Distinct(1, 0, 0), ArchiveReader.open(folder).distinct());
        Prediction attributed = (Prediction) EventReader.read(event.getBytes(StandardCharsets.UTF_8));
        assertEquals("u1", attributed.unit());
        assertEquals(null, attributed.inputs());
    }
}
