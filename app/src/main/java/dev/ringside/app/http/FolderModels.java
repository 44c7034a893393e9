package dev.ringside.app.http;

import dev.ringside.app.tracing.Tracing;
import dev.ringside.contract.inference.Call;
import dev.ringside.contract.inference.Deadline;
import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.InferenceResponse;
import dev.ringside.contract.model.ModelMetadata;
import dev.ringside.contract.repository.IndexedVersion;
import dev.ringside.contract.repository.ModelConfiguration;
import dev.ringside.contract.repository.ModelStatistics;
import dev.ringside.serving.catalog.Catalog;
import dev.ringside.serving.repository.FolderRepository;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The models of a folder: a request that names no version is answered by the best one that is loaded. */
public final class FolderModels implements InferenceFrontEnd, ModelRepository {
    private final Catalog catalog;
    private final FolderRepository folder;
    private final ServedRepository served;
    private final boolean strict;
    private final Duration longest;
    private final Tracing tracing;
    private final LongSupplier ticker;

    /**
     * Makes the front end of a folder.
     *
     * @param served what the catalog says of its versions
     * @param strict whether the process is ready only while every model answers
     * @param longest how long a client waits that does not say less itself
     * @param tracing who traces requests
     * @param ticker nanoseconds, as {@link System#nanoTime}
     */
    public FolderModels(
            Catalog catalog,
            FolderRepository folder,
            ServedRepository served,
            boolean strict,
            Duration longest,
            Tracing tracing,
            LongSupplier ticker) {
        this.catalog = catalog;
        this.folder = folder;
        this.served = served;
        this.strict = strict;
        this.longest = longest;
        this.tracing = tracing;
        this.ticker = ticker;
    }

    @Override
    public boolean ready() {
        return notReady() == null;
    }

    /** Why requests cannot be answered; null if they can. */
    public @Nullable String notReady() {
        if (catalog.isLeaving()) {
            return "the process stops";
        }
        if (catalog.routingVersion() == 0) {
            return "the model folder is being read";
        }
        if (!strict) {
            return null;
        }
        return catalog.ready() ? folder.notReady() : whatIsNotReady();
    }

    private String whatIsNotReady() {
        return catalog.report().stream()
                .filter(version -> !version.ready())
                .map(version ->
                        "model '" + version.slot() + "' version '" + version.version() + "' " + version.reason())
                .findFirst()
                .orElse("the models are not all loaded");
    }

    @Override
    public ModelMetadata metadata(String model, @Nullable String version) {
        return version == null ? catalog.metadata(model) : catalog.metadata(model, version);
    }

    @Override
    public boolean ready(String model, @Nullable String version) {
        return version == null ? catalog.ready(model) : catalog.ready(model, version);
    }

    @Override
    public InferenceResponse infer(String model, @Nullable String version, InferenceRequest request) {
        Call call = Call.of(request, Deadline.in(longest, ticker)).traced(tracing.call());
        return version == null ? catalog.infer(model, call) : catalog.infer(model, version, call);
    }

    @Override
    public List<IndexedVersion> index(boolean ready) {
        return folder.index().stream()
                .filter(version -> !ready || version.isReady())
                .toList();
    }

    @Override
    public void load(String model, @Nullable String version) {
        folder.load(model, version);
    }

    @Override
    public void unload(String model, @Nullable String version) {
        folder.unload(model, version);
    }

    @Override
    public ModelConfiguration configuration(String model, @Nullable String version) {
        ModelMetadata metadata = metadata(model, version);
        return served.configuration(
                metadata,
                version,
                folder.settings(model)
                        .map(settings -> settings.policy().document())
                        .orElse(Map.of()));
    }

    @Override
    public List<ModelStatistics> statistics(@Nullable String model, @Nullable String version) {
        return served.statistics(model, version);
    }
}
