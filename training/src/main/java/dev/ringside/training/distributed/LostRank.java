package dev.ringside.training.distributed;

import org.jspecify.annotations.Nullable;

/** Another process of the same training is gone, so that this one cannot go on. */
public final class LostRank extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LostRank(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * The failure as what it means: native code of a backward pass tells of a lost connection in words alone.
     *
     * @param failure what ended a rank
     */
    public static RuntimeException of(RuntimeException failure, int rank) {
        String message = String.valueOf(failure.getMessage());
        boolean lost = message.contains("gloo") || message.contains("Connection") || message.contains("c10d");
        return lost && failure.getClass() == RuntimeException.class
                ? new LostRank(
                        "rank " + rank + " has lost another one: "
                                + message.lines().findFirst().orElse(""),
                        failure)
                : failure;
    }
}
