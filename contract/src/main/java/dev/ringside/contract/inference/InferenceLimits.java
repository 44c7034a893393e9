package dev.ringside.contract.inference;

import dev.ringside.contract.inference.InferenceFailure.Cause;

/**
 * How much a request may hold, so that a small body cannot take much memory or time. What is larger is refused before it
 * is read to its end.
 *
 * @param elements how many values all its inputs may have together
 * @param dimensions how many dimensions a tensor may have, and how deep its values may be nested
 * @param tensors how many inputs there may be, and how many requested outputs
 */
public record InferenceLimits(long elements, int dimensions, int tensors) {
    /** What holds where nobody says otherwise. */
    public static final InferenceLimits DEFAULT = new InferenceLimits(4_194_304, 64, 1_024);

    /** For what does not come from a client: answers of servers and documents. */
    static final InferenceLimits NONE = new InferenceLimits(Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

    /** Checks that each is 1 or more. */
    public InferenceLimits {
        if (elements < 1 || dimensions < 1 || tensors < 1) {
            throw new IllegalArgumentException("expected 1 or more elements, dimensions and tensors, found " + elements
                    + ", " + dimensions + " and " + tensors);
        }
    }

    /** The refusal of a request whose inputs have more values; the label is what it begins with. */
    public InferenceFailure tooManyElements(String label) {
        return new InferenceFailure(
                Cause.TOO_LARGE,
                label + ": the request has more than " + elements + " values, the limit here"
                        + " (ringside.inference.elements): send fewer rows at a time");
    }

    /** The refusal of a tensor that has more dimensions. */
    public InferenceFailure tooManyDimensions(String label) {
        return new InferenceFailure(
                Cause.MALFORMED,
                label + ": expected at most " + dimensions + " dimensions (ringside.inference.dimensions)");
    }

    /** The refusal of a request that has more inputs, or asks for more outputs. */
    public InferenceFailure tooManyTensors(String label) {
        return new InferenceFailure(
                Cause.TOO_LARGE, label + ": expected at most " + tensors + " (ringside.inference.tensors)");
    }
}
