package dev.ringside.router.route;

import dev.ringside.contract.feature.FeatureSource;
import dev.ringside.contract.id.InstallKey;
import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.model.Signature;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.contract.routing.AnswerReuse;
import dev.ringside.contract.routing.ContentLog;
import dev.ringside.contract.routing.RequestLimit;
import dev.ringside.contract.routing.RoutingRow;
import dev.ringside.contract.routing.RoutingRow.Arm;
import dev.ringside.contract.routing.RoutingTable;
import dev.ringside.contract.routing.SlotRoutes;
import dev.ringside.contract.routing.SlotRoutes.UnitOverride;
import dev.ringside.contract.routing.SlotRoutes.VersionRoute;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A routing table for tests: slot {@code eta} with segments north (an experiment of versions 1 and 2), south (none) and
 * east (an experiment that covers nobody); version 2 reads {@code wind} too; the unit {@code tester} is sent to 2.
 */
public final class Sample {
    public static final InstallKey KEY = InstallKey.parse("000102030405060708090a0b0c0d0e0f");
    public static final int PARTITIONS = 3;

    private Sample() {}

    public static RoutingTable table(long version) {
        return table(version, "1");
    }

    public static RoutingTable table(long version, String champion) {
        return new RoutingTable(
                version, Instant.parse("2026-03-01T00:00:00Z"), KEY, PARTITIONS, List.of(slot(champion, 500)));
    }

    public static RoutingTable tableWithDeadline(long version, long millis) {
        return new RoutingTable(
                version, Instant.parse("2026-03-01T00:00:00Z"), KEY, PARTITIONS, List.of(slot("1", millis)));
    }

    /** The same, whose events say of inputs and outputs what is asked. */
    public static RoutingTable logging(long version, ContentLog log) {
        return new RoutingTable(
                version, Instant.parse("2026-03-01T00:00:00Z"), KEY, PARTITIONS, List.of(slot("1", 500, log, null)));
    }

    /** The same, whose callers do not send {@code wind}: it stands under {@code ride:{unit}}, else it is 7; all is logged. */
    public static RoutingTable withFeatures(long version) {
        var features = new FeatureSource(
                FeatureSource.Origin.REDIS,
                "ride:{unit}",
                List.of("wind"),
                Map.of("wind", "7"),
                Duration.ofMillis(200));
        return new RoutingTable(
                version,
                Instant.parse("2026-03-01T00:00:00Z"),
                KEY,
                PARTITIONS,
                List.of(slot("1", 500, ContentLog.ALL, features)));
    }

    /** The same with a limit and a cache; all is logged. */
    public static RoutingTable withTraffic(long version, @Nullable RequestLimit limits, @Nullable AnswerReuse cache) {
        return new RoutingTable(
                version,
                Instant.parse("2026-03-01T00:00:00Z"),
                KEY,
                PARTITIONS,
                List.of(slot("1", 500, ContentLog.ALL, null).with(limits, cache)));
    }

    /** The same, where nothing is compared. */
    public static RoutingTable withoutExperiments(long version) {
        SlotRoutes with = slot("1", 500);
        var without = new SlotRoutes(
                with.name(),
                with.unitType(),
                with.segmentAttribute(),
                with.segments(),
                with.signature(),
                with.deadline(),
                with.layerSalt(),
                with.defaultChampion(),
                with.champions(),
                with.versions(),
                List.of(),
                with.overrides(),
                with.log(),
                with.features());
        return new RoutingTable(version, Instant.parse("2026-03-01T00:00:00Z"), KEY, PARTITIONS, List.of(without));
    }

    private static SlotRoutes slot(String champion, long deadlineMillis) {
        return slot(champion, deadlineMillis, ContentLog.NONE, null);
    }

    private static SlotRoutes slot(
            String champion, long deadlineMillis, ContentLog log, @Nullable FeatureSource features) {
        List<Arm> arms = List.of(new Arm("champion", "1", 1), new Arm("challenger", "2", 1));
        return new SlotRoutes(
                "eta",
                "ride",
                "region",
                List.of("north", "south", "east"),
                new Signature(
                        List.of(column("distance", DataType.FP32), column("wind", DataType.FP32)),
                        List.of(column("minutes", DataType.FP32))),
                Duration.ofMillis(deadlineMillis),
                "layer",
                champion,
                Map.of(),
                Map.of(
                        "1", new VersionRoute("a".repeat(64), "b".repeat(64), List.of("distance")),
                        "2", new VersionRoute("c".repeat(64), "d".repeat(64), List.of("distance", "wind"))),
                List.of(
                        new RoutingRow("better", "north", 1, "salt", RoutingRow.ALL, arms),
                        new RoutingRow("better", "east", 1, "salt", 0, arms)),
                List.of(new UnitOverride("tester", "2")),
                log,
                features);
    }

    private static TensorSpec column(String name, DataType type) {
        return new TensorSpec(name, type, List.of(-1L, 1L));
    }

    /** A request of one row, with both inputs. */
    public static InferenceRequest request(String id, Object... parameters) {
        var named = new HashMap<String, Object>();
        for (int i = 0; i < parameters.length; i += 2) {
            named.put((String) parameters[i], parameters[i + 1]);
        }
        return new InferenceRequest(
                id, named, List.of(Tensor.column("distance", 3f), Tensor.column("wind", 1f)), List.of());
    }
}
