package dev.ringside.app.http;

import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import dev.ringside.contract.model.FileFormat;
import dev.ringside.contract.model.ModelMetadata;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.contract.repository.IndexedVersion;
import dev.ringside.contract.repository.ModelConfiguration;
import dev.ringside.contract.repository.ModelConfiguration.DynamicBatching;
import dev.ringside.contract.repository.ModelConfiguration.InstanceGroup;
import dev.ringside.contract.repository.ModelConfiguration.Port;
import dev.ringside.contract.repository.ModelConfiguration.QueuePolicy;
import dev.ringside.contract.repository.ModelStatistics;
import dev.ringside.serving.batching.BatchSettings;
import dev.ringside.serving.catalog.Catalog;
import dev.ringside.serving.catalog.VersionCounts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The models of a process that serves what its control plane says. */
public final class ServedRepository implements ModelRepository {
    private final Catalog catalog;
    private final int instances;
    private final InstantSource wall;

    /**
     * Makes the repository of a catalog.
     *
     * @param instances how many runs of a model there may be at the same time, where it does not say
     * @param wall what time it is for people
     */
    public ServedRepository(Catalog catalog, int instances, InstantSource wall) {
        this.catalog = catalog;
        this.instances = instances;
        this.wall = wall;
    }

    @Override
    public List<IndexedVersion> index(boolean ready) {
        return catalog.report().stream()
                .filter(version -> !ready || version.ready())
                .map(version -> new IndexedVersion(
                        version.slot(),
                        version.version(),
                        version.ready() ? IndexedVersion.State.READY : IndexedVersion.State.UNAVAILABLE,
                        version.reason()))
                .toList();
    }

    @Override
    public void load(String model, @Nullable String version) {
        throw decidedElsewhere("load");
    }

    @Override
    public void unload(String model, @Nullable String version) {
        throw decidedElsewhere("unload");
    }

    static InferenceFailure decidedElsewhere(String what) {
        return new InferenceFailure(
                Cause.UNSUPPORTED,
                "explicit model load / unload is not allowed: the control plane decides what is loaded; to " + what
                        + " a version, register, promote or retire it there (ringside models)");
    }

    @Override
    public ModelConfiguration configuration(String model, @Nullable String version) {
        ModelMetadata metadata = version == null ? catalog.metadata(model) : catalog.metadata(model, version);
        return configuration(metadata, version, Map.of("all", Map.of()));
    }

    /** How a version of the catalog is served; null for the one that is asked where none is named. */
    ModelConfiguration configuration(
            ModelMetadata metadata, @Nullable String version, Map<String, Map<String, Object>> policy) {
        return configuration(metadata, policy, catalog.batching(metadata.name(), version), instances);
    }

    /**
     * How a model is served. The rows are left out of its dimensions where requests are joined, as Triton does.
     *
     * @param batching how requests wait and are joined; empty where that is not known
     * @param instances how many runs there may be at the same time where that is not known
     */
    static ModelConfiguration configuration(
            ModelMetadata metadata,
            Map<String, Map<String, Object>> policy,
            Optional<BatchSettings> batching,
            int instances) {
        // A model elsewhere has no file; Triton's clients expect one to be named.
        FileFormat format = FileFormat.ofPlatform(metadata.platform()).orElse(FileFormat.ONNX);
        int maxRows = batching.map(BatchSettings::maxRows).orElse(0);
        return new ModelConfiguration(
                metadata.name(),
                metadata.platform(),
                format.backend(),
                policy,
                maxRows,
                batching.map(ServedRepository::batching).orElse(null),
                ports(metadata.inputs(), maxRows > 0),
                ports(metadata.outputs(), maxRows > 0),
                List.of(new InstanceGroup(
                        "KIND_CPU", batching.map(BatchSettings::instances).orElse(instances))),
                format.fileName());
    }

    private static DynamicBatching batching(BatchSettings settings) {
        return new DynamicBatching(
                settings.maxDelay().toNanos() / 1_000, settings.levels(), new QueuePolicy(settings.maxQueue()));
    }

    private static List<Port> ports(List<TensorSpec> specs, boolean joins) {
        return specs.stream()
                .map(spec -> Port.of(
                        spec.name(),
                        spec.datatype(),
                        joins ? spec.shape().subList(1, spec.shape().size()) : spec.shape()))
                .toList();
    }

    @Override
    public List<ModelStatistics> statistics(@Nullable String model, @Nullable String version) {
        List<VersionCounts> counts = catalog.counts().stream()
                .filter(of -> (model == null || of.slot().equals(model))
                        && (version == null || of.version().equals(version)))
                .sorted(Comparator.comparing(VersionCounts::slot).thenComparing(VersionCounts::version))
                .toList();
        if (counts.isEmpty() && model != null) {
            throw new InferenceFailure(
                    Cause.UNKNOWN_MODEL,
                    "Request for unknown model: '" + model + "'" + (version == null ? "" : " version '" + version + "'")
                            + " is not found");
        }
        Instant now = wall.instant();
        return counts.stream().map(each -> Statistics.of(each, now)).toList();
    }
}
