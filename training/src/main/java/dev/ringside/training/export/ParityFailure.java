package dev.ringside.training.export;

/** An exported file that does not give the trainer's own scores, and must not leave it. */
public final class ParityFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ParityFailure(String message) {
        super(message);
    }

    ParityFailure(String message, Throwable reason) {
        super(message, reason);
    }
}
