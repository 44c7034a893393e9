package dev.ringside.training.features;

/** A column that cannot be represented as asked for; the message goes on from the feature's name. */
final class Unrepresentable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unrepresentable(String message) {
        super(message);
    }
}
