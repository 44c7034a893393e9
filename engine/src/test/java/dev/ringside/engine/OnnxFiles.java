package dev.ringside.engine;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Small ONNX files, made for a test. All have the output {@code probability} [-1, 1] unless they say otherwise. */
public final class OnnxFiles {
    private static final int FLOAT = TensorProto.DataType.FLOAT_VALUE;
    private static final int INT64 = TensorProto.DataType.INT64_VALUE;
    private static final int STRING = TensorProto.DataType.STRING_VALUE;

    /** A number of 8 bits, from version 9 of the format and 19 of the operators on. */
    private static final int FLOAT8 = 17;

    private static final long ANY = -1;

    private OnnxFiles() {}

    /** {@code probability = factor · distance}. */
    public static byte[] linear(float factor) {
        return linear("distance", factor);
    }

    /** {@code probability = factor · input}. */
    public static byte[] linear(String input, float factor) {
        return file(graph().addInput(value(input, FLOAT, ANY, 1))
                .addOutput(value("probability", FLOAT, ANY, 1))
                .addInitializer(floats("factor", List.of(1L), factor))
                .addNode(node("Mul", List.of(input, "factor"), "probability")));
    }

    /** {@code probability = value of carrier, or otherwise · distance}, looked up in the file. */
    public static byte[] lookup(Map<String, Float> values, float otherwise) {
        var keys = AttributeProto.newBuilder().setName("keys_strings").setType(AttributeProto.AttributeType.STRINGS);
        var factors = AttributeProto.newBuilder().setName("values_floats").setType(AttributeProto.AttributeType.FLOATS);
        new TreeMap<>(values).forEach((key, factor) -> {
            keys.addStrings(ByteString.copyFromUtf8(key));
            factors.addFloats(factor);
        });
        NodeProto.Builder lookup = node("LabelEncoder", List.of("carrier"), "factor")
                .setDomain("ai.onnx.ml")
                .addAttribute(keys)
                .addAttribute(factors)
                .addAttribute(AttributeProto.newBuilder()
                        .setName("default_float")
                        .setType(AttributeProto.AttributeType.FLOAT)
                        .setF(otherwise));
        return file(graph().addInput(value("distance", FLOAT, ANY, 1))
                .addInput(value("carrier", STRING, ANY, 1))
                .addOutput(value("probability", FLOAT, ANY, 1))
                .addNode(lookup)
                .addNode(node("Mul", List.of("distance", "factor"), "probability")));
    }

    /** {@code probability = distance}, after multiplying matrices {@code times} times: about a millisecond each. */
    public static byte[] slow(int times) {
        long side = 192;
        float[] identity = new float[(int) (side * side)];
        for (int i = 0; i < side; i++) {
            identity[(int) (i * side + i)] = 1;
        }
        GraphProto.Builder graph = graph().addInput(value("distance", FLOAT, ANY, 1))
                .addOutput(value("probability", FLOAT, ANY, 1))
                .addInitializer(floats("identity", List.of(side, side), identity))
                .addInitializer(longs("corner", List.of(2L), 1, 1))
                .addInitializer(longs("zero", List.of(2L), 0, 0))
                // Depends on the input, so that it cannot be computed when the file is opened.
                .addNode(node("ReduceMax", List.of("distance"), "greatest"))
                .addNode(node("Mul", List.of("identity", "greatest"), "m0"));
        for (int i = 0; i < times; i++) {
            graph.addNode(node("MatMul", List.of("m" + i, "identity"), "m" + (i + 1)));
        }
        return file(graph.addNode(node("Slice", List.of("m" + times, "zero", "corner"), "one"))
                .addNode(node("Mul", List.of("one", "nothing"), "none"))
                .addInitializer(floats("nothing", List.of(1L), 0))
                .addNode(node("Add", List.of("distance", "none"), "probability")));
    }

    /** {@code probability = one of three numbers at position}; fails outside −3 to 2. */
    public static byte[] failing() {
        return file(graph().addInput(value("position", INT64, ANY, 1))
                .addOutput(value("probability", FLOAT, ANY, 1))
                .addInitializer(floats("numbers", List.of(3L), 0.1f, 0.2f, 0.3f))
                .addNode(node("Gather", List.of("numbers", "position"), "probability")));
    }

    /** {@code probability = one of three numbers at position}, counted from {@code first}; fails elsewhere. */
    public static byte[] failing(long first) {
        return file(graph().addInput(value("position", INT64, ANY, 1))
                .addOutput(value("probability", FLOAT, ANY, 1))
                .addInitializer(floats("numbers", List.of(3L), 0.1f, 0.2f, 0.3f))
                .addInitializer(longs("first", List.of(1L), first))
                .addNode(node("Sub", List.of("position", "first"), "place"))
                .addNode(node("Gather", List.of("numbers", "place"), "probability")));
    }

    /** {@code probability = log(distance)}. */
    public static byte[] logarithm() {
        return file(graph().addInput(value("distance", FLOAT, ANY, 1))
                .addOutput(value("probability", FLOAT, ANY, 1))
                .addNode(node("Log", List.of("distance"), "probability")));
    }

