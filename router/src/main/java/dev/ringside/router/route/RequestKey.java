package dev.ringside.router.route;

import dev.ringside.contract.inference.Call;
import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.inference.TensorData;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/**
 * What makes a request the same as another: who asks what, under which id. Clients that give every request the same id
 * ask something else each time, so the digest of what they ask belongs to it.
 *
 * @param slot the slot
 * @param unit the unit
 * @param requestId the client's id
 * @param digest SHA-256 of parameters, inputs and wanted outputs; without how long the client waits, which is less with
 *     each attempt
 */
record RequestKey(String slot, String unit, String requestId, String digest) {
    /** The key of a request as it came. */
    static RequestKey of(String slot, String unit, String requestId, InferenceRequest request) {
        return new RequestKey(slot, unit, requestId, digest(request));
    }

    /** How many bytes of memory it takes, about. */
    long bytes() {
        return 2L * (slot.length() + unit.length() + requestId.length() + digest.length());
    }

    private static String digest(InferenceRequest request) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (var out = new DataOutputStream(
                    new BufferedOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest), 1024))) {
                var parameters = new TreeMap<>(request.parameters());
                parameters.remove(Call.TIMEOUT);
                out.writeInt(parameters.size());
                for (var parameter : parameters.entrySet()) {
                    text(out, parameter.getKey());
                    text(out, parameter.getValue().getClass().getSimpleName());
                    text(out, parameter.getValue().toString());
                }
                texts(out, request.outputs());
                for (Tensor input : request.inputs()) {
                    tensor(out, input);
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void tensor(DataOutputStream out, Tensor tensor) throws IOException {
        text(out, tensor.name());
        text(out, tensor.datatype().name());
        out.writeInt(tensor.shape().size());
        for (long n : tensor.shape()) {
            out.writeLong(n);
        }
        switch (tensor.data()) {
            case TensorData.Floats floats -> floats(out, floats.values());
            case TensorData.Fp64(double[] values) -> {
                for (double value : values) {
                    out.writeDouble(value);
                }
            }
            case TensorData.Int64(long[] values) -> longs(out, values);
            case TensorData.Whole whole -> longs(out, whole.values());
            case TensorData.Bool(boolean[] values) -> {
                for (boolean value : values) {
                    out.writeBoolean(value);
                }
            }
            case TensorData.Bytes(String[] values) -> texts(out, List.of(values));
        }
    }

    private static void floats(DataOutputStream out, float[] values) throws IOException {
        for (float value : values) {
            out.writeFloat(value);
        }
    }

    private static void longs(DataOutputStream out, long[] values) throws IOException {
        for (long value : values) {
            out.writeLong(value);
        }
    }

    private static void texts(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            text(out, text);
        }
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
