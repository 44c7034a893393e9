package dev.ringside.training.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.util.List;

/** Attributes of nodes. */
public final class Attributes {
    private Attributes() {}

    /** A whole number. */
    public static AttributeProto of(String name, long value) {
        return named(name, AttributeProto.AttributeType.INT).setI(value).build();
    }

    /** A number. */
    public static AttributeProto of(String name, float value) {
        return named(name, AttributeProto.AttributeType.FLOAT).setF(value).build();
    }

    /** A text. */
    public static AttributeProto of(String name, String value) {
        return named(name, AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    /** Whole numbers. */
    public static AttributeProto of(String name, long[] values) {
        var attribute = named(name, AttributeProto.AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }

    /** Numbers. */
    public static AttributeProto of(String name, float[] values) {
        var attribute = named(name, AttributeProto.AttributeType.FLOATS);
        for (float value : values) {
            attribute.addFloats(value);
        }
        return attribute.build();
    }

    /** Texts. */
    public static AttributeProto of(String name, List<String> values) {
        return named(name, AttributeProto.AttributeType.STRINGS)
                .addAllStrings(values.stream().map(ByteString::copyFromUtf8).toList())
                .build();
    }

    /** A tensor of FP32 that has one dimension. */
    public static AttributeProto tensor(String name, float[] values) {
        var tensor = tensor(name, TensorProto.DataType.FLOAT, values.length);
        for (float value : values) {
            tensor.addFloatData(value);
        }
        return named(name, AttributeProto.AttributeType.TENSOR).setT(tensor).build();
    }

    /** A tensor of FP64 that has one dimension. */
    public static AttributeProto tensor(String name, double[] values) {
        var tensor = tensor(name, TensorProto.DataType.DOUBLE, values.length);
        for (double value : values) {
            tensor.addDoubleData(value);
        }
        return named(name, AttributeProto.AttributeType.TENSOR).setT(tensor).build();
    }

    /** A tensor of UINT8 that has one dimension. */
    public static AttributeProto tensor(String name, byte[] values) {
        var tensor = tensor(name, TensorProto.DataType.UINT8, values.length).setRawData(ByteString.copyFrom(values));
        return named(name, AttributeProto.AttributeType.TENSOR).setT(tensor).build();
    }

    private static TensorProto.Builder tensor(String name, TensorProto.DataType type, int length) {
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .addDims(length);
    }

    private static AttributeProto.Builder named(String name, AttributeProto.AttributeType type) {
        return AttributeProto.newBuilder().setName(name).setType(type);
    }
}
