package dev.ringside.engine;

/** A model file that cannot be opened, or a model that fails on its inputs. */
public sealed class ModelFailure extends Exception permits ModelUnreachable {
    private static final long serialVersionUID = 1L;

    public ModelFailure(String message) {
        super(message);
    }

    public ModelFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
