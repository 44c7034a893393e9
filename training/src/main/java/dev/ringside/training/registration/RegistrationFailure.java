package dev.ringside.training.registration;

/** A version that the control plane did not take, with what it answered. */
public final class RegistrationFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RegistrationFailure(String message) {
        super(message);
    }

    RegistrationFailure(String message, Throwable reason) {
        super(message, reason);
    }
}
