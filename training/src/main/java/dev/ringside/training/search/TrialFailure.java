package dev.ringside.training.search;

/** A trial that ends without a value; the search goes on. */
public final class TrialFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * @param reason for the person who reads the log
     */
    public TrialFailure(String reason) {
        super(reason);
    }

    /** The reason. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
