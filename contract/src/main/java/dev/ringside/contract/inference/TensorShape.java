package dev.ringside.contract.inference;

import dev.ringside.contract.inference.InferenceFailure.Cause;
import java.util.List;

/** What must hold of the dimensions of a tensor that somebody sends. */
public final class TensorShape {
    private TensorShape() {}

    /**
     * How many values a tensor has.
     *
     * @param label what complaints call the tensor
     * @param dimensions each 0 or more
     * @throws InferenceFailure {@code MALFORMED} if there are more than can be counted
     */
    public static long count(String label, List<Long> dimensions) {
        try {
            long product = 1;
            for (long n : dimensions) {
                product = Math.multiplyExact(product, n);
            }
            return product;
        } catch (ArithmeticException e) {
            throw new InferenceFailure(
                    Cause.MALFORMED, label + ": 'shape': " + dimensions + " has more values than can be counted", e);
        }
    }

    /**
     * Checks that a request may hold a tensor. No dimension may promise more than there may be, also where another is 0:
     * runtimes multiply them in any order.
     *
     * @param before how many values the tensors before it have
     * @param label what complaints call the tensor
     * @throws InferenceFailure {@code TOO_LARGE}
     */
    public static void requireWithin(InferenceLimits limits, long before, String label, List<Long> dimensions) {
        long most = count(label, dimensions);
        for (long n : dimensions) {
            most = Math.max(most, n);
        }
        if (most > limits.elements() - before) {
            throw limits.tooManyElements(label);
        }
    }
}
