package dev.ringside.training.graph;

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
import dev.ringside.contract.inference.DataType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A small writer of ONNX graphs: nodes are added in the order in which they run. Every value gets a name of its own, made
 * of a hint and, where that is taken, a number, so inputs may be called anything that their owners like. The bytes depend
 * on nothing but what was added.
 */
public final class Graph {
    /** The operator set of classical machine learning, beside the default one. */
    public static final String ML = "ai.onnx.ml";

    private static final int IR_VERSION = 8;
    private static final int OPERATOR_SET = 17;
    private static final int ML_OPERATOR_SET = 3;

    private final GraphProto.Builder graph = GraphProto.newBuilder();
    private final Set<String> names = new HashSet<>();
    private int mlOperatorSet = ML_OPERATOR_SET;

    /** A graph of that name. */
    public Graph(String name) {
        graph.setName(name);
    }

    /** Declares that a node needs at least this version of the operator set of classical machine learning. */
    public void requireMl(int version) {
        mlOperatorSet = Math.max(mlOperatorSet, version);
    }

    /**
     * Declares an input, before any node.
     *
     * @param shape −1 for a dimension that varies: the first is the number of rows
     * @return its name, which is the same
     */
    public String input(String name, DataType type, List<Long> shape) {
        if (!names.add(name)) {
            throw new IllegalArgumentException("two inputs are called '" + name + "'");
        }
        graph.addInput(value(name, type, shape));
        return name;
    }

    /** Keeps a name for an output, so that no other value is called so. */
    public void reserve(String name) {
        if (!names.add(name)) {
            throw new IllegalArgumentException("an output is called as the input '" + name + "' is");
        }
    }

    /** Gives a value out under a reserved name. */
    public void output(String name, String value, DataType type, List<Long> shape) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType("Identity")
                .setName(name)
                .addInput(value)
                .addOutput(name));
        graph.addOutput(value(name, type, shape));
    }

    /** Adds a constant of FP32. */
    public String constant(String hint, float[] values, long... shape) {
        String name = fresh(hint);
        var constant = tensor(name, TensorProto.DataType.FLOAT, shape);
        for (float value : values) {
            constant.addFloatData(value);
        }
        graph.addInitializer(constant);
        return name;
    }

    /** Adds a constant of FP64. */
    public String constant(String hint, double[] values, long... shape) {
        String name = fresh(hint);
        var constant = tensor(name, TensorProto.DataType.DOUBLE, shape);
        for (double value : values) {
            constant.addDoubleData(value);
        }
        graph.addInitializer(constant);
        return name;
    }

    /** Adds a constant of FP64, one value. */
    public String constant(String hint, double value) {
        return constant(hint, new double[] {value}, 1);
    }

    /** Adds a constant of FP64 that has no dimension, as some nodes ask for. */
    public String scalar(String hint, double value) {
        return constant(hint, new double[] {value}, new long[0]);
    }

    /** Adds a constant of INT64. */
    public String constant(String hint, long[] values, long... shape) {
        String name = fresh(hint);
        var constant = tensor(name, TensorProto.DataType.INT64, shape);
        for (long value : values) {
            constant.addInt64Data(value);
        }
        graph.addInitializer(constant);
        return name;
    }

    /** Adds a constant of INT64 that has one dimension, such as axes or a shape. */
    public String axes(String hint, long... values) {
        return constant(hint, values, values.length);
    }

    /** Adds a node of the default operator set; the name of its one output. */
    public String node(String operator, String hint, List<String> inputs, AttributeProto... attributes) {
        return node("", operator, hint, inputs, attributes);
    }

    /** Adds a node; the name of its one output. */
    public String node(String domain, String operator, String hint, List<String> inputs, AttributeProto... attributes) {
        String output = fresh(hint);
        graph.addNode(NodeProto.newBuilder()
                .setDomain(domain)
                .setOpType(operator)
                .setName(output)
                .addAllInput(inputs)
                .addOutput(output)
                .addAllAttribute(List.of(attributes)));
        return output;
    }

    /** Adds a node of the default operator set that gives two values; the name of the first one. */
    public String nodeOfTwo(String operator, String hint, List<String> inputs, AttributeProto... attributes) {
        String first = fresh(hint);
        graph.addNode(NodeProto.newBuilder()
                .setOpType(operator)
                .setName(first)
                .addAllInput(inputs)
                .addOutput(first)
                .addOutput(fresh(hint + "/second"))
                .addAllAttribute(List.of(attributes)));
        return first;
    }

    /** Adds a cast. */
    public String cast(String hint, String input, DataType type) {
        return node(
                "Cast", hint, List.of(input), Attributes.of("to", element(type).getNumber()));
    }

    /** The model file. */
    public byte[] bytes(String producer) {
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName(producer)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPERATOR_SET))
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(ML).setVersion(mlOperatorSet))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private String fresh(String hint) {
        String name = hint;
        for (int i = 2; !names.add(name); i++) {
            name = hint + "#" + i;
        }
        return name;
    }

    private static TensorProto.Builder tensor(String name, TensorProto.DataType type, long... shape) {
        var tensor = TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
        for (long dimension : shape) {
            tensor.addDims(dimension);
        }
        return tensor;
    }

    private static ValueInfoProto value(String name, DataType type, List<Long> shape) {
        var dimensions = TensorShapeProto.newBuilder();
        for (int i = 0; i < shape.size(); i++) {
            dimensions.addDim(
                    shape.get(i) < 0
                            ? Dimension.newBuilder().setDimParam(i == 0 ? "rows" : name + "_length")
                            : Dimension.newBuilder().setDimValue(shape.get(i)));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(element(type).getNumber())
                                .setShape(dimensions)))
                .build();
    }

    private static TensorProto.DataType element(DataType type) {
        return switch (type) {
            case FP32 -> TensorProto.DataType.FLOAT;
            case FP64 -> TensorProto.DataType.DOUBLE;
            case INT64 -> TensorProto.DataType.INT64;
            case BOOL -> TensorProto.DataType.BOOL;
            case BYTES -> TensorProto.DataType.STRING;
            case INT8, INT16, INT32, UINT8, UINT16, UINT32, UINT64, FP16, BF16 ->
                throw new IllegalArgumentException(type + " is no type of a feature, a score or what lies between");
        };
    }
}