    /** Gives each input back: {@code x → x_out}, FP32 [-1, 2], {@code n → n_out}, INT64, {@code t → t_out}, BYTES. */
    public static byte[] identity() {
        return file(graph().addInput(value("x", FLOAT, ANY, 2))
                .addInput(value("n", INT64, ANY, 2))
                .addInput(value("t", STRING, ANY, 2))
                .addOutput(value("x_out", FLOAT, ANY, 2))
                .addOutput(value("n_out", INT64, ANY, 2))
                .addOutput(value("t_out", STRING, ANY, 2))
                .addNode(node("Identity", List.of("x"), "x_out"))
                .addNode(node("Identity", List.of("n"), "n_out"))
                .addNode(node("Identity", List.of("t"), "t_out")));
    }

    /** {@code probability = distance}, with a batch of one written into the file's inputs. */
    public static byte[] oneRowDeclared() {
        return file(graph().addInput(value("distance", FLOAT, 1, 1))
                .addOutput(value("probability", FLOAT, 1, 1))
                .addNode(node("Identity", List.of("distance"), "probability")));
    }

    /** {@code probability = distance}, with a batch of one written into the graph and any in its inputs. */
    public static byte[] oneRowInside() {
        return file(graph().addInput(value("distance", FLOAT, ANY, 1))
                .addOutput(value("probability", FLOAT, ANY, 1))
                .addInitializer(longs("one", List.of(2L), 1, 1))
                .addNode(node("Reshape", List.of("distance", "one"), "probability")));
    }

    /** Gives {@code x}, of a type of {@link TensorProto.DataType} and shape [-1, 2], back as {@code y}. */
    public static byte[] identity(TensorProto.DataType type) {
        return file(graph().addInput(value("x", type.getNumber(), ANY, 2))
                .addOutput(value("y", type.getNumber(), ANY, 2))
                .addNode(node("Identity", List.of("x"), "y")));
    }

    /** {@code probability = distance}, and before it a second output {@code extra = distance}. */
    public static byte[] withExtraOutput() {
        return file(graph().addInput(value("distance", FLOAT, ANY, 1))
                .addOutput(value("extra", FLOAT, ANY, 1))
                .addOutput(value("probability", FLOAT, ANY, 1))
                .addNode(node("Identity", List.of("distance"), "extra"))
                .addNode(node("Identity", List.of("distance"), "probability")));
    }

    /** {@code probability = distance}, and a second output of a type that no client can be given. */
    public static byte[] withOutputOfOtherType() {
        return file(
                9,
                19,
                graph().addInput(value("distance", FLOAT, ANY, 1))
                        .addOutput(value("rough", FLOAT8, ANY, 1))
                        .addOutput(value("probability", FLOAT, ANY, 1))
                        .addNode(cast("distance", FLOAT8, "rough"))
                        .addNode(node("Identity", List.of("distance"), "probability")));
    }

    /** An input of a type that no client can send. */
    public static byte[] withInputOfOtherType() {
        return file(
                9,
                19,
                graph().addInput(value("distance", FLOAT8, ANY, 1))
                        .addOutput(value("probability", FLOAT8, ANY, 1))
                        .addNode(node("Identity", List.of("distance"), "probability")));
    }

    /** Gives {@code x}, FP32 [-1, 2], as {@code y} of another type of {@link TensorProto.DataType}. */
    public static byte[] cast(TensorProto.DataType to) {
        return file(graph().addInput(value("x", FLOAT, ANY, 2))
                .addOutput(value("y", to.getNumber(), ANY, 2))
                .addNode(cast("x", to.getNumber(), "y")));
    }

    private static NodeProto.Builder cast(String input, int to, String output) {
        return node("Cast", List.of(input), output)
                .addAttribute(AttributeProto.newBuilder()
                        .setName("to")
                        .setType(AttributeProto.AttributeType.INT)
                        .setI(to));
    }

    /** {@code probability = factor · distance} with so many weights beside that the file takes {@code megabytes}. */
    public static byte[] large(float factor, int megabytes) {
        float[] weights = new float[megabytes * 256 * 1024];
        java.util.Arrays.fill(weights, factor / weights.length);
        return file(graph().addInput(value("distance", FLOAT, ANY, 1))
                .addOutput(value("probability", FLOAT, ANY, 1))
                .addInitializer(floats("weights", List.of(1L, (long) weights.length), weights))
                .addInitializer(longs("axes", List.of(1L), 1))
                .addNode(node("Mul", List.of("distance", "weights"), "parts"))
                .addNode(node("ReduceSum", List.of("parts", "axes"), "probability")));
    }

