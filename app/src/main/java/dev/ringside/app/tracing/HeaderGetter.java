package dev.ringside.app.tracing;

import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a request's headers for OpenTelemetry, which asks for each by its name. */
record HeaderGetter<C>(HeaderReader<? super C> headers) implements TextMapGetter<C> {
    @Override
    public Iterable<String> keys(C request) {
        return List.of();
    }

    @Override
    public @Nullable String get(@Nullable C request, String name) {
        return request == null ? null : headers.read(request, name);
    }
}
