package dev.ringside.app.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.concurrent.TimeUnit;

/** The span of a question to another server. */
final class TracedQuestion implements AskedTrace {
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    private static final int FIRST_FAULT = 400;

    private final TextMapPropagator propagator;
    private final SpanTimes times;
    private final Span span;
    private final Context context;
    private boolean answered;

    TracedQuestion(TextMapPropagator propagator, SpanTimes times, Span span, Context request) {
        this.propagator = propagator;
        this.times = times;
        this.span = span;
        this.context = request.with(span);
    }

    @Override
    public <C> void join(C question, HeaderWriter<? super C> headers) {
        propagator.inject(context, question, (request, name, value) -> {
            if (request != null) {
                headers.write(request, name, value);
            }
        });
    }

    @Override
    public void answered(int status) {
        answered = true;
        span.setAttribute(STATUS, (long) status);
        if (status >= FIRST_FAULT) {
            span.setStatus(StatusCode.ERROR);
        }
    }

    @Override
    public void answered() {
        answered = true;
    }

    @Override
    public void close() {
        if (!answered) {
            span.setStatus(StatusCode.ERROR, "no answer");
        }
        span.end(times.now(), TimeUnit.NANOSECONDS);
    }
}
