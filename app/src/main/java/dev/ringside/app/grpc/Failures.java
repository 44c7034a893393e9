package dev.ringside.app.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ringside.app.configuration.PlatformConfig.Overload;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.inference.InferenceFailure;
import io.grpc.Status;

/** How a request is answered that fails: with the status of its cause, and the words that HTTP would answer too. */
final class Failures {
    private static final System.Logger LOG = System.getLogger(Failures.class.getName());

    /** Clients take headers of 8 KiB, in which a byte may take three. */
    private static final int LONGEST = 2_000;

    private final Overload overload;

    /** @param overload how a prediction is answered that nobody can make now */
    Failures(Overload overload) {
        this.overload = overload;
    }

    /** The status of a failure. One that nobody should see is logged. */
    Status status(RuntimeException failure) {
        return switch (failure) {
            case InferenceFailure known -> said(code(known.why()), known);
            case InvalidInput invalid -> said(Status.Code.INVALID_ARGUMENT, invalid);
            default -> {
                LOG.log(System.Logger.Level.ERROR, "a request failed", failure);
                yield Status.INTERNAL.withDescription(
                        "internal error: " + failure.getClass().getSimpleName() + "; the server's log has the rest");
            }
        };
    }

    private static Status said(Status.Code code, RuntimeException failure) {
        return code.toStatus().withDescription(bounded(String.valueOf(failure.getMessage())));
    }

    private Status.Code code(InferenceFailure.Cause cause) {
        return switch (cause) {
            case MALFORMED -> Status.Code.INVALID_ARGUMENT;
            case UNKNOWN_MODEL -> Status.Code.NOT_FOUND;
            case TOO_LARGE, LIMITED -> Status.Code.RESOURCE_EXHAUSTED;
            case UNSUPPORTED -> Status.Code.UNIMPLEMENTED;
            case UNAVAILABLE ->
                switch (overload) {
                    case SERVICE_UNAVAILABLE -> Status.Code.UNAVAILABLE;
                    case TOO_MANY_REQUESTS -> Status.Code.RESOURCE_EXHAUSTED;
                };
            case DEADLINE -> Status.Code.DEADLINE_EXCEEDED;
            case FAILED -> Status.Code.INTERNAL;
        };
    }

    /** The first of words that may be very long. */
    static String bounded(String words) {
        byte[] bytes = words.getBytes(UTF_8);
        if (bytes.length <= LONGEST) {
            return words;
        }
        int end = LONGEST;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, UTF_8) + "…";
    }
}
