package dev.ringside.app.retraining;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.app.retraining.LogExport.Exported;
import dev.ringside.contract.event.Mark;
import dev.ringside.contract.event.Outcome;
import dev.ringside.contract.event.Prediction;
import dev.ringside.contract.event.UnitEvent;
import dev.ringside.contract.id.PredictionId;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.Digests;
import dev.ringside.contract.model.InputsManifest;
import dev.ringside.contract.model.RowsManifest;
import dev.ringside.metrics.archive.Archiver;
import dev.ringside.metrics.trainingset.UnusableLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogExportTest {
    private static final Instant NOON = Instant.parse("2001-04-01T12:00:00Z");

    @TempDir
    Path folder;

    private final List<String> words = new ArrayList<>();
    private long sequence;

    @BeforeEach
    void begin() throws IOException {
        log(mark(Mark.Role.ROUTER, null), mark(Mark.Role.INGEST, null));
        landed(1, NOON);
        landed(2, NOON.plus(Duration.ofDays(1)));
        through(NOON.plus(Duration.ofDays(2)));
    }

    private void log(UnitEvent... events) throws IOException {
        try (var archiver = new Archiver(
                folder.resolve("data/archive"),
                1000,
                1 << 20,
                Duration.ofSeconds(5),
                System::nanoTime,
                Clock.systemUTC())) {
            for (UnitEvent event : events) {
                archiver.accept(0, archiver.next(0), Json.bytes(event));
            }
        }
    }

    private static Mark mark(Mark.Role role, Instant through) {
        return new Mark(role.name(), role, 1, through, true, false);
    }

    private void through(Instant time) throws IOException {
        log(mark(Mark.Role.ROUTER, time), mark(Mark.Role.INGEST, time));
    }

    private void landed(long hash, Instant time) throws IOException {
        sequence++;
        log(
                new Prediction(
                                PredictionId.of(time, hash, sequence),
                                "unit-" + hash,
                                time,
                                "delay",
                                "SLC",
                                null,
                                null,
                                null,
                                "v1",
                                "v1",
                                1,
                                null,
                                null,
                                null,
                                null,
                                "ROUTER",
                                1,
                                sequence)
                        .with(List.of(Tensor.column("hour", hash)), null),
                new Outcome("e" + hash, 0, false, hash, "unit-" + hash, null, "late", 1_000_000, time, time, "INGEST"));
    }

    private Path document(String data) throws IOException {
        return Files.writeString(folder.resolve("c.yaml"), "slot: delay\nversion: v2\ndata: " + data + "\n");
    }

    private Exported export(String data) throws IOException {
        return new LogExport(folder.resolve("data"), 2000, words::add).export(document(data), folder.resolve("models"));
    }

    private static final String ASKED = "{slot: delay, from: 2001-04-01, to: 2001-04-08, outcome: late, within: 12h}";

    @Test
    void theSameCommandGivesTheSameRowsHoweverTheLogHasGrown() throws IOException {
        Exported first = export(ASKED);
        assertEquals(folder.resolve("models/delay/v2/rows.parquet"), first.file());
        assertEquals(1, first.manifest().rows());
        assertEquals(Map.of(0, 8L), first.manifest().log().offsets());
        assertEquals(first.manifest(), kept());

        through(NOON.plus(Duration.ofDays(4)));
        assertEquals(first.manifest(), export(ASKED).manifest());
        // Also where the file was lost, and is made again.
        Files.delete(first.file());
        assertEquals(first.manifest(), export(ASKED).manifest());
        assertEquals(first.manifest().sha256(), Digests.sha256(first.file()));
        assertTrue(
                words.get(2).startsWith("rows as the log was read before: 1 rows; no rows are 0 in experiment, 1 open"),
                words.toString());

        // Another question, or the same without what was kept, is answered by the log as it is now.
        Files.delete(folder.resolve("models/delay/v2/rows.json"));
        assertEquals(2, export(ASKED).manifest().rows());
        assertEquals(1, export(ASKED.replace("04-08", "04-02")).manifest().rows());
    }

    private RowsManifest kept() throws IOException {
        return Json.read(Files.readAllBytes(folder.resolve("models/delay/v2/rows.json")), RowsManifest.class);
    }

    @Test
    void aDocumentSaysWhereTheLogIsAndHowFarItIsRead() throws IOException {
        through(NOON.plus(Duration.ofDays(4)));
        String elsewhere = ASKED.replace("}", ", data_dir: data, offsets: {0: 8}}");
        Exported exported = new LogExport(folder.resolve("nothing"), 2000, words::add)
                .export(document(elsewhere), folder.resolve("models"));
        assertNotNull(exported);
        assertEquals(1, exported.manifest().rows());
        UnusableLog none = assertThrows(
                UnusableLog.class,
                () -> new LogExport(folder.resolve("nothing"), 2000, words::add)
                        .export(document(ASKED), folder.resolve("others")));
        assertTrue(none.getMessage().contains("there is no archive"), none.getMessage());
    }

    @Test
    void theRequestsThatRowsAreHeldBesideAreTheSameUntilWhatWasReadIsRemoved() throws IOException {
        Path document = Files.writeString(
                folder.resolve("c.yaml"),
                "slot: delay\nversion: v2\ndata: rows.csv\ndrift: {log: {slot: delay, last: 12h}}\n");
        var export = new ServedExport(folder.resolve("data"), words::add);
        Path manifest = folder.resolve("models/delay/v2/served.json");

        assertEquals(
                folder.resolve("models/delay/v2/served.parquet"), export.export(document, folder.resolve("models")));
        InputsManifest first = Json.read(Files.readAllBytes(manifest), InputsManifest.class);
        landed(3, NOON.plus(Duration.ofDays(3)));
        export.export(document, folder.resolve("models"));

        assertEquals(1, first.rows());
        assertEquals(Map.of("hour", "BIGINT"), first.inputs());
        assertEquals(NOON.plus(Duration.ofDays(1)), first.through());
        assertEquals(first, Json.read(Files.readAllBytes(manifest), InputsManifest.class));
        assertTrue(words.getLast().startsWith("requests as the log was read before: 1 requests"), words.toString());
        Files.delete(manifest);
        export.export(document, folder.resolve("models"));
        assertEquals(
                NOON.plus(Duration.ofDays(3)),
                Json.read(Files.readAllBytes(manifest), InputsManifest.class).through());
        assertNull(export.export(document(ASKED), folder.resolve("models")));
    }

    @Test
    void filesAndWhatCannotBeReadAreLeftToTheTrainer() throws IOException {
        assertNull(export("rows.csv"));
        assertNull(export("{slot: delay, from: never}"));
        assertNull(new LogExport(folder, 2000, words::add).export(folder.resolve("nowhere.yaml"), folder));
        assertTrue(Files.notExists(folder.resolve("models")));
    }

    @Test
    void theDocumentIsTheYamlThatIsNoOptionsValue() {
        var arguments = new TrainerArguments(
                List.of("--write-schema", "schema.yaml", "--seed", "7", "c.yaml", "--out=models", "--json", "r.json"));
        assertEquals(Path.of("c.yaml"), arguments.document());
        assertEquals("models", arguments.value("--out"));
        assertEquals("7", arguments.value("--seed"));
        assertNull(arguments.value("--data"));
        assertNull(new TrainerArguments(List.of("--help")).document());
    }
}
