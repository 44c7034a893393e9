package dev.ringside.metrics.trainingset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.kpi.KpiDefinition.Combine;
import dev.ringside.contract.kpi.KpiDefinition.Missing;
import dev.ringside.contract.model.LoggedRows;
import dev.ringside.contract.model.RowsManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A log of one partition in which the first of April is asked for, with outcomes within a day and an hour's grace. */
class TrainingSetTest extends SmallLog {
    /** The cohort of the day closes then. */
    private static final Instant CLOSED = DAY.plus(Duration.ofHours(49));

    private static final LoggedRows ASKED = new LoggedRows(
            "delay",
            DAY,
            DAY.plus(Duration.ofDays(1)),
            "late",
            Combine.LAST,
            Missing.EXCLUDE,
            Duration.ofHours(24),
            Duration.ofHours(1),
            false,
            null);

    private RowsManifest write(LoggedRows asked) throws IOException {
        return new TrainingSet(archive, 2000).write(asked, folder.resolve("rows.parquet"));
    }

    private List<String> rows(String columns) throws Exception {
        try (var duckdb = DriverManager.getConnection("jdbc:duckdb:");
                var statement = duckdb.createStatement();
                var rows = statement.executeQuery("SELECT concat_ws(' ', " + columns + ") FROM read_parquet('"
                        + folder.resolve("rows.parquet") + "')")) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    @Test
    void aRowIsWhatAUnitWasFirstAskedAndWhatBecameOfItInTime() throws Exception {
        log(
                asked(
                        2,
                        null,
                        NOON.plusSeconds(1),
                        hour(13),
                        Tensor.column("origin", "SLC"),
                        Tensor.column("share", 0.5f)),
                asked(1, null, NOON, hour(12), Tensor.column("origin", "BNA"), Tensor.column("share", Float.NaN)),
                asked(
                        1,
                        null,
                        NOON.plusSeconds(9),
                        hour(99),
                        Tensor.column("origin", "PDX"),
                        Tensor.column("share", 9f)),
                late(1, 1, NOON.plusSeconds(60), NOON.plusSeconds(61)),
                late(1, 0, NOON.plus(Duration.ofHours(25)), NOON.plus(Duration.ofHours(25))),
                late(2, 0.25, NOON.plusSeconds(70), NOON.plusSeconds(71)));
        through(CLOSED);
        RowsManifest manifest = write(ASKED);
        assertEquals(2, manifest.rows());
        assertEquals(CLOSED, manifest.closedThrough());
        assertEquals(Map.of("SLC", 2.0), manifest.unitsPerDay());
        assertEquals(
                List.of(
                        "2001-04-01 12:00:00 unit-1 SLC v1 1.0 12 BNA nan BIGINT FLOAT VARCHAR",
                        "2001-04-01 12:00:01 unit-2 SLC v1 0.25 13 SLC 0.5 BIGINT FLOAT VARCHAR"),
                rows("predicted_at, predicted_for, predicted_in, predicted_by, late, hour, origin, share, typeof(hour),"
                        + " typeof(share), typeof(origin)"));
    }

    @Test
    void whatIsNoRowIsCountedByReason() throws Exception {
        log(
                asked(1, null, NOON, hour(1)),
                asked(2, "better", NOON, hour(2)),
                asked(2, null, NOON.plusSeconds(5), hour(2)),
                asked(3, "better.holdback", NOON, hour(3)),
                asked(4, null, NOON),
                asked(5, null, NOON, Tensor.column("hour", 5L, 6L)),
                asked(6, null, NOON, hour(6)),
                asked(7, null, DAY.minusSeconds(1), hour(7)),
                asked(8, null, DAY.plus(Duration.ofDays(1)), hour(8)));
        for (int unit : new int[] {1, 2, 3, 4, 5, 7, 8}) {
            log(late(unit, unit, NOON.plusSeconds(60), NOON.plusSeconds(61)));
        }
        log(late(6, 6, NOON.plusSeconds(60), NOON.plus(Duration.ofHours(26))));
        through(CLOSED);
        RowsManifest manifest = write(ASKED);
        assertEquals(
                Map.of("in_experiment", 2L, "open", 0L, "without_outcome", 1L, "without_inputs", 2L),
                manifest.leftOut());
        assertEquals(List.of("unit-1 1.0"), rows("predicted_for, late"));

        LoggedRows all = new LoggedRows(
                "delay",
                DAY,
                ASKED.to(),
                "late",
                Combine.LAST,
                Missing.ZERO,
                ASKED.window(),
                ASKED.grace(),
                true,
                null);
        write(all);
        assertEquals(
                List.of("unit-1 1.0", "unit-2 2.0", "unit-3 3.0", "unit-6 0.0"),
                rows("predicted_for, late").stream().sorted().toList());
    }

    @Test
    void onlyOutcomesThatAreFinalAreRows() throws Exception {
        log(asked(1, null, NOON, hour(1)), late(1, 1, NOON.plusSeconds(60), NOON.plusSeconds(61)));
        through(CLOSED.minusNanos(1));
        UnusableLog nothing = assertThrows(UnusableLog.class, () -> write(ASKED));
        assertTrue(nothing.getMessage().contains("open=1"), nothing.getMessage());
        assertFalse(Files.exists(folder.resolve("rows.parquet")));
        through(CLOSED);
        assertEquals(1, write(ASKED).rows());
    }

    @Test
    void theSameOffsetsGiveTheSameFileHoweverTheArchiveHasGrown() throws Exception {
        log(
                asked(1, null, NOON, hour(1)),
                late(1, 1, NOON.plusSeconds(60), NOON.plusSeconds(61)),
                asked(2, null, NOON.plus(Duration.ofDays(1)), hour(2)),
                late(2, 1, NOON.plus(Duration.ofDays(1)), NOON.plus(Duration.ofDays(1))));
        through(CLOSED);
        LoggedRows twoDays = new LoggedRows(
                "delay",
                DAY,
                DAY.plus(Duration.ofDays(2)),
                "late",
                Combine.LAST,
                Missing.EXCLUDE,
                ASKED.window(),
                ASKED.grace(),
                false,
                null);
        RowsManifest first = write(twoDays);
        assertEquals(1, first.rows());
        assertEquals(
                Map.of("in_experiment", 0L, "open", 1L, "without_outcome", 0L, "without_inputs", 0L), first.leftOut());

        through(CLOSED.plus(Duration.ofDays(3)));
        RowsManifest grown = write(twoDays);
        assertEquals(2, grown.rows());
        assertNotEquals(first.sha256(), grown.sha256());
        assertEquals(first, write(first.log()));
    }

    @Test
    void offsetsThatTheArchiveDoesNotHaveAreRefused() throws Exception {
        log(asked(1, null, NOON, hour(1)), late(1, 1, NOON.plusSeconds(60), NOON.plusSeconds(61)));
        through(CLOSED);
        UnusableLog behind = assertThrows(UnusableLog.class, () -> write(ASKED.at(Map.of(0, 1000L, 1, 5L))));
        for (String part : List.of(
                "partition 0 is archived up to offset 6, and the rows are those up to 1000",
                "partition 1 is archived up to offset 0",
                "the rows are those of partitions [0, 1], the archive has [0]")) {
            assertTrue(behind.getMessage().contains(part), behind.getMessage());
        }
    }

    @Test
    void inputsThatMakeNoColumnsAreRefusedTogether() throws Exception {
        log(
                asked(1, null, NOON, hour(1), Tensor.column("Late", 1L), Tensor.column("predicted_at", 1L)),
                asked(2, null, NOON, Tensor.column("hour", "noon")),
                late(1, 1, NOON.plusSeconds(60), NOON.plusSeconds(61)));
        through(CLOSED);
        UnusableLog refused = assertThrows(UnusableLog.class, () -> write(ASKED));
        for (String part : List.of(
                "input 'hour' was logged as INT64 and as BYTES",
                "input 'Late' has the name of another column, 'late'",
                "input 'predicted_at' has the name of another column")) {
            assertTrue(refused.getMessage().contains(part), refused.getMessage());
        }
        assertFalse(Files.exists(folder.resolve("rows.parquet")));
    }

    @Test
    void anInputWithSeveralValuesIsAColumnOfLists() throws Exception {
        log(
                asked(
                        1,
                        null,
                        NOON,
                        new Tensor(
                                "tags",
                                List.of(1L, 2L),
                                Tensor.column("x", "a", "b").data())),
                asked(
                        2,
                        null,
                        NOON,
                        new Tensor(
                                "tags",
                                List.of(1L, 0L),
                                Tensor.column("x", new String[0]).data())),
                late(1, 1, NOON.plusSeconds(60), NOON.plusSeconds(61)),
                late(2, 1, NOON.plusSeconds(60), NOON.plusSeconds(61)));
        through(CLOSED);
        write(ASKED);
        assertEquals(List.of("unit-1 [a, b]", "unit-2 []"), rows("predicted_for, tags"));
    }
}
