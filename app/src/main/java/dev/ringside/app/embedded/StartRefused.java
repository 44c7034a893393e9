package dev.ringside.app.embedded;

/** A start that would do harm, or cannot succeed: nothing was started, and the message says what to do. */
public final class StartRefused extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message one line */
    public StartRefused(String message) {
        super(message);
    }
}
