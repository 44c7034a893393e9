package dev.ringside.app.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.app.configuration.PlatformConfig.Overload;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import io.grpc.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTest {
    private final Failures failures = new Failures(Overload.SERVICE_UNAVAILABLE);

    @ParameterizedTest
    @CsvSource({
        "MALFORMED, INVALID_ARGUMENT",
        "UNKNOWN_MODEL, NOT_FOUND",
        "TOO_LARGE, RESOURCE_EXHAUSTED",
        "LIMITED, RESOURCE_EXHAUSTED",
        "UNSUPPORTED, UNIMPLEMENTED",
        "UNAVAILABLE, UNAVAILABLE",
        "DEADLINE, DEADLINE_EXCEEDED",
        "FAILED, INTERNAL"
    })
    void everyCauseHasItsStatusAndItsWords(Cause cause, Status.Code code) {
        Status status = failures.status(new InferenceFailure(cause, "model 'm': no"));
        assertEquals(code, status.getCode());
        assertEquals("model 'm': no", status.getDescription());
    }

    @Test
    void whatHttpAnswersWithTooManyRequestsIsExhausted() {
        Status status =
                new Failures(Overload.TOO_MANY_REQUESTS).status(new InferenceFailure(Cause.UNAVAILABLE, "overloaded"));
        assertEquals(Status.Code.RESOURCE_EXHAUSTED, status.getCode());
    }

    @Test
    void aBrokenRuleIsTheClientsAndAnythingElseOurs() {
        assertEquals(
                Status.Code.INVALID_ARGUMENT,
                failures.status(new InvalidInput("unit", "too long")).getCode());
        Status ours = failures.status(new IllegalStateException("secret"));
        assertEquals(Status.Code.INTERNAL, ours.getCode());
        assertEquals("internal error: IllegalStateException; the server's log has the rest", ours.getDescription());
    }

    @Test
    void wordsThatAreTooLongForAHeaderAreCutBetweenCharacters() {
        String bounded = Failures.bounded("€".repeat(5_000));
        assertTrue(bounded.getBytes(UTF_8).length <= 2_003, () -> "" + bounded.length());
        assertTrue(bounded.matches("€{666}…"), bounded);
        assertEquals("short", Failures.bounded("short"));
    }
}
