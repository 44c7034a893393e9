package dev.ringside.contract.inference;

import dev.ringside.contract.inference.InferenceFailure.Cause;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The protocol's extension for binary tensors: a body is JSON up to where the header {@value #HEADER} says, and behind it
 * come the values of the tensors that have a parameter {@value #SIZE}, in their order, as raw bytes. Values that are JSON and
 * binary ones may stand side by side, in requests and in responses.
 */
public final class InferenceBinary {
    /** The HTTP header that says how many bytes of a body are JSON. */
    public static final String HEADER = "Inference-Header-Content-Length";

    static final String SIZE = "binary_data_size";
    static final String OUTPUT = "binary_data";
    static final String ALL_OUTPUTS = "binary_data_output";

    private InferenceBinary() {}

    /**
     * A request as it came.
     *
     * @param request what is asked, without the wishes for the form of the answer
     * @param binary which outputs shall be binary
     * @param classes which outputs shall be classes
     */
    public record Received(InferenceRequest request, BinaryOutputs binary, Classifications classes) {}

    /**
     * A body as it goes.
     *
     * @param bytes JSON, and what is behind it
     * @param jsonLength what the header says; null for a body that is all JSON and has no header
     */
    @SuppressWarnings("ArrayRecordComponent") // written once, compared by nobody
    public record Body(byte[] bytes, @Nullable Integer jsonLength) {}

    /**
     * Reads the body of an infer request.
     *
     * @param header the header's value; null for a body that is all JSON
     * @throws InferenceFailure {@code MALFORMED} naming what was expected and found, {@code TOO_LARGE} or
     *     {@code UNSUPPORTED}
     */
    public static Received readRequest(@Nullable String header, byte[] body, InferenceLimits limits) {
        if (header == null) {
            return InferenceJson.read(body, body.length, null, limits);
        }
        int json = length(header, body.length);
        var tail = new BinaryTail(body, json);
        Received received = InferenceJson.read(body, json, tail, limits);
        tail.requireEmpty();
        return received;
    }

    private static int length(String header, int most) {
        try {
            int length = Integer.parseInt(header.strip());
            if (length > 0 && length <= most) {
                return length;
            }
        } catch (NumberFormatException e) {
            throw new InferenceFailure(Cause.MALFORMED, noLength(header, most), e);
        }
        throw new InferenceFailure(Cause.MALFORMED, noLength(header, most));
    }

    private static String noLength(String header, int most) {
        return "header " + HEADER + " is \"" + header.strip()
                + "\", expected how many bytes of the body are JSON, 1 to " + most;
    }

    /** Whether a body is nothing but the values of a model's only input: its header says that none of it is JSON. */
    public static boolean isRaw(@Nullable String header) {
        return header != null && header.strip().equals("0");
    }

    /**
     * Reads a body that is nothing but the values of a model's only input; all outputs are wanted, binary ones.
     *
     * @param shape of the input; one dimension may be −1, and is as long as the bytes say. A text is one, whole, without its
     *     length
     * @throws InferenceFailure {@code MALFORMED} if the bytes are not such values, {@code TOO_LARGE}
     */
    public static Received readRaw(byte[] body, String name, DataType type, List<Long> shape, InferenceLimits limits) {
        String label = "input '" + name + "'";
        long known = 1;
        int open = -1;
        for (int i = 0; i < shape.size(); i++) {
            if (shape.get(i) >= 0) {
                known = Math.multiplyExact(known, shape.get(i));
            } else if (open < 0) {
                open = i;
            } else {
                throw new InferenceFailure(
                        Cause.MALFORMED,
                        label + " has the shape " + shape + ", in which a body of values alone leaves open how they"
                                + " lie: send JSON with its shape before them, and the header " + HEADER);
            }
        }
        var dimensions = new ArrayList<>(shape);
        long values = type == DataType.BYTES ? 1 : body.length / BinaryData.width(type);
        if (open >= 0) {
            dimensions.set(open, known == 0 ? 0 : values / known);
        }
        long count = open < 0 ? known : Math.multiplyExact(known, dimensions.get(open));
        if (count > limits.elements()) {
            throw limits.tooManyElements(label);
        }
        TensorData data = type == DataType.BYTES
                ? BinaryData.read(label, counted(body), 0, body.length + Integer.BYTES, type, count)
                : BinaryData.read(label, body, 0, body.length, type, count);
        return new Received(
                new InferenceRequest(null, Map.of(), List.of(new Tensor(name, dimensions, data)), List.of()),
                new BinaryOutputs(true, Map.of()),
                Classifications.NONE);
    }

    private static byte[] counted(byte[] text) {
        var bytes = new ByteArrayOutputStream(text.length + Integer.BYTES);
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            bytes.write(text.length >>> shift);
        }
        bytes.writeBytes(text);
        return bytes.toByteArray();
    }

    /**
     * The body of an infer response.
     *
     * @throws InferenceFailure {@code FAILED} if an output is not finite
     */
    public static Body writeResponse(InferenceResponse response, BinaryOutputs wanted) {
        Map<String, byte[]> values = new HashMap<>();
        int size = 0;
        for (Tensor output : response.outputs()) {
            if (wanted.wants(output.name())) {
                byte[] bytes = BinaryData.write(output.data());
                values.put(output.name(), bytes);
                size = Math.addExact(size, bytes.length);
            }
        }
        byte[] json = InferenceJson.writeResponse(response, values);
        if (values.isEmpty()) {
            return new Body(json, null);
        }
        var body = new ByteArrayOutputStream(Math.addExact(json.length, size));
        body.writeBytes(json);
        for (Tensor output : response.outputs()) {
            byte[] bytes = values.get(output.name());
            if (bytes != null) {
                body.writeBytes(bytes);
            }
        }
        return new Body(body.toByteArray(), json.length);
    }
}
