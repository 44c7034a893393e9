package dev.ringside.engine;

/** A model that is elsewhere and cannot be asked now. It may be later: what failed of it is to be tried again. */
public final class ModelUnreachable extends ModelFailure {
    private static final long serialVersionUID = 1L;

    public ModelUnreachable(String message) {
        super(message);
    }

    public ModelUnreachable(String message, Throwable cause) {
        super(message, cause);
    }
}
