package dev.ringside.contract.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallTest {
    private long now = 5_000;

    private Call call(Map<String, Object> parameters) {
        var request = new InferenceRequest("r1", parameters, List.of(Tensor.column("x", 1f)), List.of());
        return Call.of(request, Deadline.in(Duration.ofMillis(50), () -> now));
    }

    @Test
    void aCallEndsAtTheDeadlineOfWhoeverCallsOrAtTheClientsOwnIfThatIsSooner() {
        assertEquals(50_000_000, call(Map.of()).deadline().nanosLeft());
        assertEquals(20_000_000, call(Map.of("timeout", 20_000L)).deadline().nanosLeft());
        assertEquals(50_000_000, call(Map.of("timeout", 90_000L)).deadline().nanosLeft());
        assertEquals(50_000_000, call(Map.of("timeout", 0L)).deadline().nanosLeft());
        assertEquals(50_000_000, call(Map.of("timeout", "soon")).deadline().nanosLeft());
    }

    @Test
    void aCallerWhoSaysHowLongItWaitsIsTakenAtItsWord() {
        var request = new InferenceRequest("r1", Map.of("timeout", 20_000L), List.of(), List.of());
        assertEquals(
                20_000L,
                Call.within(Duration.ofMillis(30), request).parameters().get("timeout"));
        assertEquals(
                5_000L, Call.within(Duration.ofMillis(5), request).parameters().get("timeout"));
        assertEquals(1L, Call.within(Duration.ZERO, request).parameters().get("timeout"));
        var open = new InferenceRequest("r1", Map.of("timeout", 0L), List.of(), List.of());
        assertEquals(
                5_000L, Call.within(Duration.ofMillis(5), open).parameters().get("timeout"));
    }

    @Test
    void aDeadlinePasses() {
        Deadline deadline = call(Map.of()).deadline();
        now += 49_999_999;
        assertFalse(deadline.hasPassed());
        now += 2;
        assertTrue(deadline.hasPassed());
        assertEquals(0, deadline.nanosLeft());
    }

    @Test
    void overTheNetworkATimeoutSaysWhatIsLeft() {
        Call call = call(Map.of("priority", 2L, "timeout", 90_000L));
        now += 10_000_000;
        assertEquals(
                Map.of("priority", 2L, "timeout", 40_000L), call.forwarded().parameters());
        now += 80_000_000;
        assertEquals(1L, call.forwarded().parameters().get("timeout"));
        assertEquals(call.request().inputs(), call.forwarded().inputs());
    }
}
