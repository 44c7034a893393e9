package dev.ringside.training.run;

/** A run that cannot go on for its folder's sake, with what to do about it. */
public final class RunFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RunFailure(String message) {
        super(message);
    }

    RunFailure(String message, Throwable reason) {
        super(message, reason);
    }
}
