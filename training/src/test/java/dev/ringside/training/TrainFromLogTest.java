package dev.ringside.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.json.Json;
import dev.ringside.contract.kpi.KpiDefinition.Combine;
import dev.ringside.contract.kpi.KpiDefinition.Missing;
import dev.ringside.contract.model.Digests;
import dev.ringside.contract.model.LoggedRows;
import dev.ringside.contract.model.ModelManifest;
import dev.ringside.contract.model.RowsManifest;
import dev.ringside.training.dataset.Duck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows that were made of a platform's log, as the trainer gets them. */
class TrainFromLogTest extends GamesTraining {
    private static final LoggedRows LOG = new LoggedRows(
            "games",
            Instant.parse("2020-01-01T00:00:00Z"),
            Instant.parse("2020-05-01T00:00:00Z"),
            "won",
            Combine.LAST,
            Missing.EXCLUDE,
            Duration.ofHours(36),
            Duration.ofHours(1),
            false,
            Map.of(0, 5000L));

    private Path rows;

    @BeforeEach
    void writeRowsOfALog() throws Exception {
        rows = folder.resolve("rows.parquet");
        Duck.write(rows, """
            SELECT TIMESTAMP '2020-01-01' + to_hours(CAST(i AS INTEGER)) AS predicted_at, i % 7 AS number,
                   CAST(sin(i) AS FLOAT) AS amount, chr(CAST(65 + i % 3 AS INTEGER)) AS city,
                   CAST(i % 7 + 3 * sin(i) + hash(i) % 5 > 5 AS DOUBLE) AS won
            FROM range(2400) t(i)
            """);
        manifest(LOG);
    }

    private void manifest(LoggedRows log) throws IOException {
        Files.writeString(
                folder.resolve("rows.json"),
                Json.pretty(
                        new RowsManifest(log, Digests.sha256(rows), 2400, Map.of(), LOG.to(), Map.of("north", 24.0))));
    }

    private Path document() throws IOException {
        Path document = configuration(LOGISTIC);
        return Files.writeString(
                document,
                Files.readString(document)
                        .replace(
                                "data: rows.csv",
                                "data: {slot: games, from: 2020-01-01, to: 2020-05-01, outcome: won, within: 36h}")
                        .replace("time: time", "time: predicted_at"));
    }

    @Test
    void theManifestSaysForEverWhichRowsTheyAre() throws IOException {
        Path document = document();
        digest(document, "--data", rows, "--out", folder.resolve("models"));
        ModelManifest manifest =
                Json.read(Files.readString(folder.resolve("models/games/v2/manifest.json")), ModelManifest.class);
        assertEquals(LOG, manifest.lineage().log());
        assertEquals(Digests.sha256(rows), manifest.lineage().dataSha256());
        assertEquals(Files.readString(document), manifest.lineage().configuration());
        ModelManifest.GateResult parity = manifest.lineage().gates().getFirst();
        assertEquals("parity", parity.gate());
        assertTrue(parity.passed());
    }

    @Test
    void otherRowsThanTheDocumentAsksForAreRefused() throws IOException {
        manifest(new LoggedRows(
                "games",
                LOG.from(),
                LOG.to(),
                "lost",
                Combine.LAST,
                Missing.EXCLUDE,
                LOG.window(),
                LOG.grace(),
                false,
                LOG.offsets()));
        assertEquals(2, train(document(), "--data", rows, "--out", folder.resolve("models")));
        assertTrue(errors.toString().contains("says that the rows are others"), errors::toString);
        assertFalse(Files.exists(folder.resolve("models")));
    }

    @Test
    void aChangedFileAndAMissingOneAreRefused() throws IOException {
        Files.write(rows, new byte[] {1});
        assertEquals(2, train(document(), "--data", rows, "--out", folder.resolve("models")));
        assertTrue(errors.toString().contains("is another file than"), errors::toString);
        assertEquals(2, train(document(), "--out", folder.resolve("models")));
        assertTrue(errors.toString().contains("'./ringside train' does"), errors::toString);
    }

    @Test
    void mistakesInTheQuestionAreListedWithTheOthers() throws IOException {
        Path document = document();
        Files.writeString(
                document,
                Files.readString(document)
                        .replace("within: 36h", "withing: 36h")
                        .replace("label: won", "lable: won"));
        assertEquals(2, train(document, "--data", rows));
        assertTrue(errors.toString().contains("'data.withing': unknown field; did you mean within?"), errors::toString);
        assertTrue(errors.toString().contains("lable"), errors::toString);
    }
}
