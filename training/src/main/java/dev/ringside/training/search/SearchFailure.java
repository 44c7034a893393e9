package dev.ringside.training.search;

/** A search that cannot go on, in a sentence for the person who started it. */
public final class SearchFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SearchFailure(String message) {
        super(message);
    }
}
