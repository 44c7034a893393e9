package dev.ringside.app.grpc.codec;

import com.google.protobuf.ByteString;
import dev.ringside.contract.inference.BinaryData;
import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.inference.HalfPrecision;
import dev.ringside.contract.inference.TensorData;
import dev.ringside.grpc.InferTensorContents;
import dev.ringside.grpc.ModelInferRequest;
import dev.ringside.grpc.ModelInferRequest.InferInputTensor;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Values of every type, at random, and as a client writes them. */
final class Values {
    private static final String[] CHARACTERS = {"a", "0", " ", "é", "€", "😀", "\n", "\u0000"};

    private Values() {}

    static TensorData random(DataType type, int size, Random random) {
        return switch (type) {
            case BOOL -> {
                boolean[] values = new boolean[size];
                for (int i = 0; i < size; i++) {
                    values[i] = random.nextBoolean();
                }
                yield new TensorData.Bool(values);
            }
            case INT8 ->
                new TensorData.Whole(type, random.longs(size, -128, 128).toArray());
            case INT16 ->
                new TensorData.Whole(type, random.longs(size, -32_768, 32_768).toArray());
            case INT32 ->
                new TensorData.Whole(type, random.ints(size).asLongStream().toArray());
            case UINT8 -> new TensorData.Whole(type, random.longs(size, 0, 256).toArray());
            case UINT16 ->
                new TensorData.Whole(type, random.longs(size, 0, 65_536).toArray());
            case UINT32 ->
                new TensorData.Whole(type, random.longs(size, 0, 1L << 32).toArray());
            case UINT64 -> new TensorData.Whole(type, random.longs(size).toArray());
            case INT64 -> new TensorData.Int64(random.longs(size).toArray());
            case FP16 -> {
                float[] values = new float[size];
                for (int i = 0; i < size; i++) {
                    values[i] = HalfPrecision.nearestFp16(random.nextGaussian() * 100);
                }
                yield new TensorData.Fp16(values);
            }
            case BF16 -> {
                float[] values = new float[size];
                for (int i = 0; i < size; i++) {
                    values[i] = HalfPrecision.nearestBf16(random.nextGaussian() * 1e20);
                }
                yield new TensorData.Bf16(values);
            }
            case FP32 -> {
                float[] values = new float[size];
                for (int i = 0; i < size; i++) {
                    values[i] = Float.intBitsToFloat(random.nextInt() & 0xBFFF_FFFF);
                }
                yield new TensorData.Fp32(values);
            }
            case FP64 ->
                new TensorData.Fp64(random.doubles(size, -Double.MAX_VALUE / 2, Double.MAX_VALUE / 2)
                        .toArray());
            case BYTES -> {
                String[] values = new String[size];
                for (int i = 0; i < size; i++) {
                    var text = new StringBuilder();
                    random.ints(random.nextInt(6), 0, CHARACTERS.length).forEach(c -> text.append(CHARACTERS[c]));
                    values[i] = text.toString();
                }
                yield new TensorData.Bytes(values);
            }
        };
    }

    /** Whether the protocol has contents for the type. */
    static boolean isTyped(DataType type) {
        return type != DataType.FP16 && type != DataType.BF16;
    }

    static InferTensorContents contents(TensorData data) {
        InferTensorContents.Builder contents = InferTensorContents.newBuilder();
        switch (data) {
            case TensorData.Bool(boolean[] values) -> {
                for (boolean value : values) {
                    contents.addBoolContents(value);
                }
            }
            case TensorData.Int64(long[] values) -> {
                for (long value : values) {
                    contents.addInt64Contents(value);
                }
            }
            case TensorData.Whole(DataType type, long[] values) -> {
                for (long value : values) {
                    switch (type) {
                        case INT8, INT16, INT32 -> contents.addIntContents((int) value);
                        case UINT64 -> contents.addUint64Contents(value);
                        default -> contents.addUintContents((int) value);
                    }
                }
            }
            case TensorData.Floats floats -> {
                for (float value : floats.values()) {
                    contents.addFp32Contents(value);
                }
            }
            case TensorData.Fp64(double[] values) -> {
                for (double value : values) {
                    contents.addFp64Contents(value);
                }
            }
            case TensorData.Bytes(String[] values) -> {
                for (String value : values) {
                    contents.addBytesContents(ByteString.copyFrom(value, StandardCharsets.UTF_8));
                }
            }
        }
        return contents.build();
    }

    /** An input of one row without its values. */
    static InferInputTensor.Builder input(String name, TensorData data) {
        return InferInputTensor.newBuilder()
                .setName(name)
                .setDatatype(data.datatype().name())
                .addShape(1)
                .addShape(data.size());
    }

    static ModelInferRequest.Builder typed(TensorData data) {
        return ModelInferRequest.newBuilder()
                .setModelName("m")
                .addInputs(input("x", data).setContents(contents(data)));
    }

    static ModelInferRequest.Builder raw(TensorData data) {
        return ModelInferRequest.newBuilder()
                .setModelName("m")
                .addInputs(input("x", data))
                .addRawInputContents(ByteString.copyFrom(BinaryData.write(data)));
    }
}
