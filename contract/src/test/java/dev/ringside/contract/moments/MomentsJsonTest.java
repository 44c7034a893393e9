package dev.ringside.contract.moments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringside.contract.GoldenSample;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.moments.KpiMessage.Snapshot;
import dev.ringside.contract.moments.KpiMessage.Totals;
import dev.ringside.contract.moments.KpiMessage.Writer;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MomentsJsonTest {
    private static final Instant DAY = Instant.parse("2001-04-01T00:00:00Z");
    private static final CellKey CELL = new CellKey("better", 1, "PDX", "challenger", "warning_value", DAY);
    private static final ArmKey ARM = new ArmKey("better", 1, "PDX", "challenger", DAY);

    @Test
    void aCellIsAsItStandsInTheGoldenSample() {
        Moments moments = Moments.ofUnit(-1, Moments.BOUND).plus(Moments.ofUnit(3, -250_000, 2_000_000, 7));
        sample("cell-with-cubes.json")
                .holds(new KpiMessage.Cell(2, CELL, moments, true), KpiMessage.class, "/key", "/moments");
    }

    /** Written before Σ y³ was summed; read and written for ever. */
    @Test
    void aCellWithoutCubesIsAsItStandsInTheFirstReleasesGoldenSample() {
        Moments moments = Moments.ofUnit(-1, Moments.BOUND).plus(Moments.ofUnit(3, -250_000, 2_000_000, 7));
        sample("cell.json")
                .holds(
                        new KpiMessage.Cell(2, CELL, moments.withoutCubes(), true),
                        KpiMessage.class,
                        "/key",
                        "/moments");
    }

    @Test
    void cubesAreUnknownWhereAPartHasNone() {
        Moments known = Moments.ofUnit(1, 2_000_000);
        assertEquals(BigInteger.valueOf(2_000_000).pow(3), known.yyy());
        assertEquals(BigInteger.valueOf(-3).pow(3), Moments.ofUnit(1, -3).yyy());
        assertNull(known.plus(known.withoutCubes()).yyy());
        assertNull(known.withoutCubes().minus(known).yyy());
    }

    @Test
    void anArmIsAsItStandsInTheGoldenSample() {
        var counts = new ArmCounts(1490, 1, 2, 1400, 3, 4, -5);
        sample("arm.json").holds(new KpiMessage.Arm(0, ARM, counts, false), KpiMessage.class, "/key", "/counts");
    }

    @Test
    void anArmWithItsExposuresIsAsItStandsInTheGoldenSample() {
        var counts = new ArmCounts(1490, 1, 2, 1400, 3, 4, -5);
        var exposures = new ExposureCounts(1490, 2, 3, 4, 5, -5);
        sample("arm-exposures.json")
                .holds(
                        new KpiMessage.Arm(0, ARM, counts, false, exposures, true),
                        KpiMessage.class,
                        "/key",
                        "/counts",
                        "/exposures");
    }

    @Test
    void exposuresAreTakenBackAsTheyWereAdded() {
        var counts = new ExposureCounts(1, 2, 3, 4, 5, 6);
        assertEquals(new ExposureCounts(2, 4, 6, 8, 10, 12), counts.plus(counts));
        assertEquals(ExposureCounts.NONE, counts.minus(counts));
    }

    @Test
    void aSnapshotIsAsItStandsInTheGoldenSample() {
        var writers = List.of(
                new Writer("router-3f2a09bc", "router", 3, DAY, true, false),
                new Writer("ingest-77aa01de", "ingest", 1, null, true, true));
        var totals = new Totals(
                1490,
                12,
                1,
                Map.of(
                        OutcomeClass.COUNTED, 2000L,
                        OutcomeClass.OUTSIDE, 10L,
                        OutcomeClass.LATE, 3L,
                        OutcomeClass.UNMATCHED, 1L,
                        OutcomeClass.DUPLICATES, 5L,
                        OutcomeClass.SUPERSEDED, 6L,
                        OutcomeClass.PENDING, 955L));
        sample("snapshot.json")
                .holds(
                        new Snapshot(2, DAY.plusSeconds(86_400), 123_456_789_012L, writers, totals),
                        KpiMessage.class,
                        "/writers/0",
                        "/totals");
    }

    @Test
    @DisplayName("S19: a record of kpi-moments that lacks something is unreadable, not empty")
    void whatLacksSomethingIsUnreadable() {
        for (String broken : List.of(
                "{}",
                "null",
                "{\"schema\":\"ringside.cell/1\",\"partition\":0,\"closed\":true}",
                "{\"schema\":\"ringside.arm/1\",\"partition\":0,\"closed\":true,\"key\":{}}",
                "{\"schema\":\"ringside.snapshot/1\",\"partition\":0,\"offset\":1,\"writers\":[]}",
                "{\"schema\":\"ringside.cell/9\",\"partition\":0}")) {
            assertThrows(
                    RuntimeException.class,
                    () -> Json.read(broken, KpiMessage.class).partition(),
                    broken);
        }
    }

    @Test
    void keysAreTextsThatSortByTheirParts() {
        assertEquals("better/1/PDX/challenger/warning_value/2001-04-01T00:00:00Z", CELL.text());
        assertEquals("better/1/PDX/challenger/2001-04-01T00:00:00Z", ARM.text());
    }

    @Test
    void oneUnitHasItsProductsInFullPrecision() {
        Moments unit = Moments.ofUnit(7, Moments.BOUND, -Moments.BOUND, 3);
        assertEquals(1, unit.units());
        assertEquals(1, unit.events());
        assertEquals(new BigInteger("1000000000000000000000000000000"), unit.yy());
        assertEquals(unit.yy().negate(), unit.yd());
        assertEquals(BigInteger.valueOf(3_000_000_000_000_000L), unit.yx());
        assertEquals(7, unit.unitHashSum());
        assertEquals(0, Moments.ofUnit(7, 0).events());
    }

    @Test
    void aUnitBeyondTheBoundIsRefused() {
        assertThrows(ArithmeticException.class, () -> Moments.ofUnit(1, Moments.BOUND + 1));
        assertThrows(ArithmeticException.class, () -> Moments.ofUnit(1, -Moments.BOUND - 1));
    }

    @Test
    void theOrderOfUnitsNeverShows() {
        var random = new Random(20010401);
        var units = new ArrayList<Moments>();
        for (int i = 0; i < 500; i++) {
            units.add(Moments.ofUnit(random.nextLong(), random.nextLong(2 * Moments.BOUND) - Moments.BOUND));
        }
        Moments sum = units.stream().reduce(Moments.NONE, Moments::plus);
        for (int i = 0; i < 20; i++) {
            Collections.shuffle(units, random);
            assertEquals(sum, units.stream().reduce(Moments.NONE, Moments::plus));
        }
        assertEquals(Moments.NONE, units.stream().reduce(sum, Moments::minus));
    }

    @Test
    void countsAreTakenBackAsTheyWereAdded() {
        var counts = new ArmCounts(1, 2, 3, 4, 5, 6, 7);
        assertEquals(new ArmCounts(2, 4, 6, 8, 10, 12, 14), counts.plus(counts));
        assertEquals(ArmCounts.NONE, counts.minus(counts));
    }

    private static GoldenSample sample(String name) {
        return GoldenSample.of(MomentsJsonTest.class, name);
    }
}
