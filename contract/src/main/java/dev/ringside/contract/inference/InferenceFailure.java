package dev.ringside.contract.inference;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A request that could not be answered, with the protocol's status. */
public final class InferenceFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Cause cause;
    private final @Nullable Duration retryAfter;

    /** Why, and with which HTTP status it is answered. */
    public enum Cause {
        /** The request breaks a rule. */
        MALFORMED(400),
        /** No such model or version. */
        UNKNOWN_MODEL(404),
        /** The body is too large. */
        TOO_LARGE(413),
        /** More requests than the slot takes: later. */
        LIMITED(429),
        /** A feature that is not there. */
        UNSUPPORTED(501),
        /** Not loaded yet, overloaded, or shutting down: try again. */
        UNAVAILABLE(503),
        /** The deadline passed. */
        DEADLINE(504),
        /** The model failed on these inputs. */
        FAILED(500);

        private final int status;

        Cause(int status) {
            this.status = status;
        }

        /** The HTTP status. */
        public int status() {
            return status;
        }
    }

    public InferenceFailure(Cause cause, String message) {
        super(message);
        this.cause = cause;
        this.retryAfter = null;
    }

    public InferenceFailure(Cause cause, String message, Throwable reason) {
        this(cause, message, reason, null);
    }

    private InferenceFailure(Cause cause, String message, @Nullable Throwable reason, @Nullable Duration retryAfter) {
        super(message, reason);
        this.cause = cause;
        this.retryAfter = retryAfter;
    }

    /** A request that is one too many for now. */
    public static InferenceFailure limited(String message, Duration retryAfter) {
        return new InferenceFailure(Cause.LIMITED, message, null, retryAfter);
    }

    /** The same in other words. */
    public InferenceFailure inWords(String message) {
        return new InferenceFailure(cause, message, this, retryAfter);
    }

    /** After what time it is worth to ask again; null if nobody knows. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** Why. */
    public Cause why() {
        return cause;
    }
}
