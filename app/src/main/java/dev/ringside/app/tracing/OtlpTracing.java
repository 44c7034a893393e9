package dev.ringside.app.tracing;

import dev.ringside.contract.inference.CallTrace;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Traces that go to a collector by OTLP, set up by OpenTelemetry's own keys. */
public final class OtlpTracing implements Tracing {
    private final OpenTelemetrySdk sdk;
    private final Tracer tracer;
    private final TextMapPropagator propagator;
    private final Clock wall;
    private final LongSupplier ticker;

    private OtlpTracing(OpenTelemetrySdk sdk, Clock wall, LongSupplier ticker) {
        this.sdk = sdk;
        this.tracer = sdk.getTracer("dev.ringside");
        this.propagator = sdk.getPropagators().getTextMapPropagator();
        this.wall = wall;
        this.ticker = ticker;
    }

    /**
     * Starts to trace.
     *
     * @param settings OpenTelemetry's, by key; the environment and system properties go before them
     * @param wall whose time spans carry
     * @param ticker nanoseconds, that of the model server
     * @throws IllegalArgumentException naming the setting that cannot be used
     */
    public static OtlpTracing start(Map<String, String> settings, Clock wall, LongSupplier ticker) {
        try {
            OpenTelemetrySdk sdk = AutoConfiguredOpenTelemetrySdk.builder()
                    .disableShutdownHook()
                    .addPropertiesSupplier(() -> settings)
                    // What is counted stands at /q/metrics, what is said on standard output.
                    .addPropertiesCustomizer(_ -> Map.of("otel.metrics.exporter", "none", "otel.logs.exporter", "none"))
                    .build()
                    .getOpenTelemetrySdk();
            return new OtlpTracing(sdk, wall, ticker);
        } catch (ConfigurationException e) {
            throw new IllegalArgumentException("traces cannot be sent: " + e.getMessage(), e);
        }
    }

    private long epochNanos() {
        var now = wall.instant();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    @Override
    public <C> RequestTrace begin(String operation, C request, HeaderReader<? super C> headers) {
        Context caller = propagator.extract(Context.root(), request, new HeaderGetter<C>(headers));
        var times = new SpanTimes(ticker, epochNanos() - ticker.getAsLong());
        Span span = tracer.spanBuilder(operation)
                .setParent(caller)
                .setSpanKind(SpanKind.SERVER)
                .setStartTimestamp(times.now(), TimeUnit.NANOSECONDS)
                .startSpan();
        return TracedRequest.begin(tracer, times, span, caller);
    }

    @Override
    public @Nullable CallTrace call() {
        TracedRequest request = TracedRequest.current();
        return request == null || !request.span().isRecording() ? null : new TracedCall(tracer, request);
    }

    @Override
    public AskedTrace ask(String operation) {
        TracedRequest request = TracedRequest.current();
        if (request == null) {
            return AskedTrace.NONE;
        }
        Span span = tracer.spanBuilder(operation)
                .setParent(request.context())
                .setSpanKind(SpanKind.CLIENT)
                .setStartTimestamp(request.times().now(), TimeUnit.NANOSECONDS)
                .startSpan();
        return new TracedQuestion(propagator, request.times(), span, request.context());
    }

    @Override
    public void close() {
        sdk.close();
    }
}
