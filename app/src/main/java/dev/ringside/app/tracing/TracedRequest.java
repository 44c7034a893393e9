package dev.ringside.app.tracing;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.InferenceResponse;
import dev.ringside.contract.inference.Tensor;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A request's span, current on the thread that works for it. */
final class TracedRequest implements RequestTrace {
    static final AttributeKey<String> MODEL = AttributeKey.stringKey("ringside.model");
    static final AttributeKey<String> VERSION = AttributeKey.stringKey("ringside.version");
    static final AttributeKey<Long> ROWS = AttributeKey.longKey("ringside.rows");
    static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
    private static final AttributeKey<String> SEGMENT = AttributeKey.stringKey("ringside.segment");
    private static final AttributeKey<String> FLAG = AttributeKey.stringKey("feature_flag.key");
    private static final AttributeKey<String> VARIANT = AttributeKey.stringKey("feature_flag.result.variant");
    private static final AttributeKey<String> REASON = AttributeKey.stringKey("feature_flag.result.reason");
    private static final AttributeKey<String> PROVIDER = AttributeKey.stringKey("feature_flag.provider.name");
    private static final ContextKey<TracedRequest> KEY = ContextKey.named("ringside.request");

    private final Tracer tracer;
    private final SpanTimes times;
    private final Span span;
    private final Context context;
    private final Scope scope;

    @SuppressWarnings("MustBeClosedChecker") // closed with the request
    private TracedRequest(Tracer tracer, SpanTimes times, Span span, Context caller) {
        this.tracer = tracer;
        this.times = times;
        this.span = span;
        this.context = caller.with(span).with(KEY, this);
        this.scope = context.makeCurrent();
    }

    static TracedRequest begin(Tracer tracer, SpanTimes times, Span span, Context caller) {
        return new TracedRequest(tracer, times, span, caller);
    }

    /** The request of this thread; null where it is not traced. */
    static @Nullable TracedRequest current() {
        return Context.current().get(KEY);
    }

    SpanTimes times() {
        return times;
    }

    Span span() {
        return span;
    }

    Context context() {
        return context;
    }

    @Override
    public Step step(String name) {
        Span step = tracer.spanBuilder(name)
                .setParent(context)
                .setStartTimestamp(times.now(), TimeUnit.NANOSECONDS)
                .startSpan();
        return () -> step.end(times.now(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void asked(String model, @Nullable String version, InferenceRequest request) {
        span.setAttribute(MODEL, model);
        if (version != null) {
            span.setAttribute(VERSION, version);
        }
        List<Tensor> inputs = request.inputs();
        if (!inputs.isEmpty() && !inputs.getFirst().shape().isEmpty()) {
            span.setAttribute(ROWS, inputs.getFirst().shape().getFirst());
        }
    }

    @Override
    public void answered(InferenceResponse response) {
        span.setAttribute(VERSION, response.modelVersion());
        if (response.parameters().get("segment") instanceof String segment) {
            span.setAttribute(SEGMENT, segment);
        }
        if (response.parameters().get("experiment") instanceof String experiment
                && response.parameters().get("variant") instanceof String variant) {
            span.addEvent(
                    "feature_flag.evaluation",
                    Attributes.of(FLAG, experiment, VARIANT, variant, REASON, "split", PROVIDER, "ringside"),
                    times.now(),
                    TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void failed(RuntimeException failure) {
        fail(span, failure);
    }

    /** Whether a request is at fault itself, or whoever should have answered it. */
    static void fail(Span span, Throwable failure) {
        span.setAttribute(ERROR, type(failure));
        boolean isTheirs = failure instanceof InvalidInput
                || (failure instanceof InferenceFailure known && known.why().status() < 500);
        if (!isTheirs) {
            span.setStatus(StatusCode.ERROR, String.valueOf(failure.getMessage()));
        }
    }

    private static String type(Throwable failure) {
        return switch (failure) {
            case InvalidInput _ -> "malformed";
            case InferenceFailure known -> known.why().name().toLowerCase(Locale.ROOT);
            default -> failure.getClass().getName();
        };
    }

    @Override
    public void close() {
        scope.close();
        span.end(times.now(), TimeUnit.NANOSECONDS);
    }
}
