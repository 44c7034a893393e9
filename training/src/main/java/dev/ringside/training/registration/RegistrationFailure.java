package dev.ringside.training.registration;

import java.net.URI;

/** A version that the control plane did not take, with what it answered. */
public final class RegistrationFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean unreachable;

    /** A refusal, in words. */
    public RegistrationFailure(String message) {
        super(message);
        unreachable = false;
    }

    RegistrationFailure(String message, Throwable reason) {
        this(message, reason, false);
    }

    private RegistrationFailure(String message, Throwable reason, boolean unreachable) {
        super(message, reason);
        this.unreachable = unreachable;
    }

    static RegistrationFailure unreachable(URI base, Throwable reason) {
        return new RegistrationFailure("nobody answers at " + base + ": is the control plane running?", reason, true);
    }

    /** Whether nobody answered at all. */
    public boolean unreachable() {
        return unreachable;
    }
}
