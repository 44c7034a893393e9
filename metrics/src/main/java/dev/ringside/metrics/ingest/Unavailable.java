package dev.ringside.metrics.ingest;

/** Outcomes cannot be taken now: nothing is promised of those that were sent, and a repeat of them does no harm. */
public final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unavailable(String message) {
        super(message);
    }

    Unavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
