package dev.ringside.app.tracing;

import dev.ringside.contract.inference.CallTrace;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The spans of a call in the model server: its wait and its runs. Of a run that several requests share each has a span in
 * its own trace; the first one's links to the requests of the others, and theirs to its.
 */
final class TracedCall implements CallTrace {
    private static final AttributeKey<Long> BATCH_ROWS = AttributeKey.longKey("ringside.batch.rows");
    private static final AttributeKey<Long> BATCH_REQUESTS = AttributeKey.longKey("ringside.batch.requests");

    private final Tracer tracer;
    private final TracedRequest request;
    private volatile String model = "";
    private volatile String version = "";

    TracedCall(Tracer tracer, TracedRequest request) {
        this.tracer = tracer;
        this.request = request;
    }

    @Override
    public void named(String named, String namedVersion) {
        model = named;
        version = namedVersion;
    }

    @Override
    public void waited(long from, long until, boolean begun) {
        Span span = span("queue", from).startSpan();
        if (!begun) {
            span.setStatus(StatusCode.ERROR, "given up before its run");
        }
        span.end(request.times().of(until), TimeUnit.NANOSECONDS);
    }

    @Override
    @SuppressWarnings("MustBeClosedChecker") // closed by whoever enters
    public Current enter() {
        Scope scope = request.context().makeCurrent();
        return scope::close;
    }

    @Override
    public void ran(long rows, Run run) {
        SpanBuilder builder = span("compute", run.began())
                .setAttribute(TracedRequest.ROWS, rows)
                .setAttribute(BATCH_ROWS, run.rows())
                .setAttribute(BATCH_REQUESTS, (long) run.requests());
        link(builder, run.traced());
        Span span = builder.startSpan();
        Throwable failure = run.failure();
        if (failure != null) {
            TracedRequest.fail(span, failure);
        }
        span.end(request.times().of(run.ended()), TimeUnit.NANOSECONDS);
    }

    private void link(SpanBuilder builder, List<CallTrace> traced) {
        if (traced.getFirst() != this) {
            linkTo(builder, traced.getFirst());
            return;
        }
        for (CallTrace other : traced.subList(1, traced.size())) {
            linkTo(builder, other);
        }
    }

    private static void linkTo(SpanBuilder builder, CallTrace other) {
        if (other instanceof TracedCall call) {
            builder.addLink(call.request.span().getSpanContext());
        }
    }

    private SpanBuilder span(String name, long began) {
        return tracer.spanBuilder(name)
                .setParent(request.context())
                .setAttribute(TracedRequest.MODEL, model)
                .setAttribute(TracedRequest.VERSION, version)
                .setStartTimestamp(request.times().of(began), TimeUnit.NANOSECONDS);
    }
}
