package dev.ringside.app.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.inference.Call;
import dev.ringside.contract.inference.Deadline;
import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.InferenceResponse;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TracingTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SAMPLED = "00-" + TRACE + "-00f067aa0ba902b7-01";
    private static final String NOT_SAMPLED = "00-" + TRACE + "-00f067aa0ba902b7-00";

    /** A collector that is not there; nothing is sent before the test is over. */
    private static final Map<String, String> AWAY = Map.of(
            "otel.exporter.otlp.endpoint", "http://127.0.0.1:9",
            "otel.exporter.otlp.protocol", "http/protobuf",
            "otel.bsp.schedule.delay", "3600000",
            "otel.bsp.export.timeout", "100");

    private static OtlpTracing start() {
        return OtlpTracing.start(AWAY, Clock.systemUTC(), System::nanoTime);
    }

    private static RequestTrace begin(Tracing tracing, String parent) {
        return tracing.begin("POST", Map.of("traceparent", parent), Map::get);
    }

    @Test
    void offNothingIsMadeOfARequest() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        var request = new InferenceRequest(null, Map.of(), List.of(), List.of());
        var response = new InferenceResponse("m", "1", null, Map.of(), List.of());
        Call call = Call.of(request, Deadline.in(Duration.ofSeconds(1), System::nanoTime));
        long made = 0;
        for (int i = 0; i < 20_000; i++) {
            if (i == 10_000) {
                made = threads.getCurrentThreadAllocatedBytes();
            }
            try (RequestTrace trace = Tracing.OFF.begin("POST", request, (_, _) -> null)) {
                try (var _ = trace.step(RequestTrace.READ)) {
                    trace.asked("m", null, request);
                }
                if (call.traced(Tracing.OFF.call()).trace() != null) {
                    throw new AssertionError("followed");
                }
                try (AskedTrace asked = Tracing.OFF.ask("POST")) {
                    asked.join(request, (_, _, _) -> {});
                    asked.answered(200);
                }
                trace.answered(response);
            }
        }
        assertEquals(0, (threads.getCurrentThreadAllocatedBytes() - made) / 10_000);
    }

    @Test
    void callsAreFollowedWithinTheirRequestAlone() {
        try (OtlpTracing tracing = start()) {
            assertNull(tracing.call());
            try (RequestTrace _ = begin(tracing, SAMPLED)) {
                assertNotNull(tracing.call());
            }
            assertNull(tracing.call());
        }
    }

    @Test
    void whatIsAskedJoinsTheCallersTraceAsItsCallerWantsIt() {
        try (OtlpTracing tracing = start()) {
            var parents = new HashMap<String, String>();
            for (String caller : List.of(SAMPLED, NOT_SAMPLED)) {
                try (RequestTrace _ = begin(tracing, caller);
                        AskedTrace asked = tracing.ask("POST")) {
                    HttpRequest.Builder question = HttpRequest.newBuilder(URI.create("http://127.0.0.1:9"));
                    asked.join(question, HttpRequest.Builder::setHeader);
                    asked.answered(200);
                    parents.put(
                            caller,
                            question.build().headers().firstValue("traceparent").orElseThrow());
                }
            }
            assertTrue(parents.get(SAMPLED).matches("00-" + TRACE + "-[0-9a-f]{16}-01"), parents::toString);
            assertTrue(!parents.get(SAMPLED).equals(SAMPLED), parents::toString);
            assertTrue(parents.get(NOT_SAMPLED).matches("00-" + TRACE + "-[0-9a-f]{16}-00"), parents::toString);
        }
    }

    @Test
    void aCallThatItsCallerDoesNotWantTracedIsNotFollowed() {
        try (OtlpTracing tracing = start();
                RequestTrace _ = begin(tracing, NOT_SAMPLED)) {
            assertNull(tracing.call());
        }
    }

    @Test
    void aSettingThatCannotBeUsedIsRefusedByItsName() {
        var settings = new HashMap<>(AWAY);
        settings.put("otel.exporter.otlp.protocol", "smoke");
        var refused = assertThrows(
                IllegalArgumentException.class, () -> OtlpTracing.start(settings, Clock.systemUTC(), System::nanoTime));
        assertTrue(
                refused.getMessage().startsWith("traces cannot be sent: ")
                        && refused.getMessage().contains("smoke"),
                refused.getMessage());
    }
}