    /** {@code probability = factor · distance}, the factor in another file, of which these bytes are said to be it. */
    public static byte[] external(String location, long offset, long length) {
        var factor = TensorProto.newBuilder()
                .setName("factor")
                .setDataType(FLOAT)
                .addDims(1)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL);
        Map.of("location", location, "offset", Long.toString(offset), "length", Long.toString(length))
                .forEach((key, value) -> factor.addExternalData(
                        StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return file(graph().addInput(value("distance", FLOAT, ANY, 1))
                .addOutput(value("probability", FLOAT, ANY, 1))
                .addInitializer(factor)
                .addNode(node("Mul", List.of("distance", "factor"), "probability")));
    }

    /** {@code probability = distance} by an operator that nobody has. */
    public static byte[] unknownOperator() {
        return file(graph().addInput(value("distance", FLOAT, ANY, 1))
                .addOutput(value("probability", FLOAT, ANY, 1))
                .addNode(node("Wish", List.of("distance"), "probability")));
    }

    /** {@code probability = distance} less its mean over all rows: what a row gets depends on the others. */
    public static byte[] batchMean() {
        return batchMean(1);
    }

    /** {@code probability = distance} less so much of its mean over all rows. */
    public static byte[] batchMean(float part) {
        return file(graph().addInput(value("distance", FLOAT, ANY, 1))
                .addOutput(value("probability", FLOAT, ANY, 1))
                .addInitializer(floats("part", List.of(1L), part))
                .addNode(node("ReduceMean", List.of("distance"), "mean"))
                .addNode(node("Mul", List.of("mean", "part"), "less"))
                .addNode(node("Sub", List.of("distance", "less"), "probability")));
    }

    /** {@code probability = distance} of all rows before it and its own added up. */
    public static byte[] runningSum() {
        return file(graph().addInput(value("distance", FLOAT, ANY, 1))
                .addOutput(value("probability", FLOAT, ANY, 1))
                .addInitializer(longs("axis", List.of(1L), 0))
                .addNode(node("CumSum", List.of("distance", "axis"), "probability")));
    }

    /** {@code probability = distance} plus a random number. */
    public static byte[] random() {
        return file(graph().addInput(value("distance", FLOAT, ANY, 1))
                .addOutput(value("probability", FLOAT, ANY, 1))
                .addNode(node("RandomNormalLike", List.of("distance"), "noise"))
                .addNode(node("Add", List.of("distance", "noise"), "probability")));
    }

    /** {@code probability}, the sum of all distances, whatever the file says of as many rows as there are distances. */
    public static byte[] oneRowOut() {
        return file(graph().addInput(value("distance", FLOAT, ANY, 1))
                .addOutput(value("probability", FLOAT, ANY, 1))
                .addNode(node("ReduceSum", List.of("distance"), "probability")));
    }

    /** A network of layers that all are so wide, with weights by a seed: {@code x}, FP32 [-1, width], to {@code y} [-1, 1]. */
    public static byte[] network(int width, int layers, long seed) {
        var random = new java.util.SplittableRandom(seed);
        GraphProto.Builder graph =
                graph().addInput(value("x", FLOAT, ANY, width)).addOutput(value("y", FLOAT, ANY, 1));
        String before = "x";
        for (int i = 0; i <= layers; i++) {
            int out = i == layers ? 1 : width;
            float[] weights = new float[width * out];
            for (int k = 0; k < weights.length; k++) {
                weights[k] = (float) ((2 * random.nextDouble() - 1) * Math.sqrt(6.0 / width));
            }
            String sum = i == layers ? "y" : "s" + i;
            graph.addInitializer(floats("w" + i, List.of((long) width, (long) out), weights))
                    .addNode(node("MatMul", List.of(before, "w" + i), sum));
            before = "h" + i;
            if (i < layers) {
                graph.addNode(node("Relu", List.of(sum), before));
            }
        }
        return file(graph);
    }

    private static GraphProto.Builder graph() {
        return GraphProto.newBuilder().setName("test");
    }

    private static byte[] file(GraphProto.Builder graph) {
        return file(8, 15, graph);
    }

    private static byte[] file(int format, int operators, GraphProto.Builder graph) {
        return ModelProto.newBuilder()
                .setIrVersion(format)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(operators))
                .addOpsetImport(
                        OperatorSetIdProto.newBuilder().setDomain("ai.onnx.ml").setVersion(2))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private static NodeProto.Builder node(String operator, List<String> inputs, String output) {
        return NodeProto.newBuilder()
                .setOpType(operator)
                .setName(operator + "-" + output)
                .addAllInput(inputs)
                .addOutput(output);
    }

    private static ValueInfoProto value(String name, int type, long... shape) {
        var dimensions = TensorShapeProto.newBuilder();
        for (long n : shape) {
            var dimension = TensorShapeProto.Dimension.newBuilder();
            dimensions.addDim(n == ANY ? dimension.setDimParam("rows") : dimension.setDimValue(n));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(
                                TypeProto.Tensor.newBuilder().setElemType(type).setShape(dimensions)))
                .build();
    }

    private static TensorProto floats(String name, List<Long> shape, float... values) {
        var tensor = TensorProto.newBuilder().setName(name).setDataType(FLOAT).addAllDims(shape);
        for (float value : values) {
            tensor.addFloatData(value);
        }
        return tensor.build();
    }

    private static TensorProto longs(String name, List<Long> shape, long... values) {
        var tensor = TensorProto.newBuilder().setName(name).setDataType(INT64).addAllDims(shape);
        for (long value : values) {
            tensor.addInt64Data(value);
        }
        return tensor.build();
    }
}
