package dev.ringside.training.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
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

    private static AttributeProto.Builder named(String name, AttributeProto.AttributeType type) {
        return AttributeProto.newBuilder().setName(name).setType(type);
    }
}
