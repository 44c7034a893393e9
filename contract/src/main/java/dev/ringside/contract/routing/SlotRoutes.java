package dev.ringside.contract.routing;

import dev.ringside.contract.feature.FeatureSource;
import dev.ringside.contract.model.Signature;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A slot's part of the routing table.
 *
 * @param name the model name in the URL
 * @param unitType what the unit is, such as {@code flight}; shown only
 * @param segmentAttribute the request parameter that names the segment, such as {@code region}
 * @param segments the declared segments; any other value, or none, is {@link #OTHER}
 * @param signature what its versions take and give
 * @param deadline how long a request may take, wall clock
 * @param layerSalt salts the coverage hash
 * @param defaultChampion the version for segments without a pointer of their own; null until one is registered
 * @param champions the champion's version by segment
 * @param versions all versions that are to be loaded
 * @param rows the experiments' rows
 * @param overrides units sent to an arm or version by hand: marked, never analysed
 * @param log what its events say of inputs and outputs; all, where a table of an earlier release does not say
 * @param features where the inputs are that callers do not send; null if they send all
 * @param limits how many requests it takes; null for any number
 * @param cache whether answers are given again; null if the model is always asked
 */
public record SlotRoutes(
        String name,
        String unitType,
        String segmentAttribute,
        List<String> segments,
        Signature signature,
        Duration deadline,
        String layerSalt,
        @Nullable String defaultChampion,
        Map<String, String> champions,
        Map<String, VersionRoute> versions,
        List<RoutingRow> rows,
        List<UnitOverride> overrides,
        ContentLog log,
        @Nullable FeatureSource features,
        @Nullable RequestLimit limits,
        @Nullable AnswerReuse cache) {
    /** The segment of requests that name none, or one that is not declared. */
    public static final String OTHER = "other";

    /** Copies the collections. */
    public SlotRoutes {
        segments = List.copyOf(segments);
        champions = Map.copyOf(champions);
        versions = Map.copyOf(versions);
        rows = List.copyOf(rows);
        overrides = List.copyOf(overrides);
        log = log == null ? ContentLog.ALL : log;
    }

    /** A slot that logs everything, and whose callers send all inputs. */
    public SlotRoutes(
            String name,
            String unitType,
            String segmentAttribute,
            List<String> segments,
            Signature signature,
            Duration deadline,
            String layerSalt,
            @Nullable String defaultChampion,
            Map<String, String> champions,
            Map<String, VersionRoute> versions,
            List<RoutingRow> rows,
            List<UnitOverride> overrides) {
        this(
                name,
                unitType,
                segmentAttribute,
                segments,
                signature,
                deadline,
                layerSalt,
                defaultChampion,
                champions,
                versions,
                rows,
                overrides,
                ContentLog.ALL,
                null);
    }

    /** A slot that takes any number of requests, and whose model is always asked. */
    public SlotRoutes(
            String name,
            String unitType,
            String segmentAttribute,
            List<String> segments,
            Signature signature,
            Duration deadline,
            String layerSalt,
            @Nullable String defaultChampion,
            Map<String, String> champions,
            Map<String, VersionRoute> versions,
            List<RoutingRow> rows,
            List<UnitOverride> overrides,
            ContentLog log,
            @Nullable FeatureSource features) {
        this(
                name,
                unitType,
                segmentAttribute,
                segments,
                signature,
                deadline,
                layerSalt,
                defaultChampion,
                champions,
                versions,
                rows,
                overrides,
                log,
                features,
                null,
                null);
    }

    /** The same with other bounds on its requests, and another use of answers. */
    public SlotRoutes with(@Nullable RequestLimit limit, @Nullable AnswerReuse reuse) {
        return new SlotRoutes(
                name,
                unitType,
                segmentAttribute,
                segments,
                signature,
                deadline,
                layerSalt,
                defaultChampion,
                champions,
                versions,
                rows,
                overrides,
                log,
                features,
                limit,
                reuse);
    }

    /** The champion of a segment: its own pointer, else the default; null while there is none. */
    public @Nullable String champion(String segment) {
        String own = champions.get(segment);
        return own == null ? defaultChampion : own;
    }

    /**
     * Where a version is to be had.
     *
     * @param modelSha256 digest of the model file
     * @param manifestSha256 digest of its manifest, canonical JSON
     * @param inputs the slot's inputs that it reads
     */
    public record VersionRoute(String modelSha256, String manifestSha256, List<String> inputs) {
        public VersionRoute {
            inputs = List.copyOf(inputs);
        }
    }

    /**
     * A unit that always gets one version.
     *
     * @param unit the unit
     * @param version the version that it gets
     */
    public record UnitOverride(String unit, String version) {}
}
