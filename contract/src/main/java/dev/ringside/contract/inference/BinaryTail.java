package dev.ringside.contract.inference;

import dev.ringside.contract.inference.InferenceFailure.Cause;

/** The binary tensors behind a body's JSON, taken from first to last. */
final class BinaryTail {
    private final byte[] body;
    private int next;

    /** @param next where the JSON ends */
    BinaryTail(byte[] body, int next) {
        this.body = body;
        this.next = next;
    }

    /**
     * Takes the next tensor's values.
     *
     * @param label what complaints call it
     * @param size how many bytes it says that it has
     * @param count how many values its shape has
     */
    TensorData take(String label, long size, DataType type, long count) {
        if (size < 0 || size > body.length - next) {
            throw new InferenceFailure(
                    Cause.MALFORMED,
                    label + ": binary_data_size is " + size + ", expected at most the " + (body.length - next)
                            + " bytes that are left of the body");
        }
        int from = next;
        next += (int) size;
        return BinaryData.read(label, body, from, (int) size, type, count);
    }

    /** Checks that every byte was some tensor's. */
    void requireEmpty() {
        if (next < body.length) {
            throw new InferenceFailure(
                    Cause.MALFORMED,
                    "the body: expected nothing after its binary tensors, found " + (body.length - next)
                            + " bytes more: their binary_data_size and Inference-Header-Content-Length must add up to"
                            + " the length of the body");
        }
    }
}
