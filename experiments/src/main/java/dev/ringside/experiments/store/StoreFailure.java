package dev.ringside.experiments.store;

/** PostgreSQL could not be reached, or failed. */
public final class StoreFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
