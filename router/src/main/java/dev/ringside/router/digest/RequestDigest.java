package dev.ringside.router.digest;

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
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * SHA-256 over parts of a request, in the order in which they are added. A value counts by its bits, a text and a list with
 * its length, so that no two different orders of parts look alike. Of one thread.
 */
public final class RequestDigest {
    private final MessageDigest digest;
    private final DataOutputStream out;

    /** A digest of nothing. */
    public RequestDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        out = new DataOutputStream(
                new BufferedOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest), 1024));
    }

    /** Adds a text. */
    public RequestDigest text(String text) {
        return add(() -> write(text));
    }

    /** Adds texts. */
    public RequestDigest texts(List<String> texts) {
        return add(() -> write(texts));
    }

    /**
     * Adds parameters with their types, by name.
     *
     * @param but those that are left out
     */
    public RequestDigest parameters(Map<String, Object> parameters, Set<String> but) {
        return add(() -> {
            var counted = new TreeMap<>(parameters);
            counted.keySet().removeAll(but);
            out.writeInt(counted.size());
            for (var parameter : counted.entrySet()) {
                write(parameter.getKey());
                write(parameter.getValue().getClass().getSimpleName());
                write(parameter.getValue().toString());
            }
        });
    }

    /** Adds a tensor: name, type, shape and values. */
    public RequestDigest tensor(Tensor tensor) {
        return add(() -> {
            write(tensor.name());
            write(tensor.datatype().name());
            out.writeInt(tensor.shape().size());
            for (long n : tensor.shape()) {
                out.writeLong(n);
            }
            write(tensor.data());
        });
    }

    /** The digest of all that was added, 64 hexadecimal digits; nothing is added after it. */
    public String hex() {
        return add(out::flush).finished();
    }

    private String finished() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private interface Part {
        void write() throws IOException;
    }

    private RequestDigest add(Part part) {
        try {
            part.write();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(TensorData data) throws IOException {
        switch (data) {
            case TensorData.Floats floats -> {
                for (float value : floats.values()) {
                    out.writeFloat(value);
                }
            }
            case TensorData.Fp64(double[] values) -> {
                for (double value : values) {
                    out.writeDouble(value);
                }
            }
            case TensorData.Int64(long[] values) -> write(values);
            case TensorData.Whole whole -> write(whole.values());
            case TensorData.Bool(boolean[] values) -> {
                for (boolean value : values) {
                    out.writeBoolean(value);
                }
            }
            case TensorData.Bytes(String[] values) -> write(List.of(values));
        }
    }

    private void write(long[] values) throws IOException {
        for (long value : values) {
            out.writeLong(value);
        }
    }

    private void write(List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            write(text);
        }
    }

    private void write(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
