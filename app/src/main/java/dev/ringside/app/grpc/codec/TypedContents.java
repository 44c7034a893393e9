package dev.ringside.app.grpc.codec;

import com.google.protobuf.ByteString;
import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import dev.ringside.contract.inference.TensorData;
import dev.ringside.grpc.InferTensorContents;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values that stand in the field of their type. */
final class TypedContents {
    private final String label;
    private final DataType type;
    private final InferTensorContents contents;

    /** @param label what complaints call the tensor */
    TypedContents(String label, DataType type, InferTensorContents contents) {
        this.label = label;
        this.type = type;
        this.contents = contents;
    }

    /** How many values there are, in whichever field. */
    static int count(InferTensorContents contents) {
        return counts(contents).values().stream().mapToInt(Integer::intValue).sum();
    }

    private static Map<String, Integer> counts(InferTensorContents contents) {
        var counts = new LinkedHashMap<String, Integer>();
        counts.put("bool_contents", contents.getBoolContentsCount());
        counts.put("int_contents", contents.getIntContentsCount());
        counts.put("int64_contents", contents.getInt64ContentsCount());
        counts.put("uint_contents", contents.getUintContentsCount());
        counts.put("uint64_contents", contents.getUint64ContentsCount());
        counts.put("fp32_contents", contents.getFp32ContentsCount());
        counts.put("fp64_contents", contents.getFp64ContentsCount());
        counts.put("bytes_contents", contents.getBytesContentsCount());
        return counts;
    }

    /** The field of a type; null if the protocol has none for it. */
    private static @Nullable String field(DataType type) {
        return switch (type) {
            case BOOL -> "bool_contents";
            case INT8, INT16, INT32 -> "int_contents";
            case INT64 -> "int64_contents";
            case UINT8, UINT16, UINT32 -> "uint_contents";
            case UINT64 -> "uint64_contents";
            case FP32 -> "fp32_contents";
            case FP64 -> "fp64_contents";
            case BYTES -> "bytes_contents";
            case FP16, BF16 -> null;
        };
    }

    /** Reads as many values as the shape says. */
    TensorData read(List<Long> shape, long expected) {
        String field = field(type);
        if (field == null && expected > 0) {
            throw malformed("the protocol has no contents for " + type + ": send its values in raw_input_contents");
        }
        int found = 0;
        for (Map.Entry<String, Integer> count : counts(contents).entrySet()) {
            if (count.getKey().equals(field)) {
                found = count.getValue();
            } else if (count.getValue() > 0) {
                throw malformed("expected " + field + " for " + type + ", found " + count.getKey());
            }
        }
        if (found != expected) {
            throw malformed("expected " + expected + " values as its shape " + shape + " says, found " + found);
        }
        return values(found);
    }

    private TensorData values(int n) {
        return switch (type) {
            case BOOL -> {
                boolean[] values = new boolean[n];
                for (int i = 0; i < n; i++) {
                    values[i] = contents.getBoolContents(i);
                }
                yield new TensorData.Bool(values);
            }
            case INT8, INT16, INT32, UINT8, UINT16, UINT32, UINT64 -> {
                long[] values = new long[n];
                for (int i = 0; i < n; i++) {
                    values[i] = whole(i);
                }
                yield new TensorData.Whole(type, values);
            }
            case INT64 -> {
                long[] values = new long[n];
                for (int i = 0; i < n; i++) {
                    values[i] = contents.getInt64Contents(i);
                }
                yield new TensorData.Int64(values);
            }
            case FP32 -> {
                float[] values = new float[n];
                for (int i = 0; i < n; i++) {
                    values[i] = contents.getFp32Contents(i);
                }
                yield new TensorData.Fp32(values);
            }
            case FP64 -> {
                double[] values = new double[n];
                for (int i = 0; i < n; i++) {
                    values[i] = contents.getFp64Contents(i);
                }
                yield new TensorData.Fp64(values);
            }
            case FP16, BF16 -> TensorData.zeros(type, n);
            case BYTES -> {
                String[] values = new String[n];
                for (int i = 0; i < n; i++) {
                    values[i] = text(i, contents.getBytesContents(i));
                }
                yield new TensorData.Bytes(values);
            }
        };
    }

    private long whole(int i) {
        long value = switch (type) {
            case UINT64 -> contents.getUint64Contents(i);
            case UINT8, UINT16, UINT32 -> Integer.toUnsignedLong(contents.getUintContents(i));
            case BOOL, INT8, INT16, INT32, INT64, FP16, BF16, FP32, FP64, BYTES -> contents.getIntContents(i);
        };
        boolean fits = switch (type) {
            case INT8 -> value == (byte) value;
            case INT16 -> value == (short) value;
            case UINT8 -> value == (value & 0xFF);
            case UINT16 -> value == (value & 0xFFFF);
            case BOOL, INT32, INT64, UINT32, UINT64, FP16, BF16, FP32, FP64, BYTES -> true;
        };
        if (!fits) {
            throw malformed(
                    "'contents' value " + i + ": expected a number within the range of " + type + ", found " + value);
        }
        return value;
    }

    private String text(int i, ByteString bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(bytes.asReadOnlyByteBuffer())
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InferenceFailure(
                    Cause.MALFORMED, label + ": text " + i + " is no UTF-8: BYTES are texts here", e);
        }
    }

    private InferenceFailure malformed(String rule) {
        return new InferenceFailure(Cause.MALFORMED, label + ": " + rule);
    }
}
