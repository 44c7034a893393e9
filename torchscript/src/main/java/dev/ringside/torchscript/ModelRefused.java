package dev.ringside.torchscript;

/** A file that cannot be opened, or a model that fails; the message is for whoever asked. */
final class ModelRefused extends Exception {
    private static final long serialVersionUID = 1L;

    ModelRefused(String message) {
        super(message);
    }

    ModelRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
