package dev.ringside.contract.inference;

/** A request that could not be answered, with the protocol's status. */
public final class InferenceFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Cause cause;

    /** Why, and with which HTTP status it is answered. */
    public enum Cause {
        /** The request breaks a rule. */
        MALFORMED(400),
        /** No such model or version. */
        UNKNOWN_MODEL(404),
        /** The body is too large. */
        TOO_LARGE(413),
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
    }

    public InferenceFailure(Cause cause, String message, Throwable reason) {
        super(message, reason);
        this.cause = cause;
    }

    /** Why. */
    public Cause why() {
        return cause;
    }
}
