package dev.ringside.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.Digests;
import dev.ringside.contract.model.InputsManifest;
import dev.ringside.contract.model.LoggedInputs;
import dev.ringside.training.dataset.Duck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows that are held beside what the platform was asked, as the trainer gets it. */
class TrainServedDriftTest extends GamesTraining {
    private static final String AS_BEFORE =
            "i % 7 AS number, CAST(sin(i) AS FLOAT) AS amount, chr(CAST(65 + i % 3 AS INTEGER)) AS city";

    private Path served;
    private Path document;

    @BeforeEach
    void askForTheLog() throws Exception {
        served = folder.resolve("served.parquet");
        asked(AS_BEFORE, Map.of());
        document = configuration(LOGISTIC);
        Files.writeString(
                document,
                Files.readString(document) + "drift: {psi: 0.25, allow: {won: it is tried}, log: {slot: games}}\n");
    }

    private void asked(String columns, Map<String, String> others) throws Exception {
        Duck.write(
                served,
                "SELECT TIMESTAMP '2020-06-01' + to_minutes(CAST(i AS INTEGER)) AS predicted_at, " + columns
                        + " FROM range(900) t(i)");
        Map<String, String> inputs = new TreeMap<>(Map.of("number", "BIGINT", "amount", "FLOAT", "city", "VARCHAR"));
        inputs.putAll(others);
        inputs.values().removeIf(String::isEmpty);
        Files.writeString(
                folder.resolve("served.json"),
                Json.pretty(new InputsManifest(
                        new LoggedInputs("games", Duration.ofDays(14), null, null, Map.of(0, 5000L)),
                        Digests.sha256(served),
                        900,
                        Map.of(),
                        Instant.parse("2020-06-01T00:00:00Z"),
                        Instant.parse("2020-06-01T14:59:00Z"),
                        inputs)));
    }

    private int run(Object... others) {
        Object[] all = new Object[others.length + 6];
        System.arraycopy(
                new Object[] {document, "--offline", "--out", folder.resolve("models"), "--served", served},
                0,
                all,
                0,
                6);
        System.arraycopy(others, 0, all, 6, others.length);
        return train(all);
    }

    @Test
    void requestsLikeTheTrainingRowsStopNothingAndAreOnTheValidationsPage() throws IOException {
        assertEquals(0, run(), errors::toString);

        String page = Files.readString(folder.resolve("models/games/v2/validation.md"));
        assertTrue(page.contains("| PSI to validation | PSI to test | PSI to serving log |"), page);
        assertTrue(page.contains("| city |"), page);
    }

    @Test
    void whatIsAskedOtherwiseStopsTheRunWithFiguresAlsoWhereItPassedBefore() throws Exception {
        assertEquals(0, run(), errors::toString);
        asked(AS_BEFORE.replace("i % 7", "i % 7 + 4").replace("65 + i % 3", "67 + i % 3"), Map.of());

        assertEquals(2, run());

        String said = errors.toString();
        assertTrue(
                said.matches(
                        "(?s).*drift: column 'city' moved between train and serving log: PSI \\d+\\.\\d{4}, at most"
                                + " 0\\.25 expected \\(drift\\.psi\\).*"),
                said);
        assertTrue(said.contains("drift: column 'number' moved between train and serving log: PSI "), said);
        assertFalse(said.contains("column 'amount'"), said);
        assertTrue(said.contains("nothing was fitted"), said);
    }

    @Test
    void aFeatureThatNoRequestCarriesIsMissingInAllOfThem() throws Exception {
        asked(AS_BEFORE.replaceFirst("i % 7 AS number, ", ""), Map.of("number", ""));

        assertEquals(2, run());

        assertTrue(
                errors.toString().contains("drift: column 'number' moved between train and serving log: PSI"),
                errors::toString);
    }

    @Test
    void aColumnMayHaveLimitsOfItsOwnOrBeAllowedToMove() throws Exception {
        asked(AS_BEFORE.replace("i % 7", "i % 7 + 4").replace("sin(i)", "sin(i) + 0.3"), Map.of());
        Files.writeString(
                document,
                Files.readString(document)
                        .replace("{psi: 0.25, allow:", "{psi: 0.25, features: {amount: {psi: 9, ks: 0.1}}, allow:")
                        .replace("allow: {won: it is tried}", "allow: {won: it is tried, number: games are longer}"));

        assertEquals(2, run());

        String said = errors.toString();
        assertTrue(said.contains("drift: column 'amount' moved between train and serving log: KS distance 0."), said);
        assertFalse(said.contains("column 'number'"), said);
    }

    @Test
    void theTableIsPrintedWithoutFittingAlsoWhereItStopsATraining() throws Exception {
        asked(AS_BEFORE.replace("65 + i % 3", "67 + i % 3"), Map.of());

        assertEquals(2, run("--drift"));

        List<String> lines = output.toString().lines().toList();
        assertTrue(lines.get(0).matches("COLUMN +TO +PSI +KS +JS +TOTAL VARIATION"), lines.get(0));
        assertTrue(
                lines.get(1).matches("city +serving log +\\d\\.\\d{4} +- +0\\.\\d{4} +0\\.\\d{4} +PSI above 0\\.25"),
                lines.get(1));
        assertTrue(
                output.toString().matches("(?s).*amount +serving log +0\\.0\\d+ +0\\.0\\d+ .*as by chance.*"),
                output::toString);
        assertFalse(errors.toString().contains("fitting"), errors::toString);
        asked(AS_BEFORE, Map.of());
        assertEquals(0, run("--drift"), errors::toString);
    }

    @Test
    void requestsThatAreMissingOrOthersThanAskedForAreRefused() throws Exception {
        assertEquals(2, train(document, "--offline"));
        assertTrue(errors.toString().contains("drift.log: asks for requests of a platform's log"), errors::toString);
        assertTrue(errors.toString().contains("the trainer alone needs it with --served"), errors::toString);

        Files.write(served, new byte[] {1});
        assertEquals(2, run());
        assertTrue(errors.toString().contains("is another file than"), errors::toString);

        Files.writeString(document, Files.readString(document).replace("{slot: games}", "{slot: games, last: 3d}"));
        assertEquals(2, run());
        assertTrue(errors.toString().contains("says that the requests are others"), errors::toString);

        Files.writeString(document, Files.readString(document).replace("last: 3d", "lasts: 3d"));
        assertEquals(2, run());
        assertTrue(errors.toString().contains("drift.log.lasts': unknown field; did you mean last?"), errors::toString);
    }
}
