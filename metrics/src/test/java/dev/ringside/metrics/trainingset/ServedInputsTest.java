package dev.ringside.metrics.trainingset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.event.Prediction;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.model.InputsManifest;
import dev.ringside.contract.model.LoggedInputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServedInputsTest extends SmallLog {
    private static final LoggedInputs LAST_DAY = new LoggedInputs("delay", Duration.ofDays(1), null, null, null);

    private InputsManifest write(LoggedInputs asked) throws IOException {
        return new ServedInputs(archive).write(asked, file());
    }

    private Path file() {
        return folder.resolve("served.parquet");
    }

    private List<String> rows(String columns) throws Exception {
        try (var duckdb = DriverManager.getConnection("jdbc:duckdb:");
                var statement = duckdb.createStatement();
                var rows = statement.executeQuery(
                        "SELECT concat_ws(' ', " + columns + ") FROM read_parquet('" + file() + "')")) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    @Test
    void aRowIsARequestOfTheLastDayWhoeverItWasForAndHoweverOftenItIsThere() throws Exception {
        Prediction copied = asked(2, "better", NOON, hour(12), Tensor.column("origin", "SLC"));
        log(
                asked(1, null, NOON.minus(Duration.ofDays(2)), hour(1)),
                asked(1, null, NOON.minus(Duration.ofHours(20)), hour(16)),
                copied,
                copied,
                asked(1, null, NOON.plusSeconds(1), hour(13), Tensor.column("share", 0.5f)),
                asked(1, null, NOON.plus(Duration.ofHours(2)), hour(14)),
                asked(3, null, NOON),
                asked(4, null, NOON, Tensor.column("hour", 5L, 6L)));

        InputsManifest manifest = write(LAST_DAY);

        assertEquals(
                List.of(
                        "2001-03-31 16:00:00 16",
                        "2001-04-01 12:00:00 12 SLC",
                        "2001-04-01 12:00:01 13 0.5",
                        "2001-04-01 14:00:00 14"),
                rows("predicted_at, hour, origin, share"));
        assertEquals(4, manifest.rows());
        assertEquals(Map.of("without_inputs", 1L, "of_several_rows", 1L), manifest.leftOut());
        assertEquals(NOON.minus(Duration.ofHours(20)), manifest.from());
        assertEquals(NOON.plus(Duration.ofHours(2)), manifest.through());
        assertEquals(Map.of("hour", "BIGINT", "origin", "VARCHAR", "share", "FLOAT"), manifest.inputs());
    }

    @Test
    void whatTheLastRequestIsIsSaidByTheOffsetsThatAreRead() throws Exception {
        log(asked(1, null, NOON, hour(1)));
        InputsManifest first = write(LAST_DAY);
        log(asked(1, null, NOON.plus(Duration.ofDays(3)), hour(2)));

        assertEquals(List.of("hour 2"), changed(write(LAST_DAY)));
        assertEquals(first, write(first.log()));
    }

    private List<String> changed(InputsManifest manifest) throws Exception {
        assertEquals(1, manifest.rows());
        return rows("'hour', hour");
    }

    @Test
    void aPeriodMayBeSaidByItsEnds() throws Exception {
        log(
                asked(1, null, DAY.minusSeconds(1), hour(1)),
                asked(1, null, DAY, hour(2)),
                asked(1, null, DAY.plus(Duration.ofDays(1)), hour(3)));

        write(new LoggedInputs("delay", null, DAY, DAY.plus(Duration.ofDays(1)), null));

        assertEquals(List.of("2"), rows("hour"));
    }

    @Test
    void whereNothingWasLoggedThatIsSaidAndNoFileIsLeft() throws Exception {
        log(asked(1, null, NOON));

        UnusableLog none = assertThrows(UnusableLog.class, () -> write(LAST_DAY));
        UnusableLog other = assertThrows(
                UnusableLog.class, () -> write(new LoggedInputs("fare", Duration.ofDays(1), null, null, null)));

        assertTrue(none.getMessage().contains("the requests of slot 'delay'"), none::getMessage);
        assertTrue(none.getMessage().contains("without_inputs=1"), none::getMessage);
        assertTrue(other.getMessage().contains("no request is a row"), other::getMessage);
        assertFalse(Files.exists(file()));
    }
}
