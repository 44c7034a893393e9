package dev.ringside.contract.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringside.contract.GoldenSample;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.feature.FeatureSource;
import dev.ringside.contract.id.InstallKey;
import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.Signature;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.contract.routing.RoutingRow.Arm;
import dev.ringside.contract.routing.SlotRoutes.UnitOverride;
import dev.ringside.contract.routing.SlotRoutes.VersionRoute;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoutingJsonTest {
    static final SlotRoutes SLOT = new SlotRoutes(
            "delay",
            "flight",
            "region",
            List.of("PDX", "SAN"),
            new Signature(
                    List.of(
                            new TensorSpec("distance", DataType.FP32, List.of(-1L, 1L)),
                            new TensorSpec("carrier", DataType.BYTES, List.of(-1L, 1L))),
                    List.of(new TensorSpec("probability", DataType.FP32, List.of(-1L, 1L)))),
            Duration.ofSeconds(10),
            "layer-salt",
            "1",
            Map.of("SAN", "2"),
            Map.of(
                    "1", new VersionRoute("a".repeat(64), "b".repeat(64), List.of("distance")),
                    "2", new VersionRoute("c".repeat(64), "d".repeat(64), List.of("distance", "carrier"))),
            List.of(new RoutingRow(
                    "better",
                    "PDX",
                    1,
                    "experiment-salt",
                    250_000,
                    List.of(new Arm("champion", "1", 1), new Arm("challenger", "2", 3)))),
            List.of(new UnitOverride("tester", "2")),
            new ContentLog(ContentLog.Share.parse("12.5%"), true),
            null);
    static final RoutingTable TABLE = new RoutingTable(
            17,
            Instant.parse("2026-03-01T12:00:00.5Z"),
            InstallKey.parse("000102030405060708090a0b0c0d0e0f"),
            8,
            List.of(SLOT));
    static final FleetReport ROUTER = new FleetReport(
            "router-3f2a09bc",
            "router",
            3,
            Instant.parse("2026-03-01T12:00:01Z"),
            17,
            Instant.parse("2001-04-02T00:00:00Z"),
            List.of(),
            new FleetReport.Spool(12, 6_480, false),
            List.of("delay/PDX"),
            Map.of("predictions", 1490L, "fallbacks", 0L),
            false);
    static final FleetReport FORCED = new FleetReport(
            "router-3f2a09bc",
            "router",
            3,
            Instant.parse("2026-03-01T12:00:01Z"),
            17,
            null,
            List.of(),
            new FleetReport.Spool(0, 0, false),
            List.of("delay/PDX"),
            List.of(
                    new FleetReport.BreakGlassChange(
                            Instant.parse("2026-03-01T11:59:00Z"), "delay/*", true, "alice", "wrong times"),
                    new FleetReport.BreakGlassChange(
                            Instant.parse("2026-03-01T11:59:30.25Z"), "delay/*", false, "alice", "only in PDX"),
                    new FleetReport.BreakGlassChange(
                            Instant.parse("2026-03-01T12:00:00Z"), "delay/PDX", true, null, null)),
            Map.of(),
            false,
            null);
    static final FleetReport SERVER = new FleetReport(
            "serving-0011aabb",
            "serving",
            1,
            Instant.parse("2026-03-01T12:00:01Z"),
            17,
            null,
            List.of(
                    new FleetReport.LoadedVersion("delay", "1", true, null),
                    new FleetReport.LoadedVersion("delay", "2", false, "expected SHA-256 c0ffee, found decaf")),
            null,
            List.of(),
            Map.of(),
            true);

    static final FleetReport STANDING = new FleetReport(
                    "metrics-77aa00bb",
                    "metrics",
                    2,
                    Instant.parse("2026-03-01T12:00:01Z"),
                    17,
                    null,
                    List.of(),
                    null,
                    List.of(),
                    Map.of(),
                    false)
            .with(List.of(
                    new FleetReport.Standstill(
                            "unit-events",
                            3,
                            1041L,
                            "No space left on device",
                            Instant.parse("2026-03-01T11:59:00.25Z")),
                    new FleetReport.Standstill(
                            "routing", null, null, "not authorized", Instant.parse("2026-03-01T11:59:30Z"))));

    @Test
    void aRoutingTableIsAsItStandsInTheGoldenSample() {
        sample("routing-table.json")
                .holds(
                        TABLE,
                        RoutingTable.class,
                        "/slots/0",
                        "/slots/0/log",
                        "/slots/0/signature",
                        "/slots/0/signature/inputs/0",
                        "/slots/0/versions/1",
                        "/slots/0/rows/0",
                        "/slots/0/rows/0/arms/0",
                        "/slots/0/overrides/0");
    }

    @Test
    void aSlotWhoseCallersDoNotSendAllInputsIsAsItStandsInTheGoldenSample() {
        var features = new FeatureSource(
                FeatureSource.Origin.REDIS,
                "flight:{unit}",
                List.of("carrier"),
                Map.of("carrier", "AS"),
                FeatureSource.BUDGET);
        var slot = new SlotRoutes(
                SLOT.name(),
                SLOT.unitType(),
                SLOT.segmentAttribute(),
                SLOT.segments(),
                SLOT.signature(),
                SLOT.deadline(),
                SLOT.layerSalt(),
                SLOT.defaultChampion(),
                SLOT.champions(),
                SLOT.versions(),
                SLOT.rows(),
                SLOT.overrides(),
                SLOT.log(),
                features);
        sample("slot-features.json").holds(slot, SlotRoutes.class, "/features");
    }

    @Test
    void aSlotWithALimitAndACacheIsAsItStandsInTheGoldenSample() {
        SlotRoutes slot = SLOT.with(
                new RequestLimit(100, 250, RequestLimit.By.KEY, RequestLimit.BUDGET),
                new AnswerReuse(Duration.ofSeconds(60), AnswerReuse.BUDGET));
        sample("slot-traffic.json").holds(slot, SlotRoutes.class, "/limits", "/cache");
        assertEquals(Json.write(SLOT), Json.write(slot.with(null, null)), "what is not there is not written");
    }

    @Test
    void aLimitThatLetsNothingInIsRefusedByField() {
        assertEquals("requests_per_second", refusedLimit(0, 1));
        assertEquals("requests_per_second", refusedLimit(1_000_001, 1));
        assertEquals("burst", refusedLimit(1, 0));
    }

    private static String refusedLimit(int perSecond, int burst) {
        return assertThrows(
                        InvalidInput.class,
                        () -> new RequestLimit(perSecond, burst, RequestLimit.By.SLOT, RequestLimit.BUDGET))
                .field();
    }

    @Test
    void aTableOfTheFirstReleaseLogsEverything() {
        String table = Json.write(TABLE).replace("\"log\":{\"inputs\":\"12.5%\",\"outputs\":true},", "");
        assertEquals(
                ContentLog.ALL,
                Json.read(table, RoutingTable.class).slots().getFirst().log());
    }

    @Test
    void aRowThatHoldsTheOldChampionBackIsAsItStandsInTheGoldenSample() {
        var row = new RoutingRow(
                "better.holdback",
                "PDX",
                2,
                "experiment-salt",
                250_000,
                List.of(new Arm("champion", "1", 1), new Arm("challenger", "2", 3)),
                new RoutingRow.Holdback(1, 200_000));
        sample("routing-row-holdback.json").holds(row, RoutingRow.class, "/holdback", "/arms/0");
        assertEquals(
                "of_control_millionths",
                assertThrows(InvalidInput.class, () -> new RoutingRow.Holdback(1, 0))
                        .field());
    }

    @Test
    void aFleetReportIsAsItStandsInTheGoldenSample() {
        sample("fleet-report-router.json").holds(ROUTER, FleetReport.class, "/spool");
        sample("fleet-report-break-glass.json").holds(FORCED, FleetReport.class, "/break_glass_changes/2");
        sample("fleet-report-serving.json").holds(SERVER, FleetReport.class, "/versions/1");
        sample("fleet-report-standstill.json").holds(STANDING, FleetReport.class, "/standstills/0", "/standstills/1");
    }

    @Test
    void aClockTickIsAsItStandsInTheGoldenSample() {
        sample("clock-tick.json").holds(new ClockTick(Instant.parse("2001-04-02T00:00:00Z")), ClockTick.class);
    }

    @Test
    void aSegmentsOwnChampionGoesBeforeTheDefault() {
        assertEquals("2", SLOT.champion("SAN"));
        assertEquals("1", SLOT.champion("PDX"));
        assertEquals(SLOT, TABLE.slot("delay").orElseThrow());
        assertEquals(true, TABLE.slot("price").isEmpty());
    }

    @Test
    void aSlotWithoutAnyChampionHasNone() {
        var bare = new SlotRoutes(
                "delay",
                "flight",
                "region",
                List.of(),
                SLOT.signature(),
                SLOT.deadline(),
                "salt",
                null,
                Map.of(),
                Map.of(),
                List.of(),
                List.of());
        assertNull(bare.champion(SlotRoutes.OTHER));
    }

    @Test
    void aRowThatCannotEnrolIsRefusedByField() {
        List<Arm> arms = List.of(new Arm("champion", "1", 1), new Arm("challenger", "2", 1));
        assertEquals("coverage_millionths", refused(1, 1_000_001, arms));
        assertEquals("coverage_millionths", refused(1, -1, arms));
        assertEquals("epoch", refused(0, 1, arms));
        assertEquals("arms", refused(1, 1, arms.subList(0, 1)));
        assertEquals(
                "weight",
                assertThrows(InvalidInput.class, () -> new Arm("a", "1", 0)).field());
    }

    private static String refused(int epoch, int coverage, List<Arm> arms) {
        return assertThrows(InvalidInput.class, () -> new RoutingRow("better", "PDX", epoch, "salt", coverage, arms))
                .field();
    }

    private static GoldenSample sample(String name) {
        return GoldenSample.of(RoutingJsonTest.class, name);
    }
}
