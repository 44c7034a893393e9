package dev.ringside.app.http;

import dev.ringside.app.tracing.Tracing;
import dev.ringside.contract.inference.Call;
import dev.ringside.contract.inference.Deadline;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.InferenceResponse;
import dev.ringside.contract.model.ModelMetadata;
import dev.ringside.serving.catalog.Catalog;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The models as a model server without a router has them: versions, asked by name. */
public final class ServedModels implements InferenceFrontEnd {
    private final Catalog catalog;
    private final Duration longest;
    private final Tracing tracing;
    private final LongSupplier ticker;

    /**
     * Makes the front end of a model server.
     *
     * @param longest how long a client waits that does not say less itself
     * @param tracing who traces requests
     * @param ticker nanoseconds, as {@link System#nanoTime}
     */
    public ServedModels(Catalog catalog, Duration longest, Tracing tracing, LongSupplier ticker) {
        this.catalog = catalog;
        this.longest = longest;
        this.tracing = tracing;
        this.ticker = ticker;
    }

    @Override
    public boolean ready() {
        return catalog.ready();
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
        if (version == null) {
            // Which version answers is a router's decision, and this process has none.
            catalog.metadata(model);
            throw new InferenceFailure(
                    Cause.UNSUPPORTED,
                    "this process serves versions and does not route: ask /v2/models/" + model
                            + "/versions/{version}/infer, or a router");
        }
        return catalog.infer(
                model, version, Call.of(request, Deadline.in(longest, ticker)).traced(tracing.call()));
    }
}
