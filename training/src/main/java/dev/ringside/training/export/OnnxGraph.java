package dev.ringside.training.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.ringside.contract.inference.DataType;
import java.util.Arrays;
import java.util.List;

/**
 * A small writer of ONNX graphs: nodes are added in the order in which they run, each with one output that is named
 * after it. The bytes depend on nothing but what was added.
 */
final class OnnxGraph {
    private static final int IR_VERSION = 8;
    private static final int OPERATOR_SET = 17;
    private static final int ML_OPERATOR_SET = 3;

    /** The operator set of classical machine learning, beside the default one. */
    static final String ML = "ai.onnx.ml";

    private final GraphProto.Builder graph = GraphProto.newBuilder();

    OnnxGraph(String name) {
        graph.setName(name);
    }

    /** Declares an input of one value a row. */
    String input(String name, DataType type) {
        graph.addInput(column(name, type));
        return name;
    }

    /** Declares an output of one value a row, which a node of that name gives. */
    void output(String name, DataType type) {
        graph.addOutput(column(name, type));
    }

    /** Adds a constant. */
    String constant(String name, float[] values, long... shape) {
        var constant = tensor(name, TensorProto.DataType.FLOAT, shape);
        for (float value : values) {
            constant.addFloatData(value);
        }
        graph.addInitializer(constant);
        return name;
    }

    /** Adds a constant. */
    String constant(String name, long... values) {
        graph.addInitializer(tensor(name, TensorProto.DataType.INT64, values.length)
                .addAllInt64Data(Arrays.stream(values).boxed().toList()));
        return name;
    }

    /** Adds a node of the default operator set. */
    String node(String operator, String output, List<String> inputs, AttributeProto... attributes) {
        return node("", operator, output, inputs, attributes);
    }

    /** Adds a node. */
    String node(String domain, String operator, String output, List<String> inputs, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setDomain(domain)
                .setOpType(operator)
                .setName(output)
                .addAllInput(inputs)
                .addOutput(output)
                .addAllAttribute(List.of(attributes)));
        return output;
    }

    /** The model file. */
    byte[] bytes(String producer) {
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName(producer)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPERATOR_SET))
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(ML).setVersion(ML_OPERATOR_SET))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    static AttributeProto attribute(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    static AttributeProto attribute(String name, List<String> values) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.STRINGS)
                .addAllStrings(values.stream().map(ByteString::copyFromUtf8).toList())
                .build();
    }

    private static TensorProto.Builder tensor(String name, TensorProto.DataType type, long... shape) {
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .addAllDims(Arrays.stream(shape).boxed().toList());
    }

    private static ValueInfoProto column(String name, DataType type) {
        TensorProto.DataType element = switch (type) {
            case FP32 -> TensorProto.DataType.FLOAT;
            case INT64 -> TensorProto.DataType.INT64;
            case BYTES -> TensorProto.DataType.STRING;
            case BOOL, INT8, INT16, INT32, UINT8, UINT16, UINT32, UINT64, FP16, FP64 ->
                throw new IllegalArgumentException(type + " is the type of no feature");
        };
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(element.getNumber())
                                .setShape(TensorShapeProto.newBuilder()
                                        .addDim(Dimension.newBuilder().setDimParam("rows"))
                                        .addDim(Dimension.newBuilder().setDimValue(1)))))
                .build();
    }
}
