package dev.ringside.benchmarks.serving;

import dev.ringside.engine.onnx.ProtocolBuffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * A network of whole layers with ReLU between them, as an ONNX file: {@code x}, FP32 [-1, first width], to {@code y}, FP32
 * [-1, last width]. Weights are drawn by a seed: nothing is learnt, it only takes as long as one that was.
 *
 * @param widths of the inputs and of each layer, at least two
 */
public record Network(List<Integer> widths) {
    /** Large enough that the model is what takes long. */
    public static final Network LARGE = new Network(List.of(512, 512, 1));

    /** So small that everything around the model is what takes long. */
    public static final Network SMALL = new Network(List.of(64, 32, 1));

    private static final int FLOAT = 1;
    private static final long SEED = 20_260_105;

    /** Copies the list. */
    public Network {
        widths = List.copyOf(widths);
    }

    /** Such as {@code 64-32-1}. */
    public String name() {
        return widths.stream().map(String::valueOf).collect(Collectors.joining("-"));
    }

    /** How many numbers a row has. */
    public int inputs() {
        return widths.getFirst();
    }

    /** The file, an ONNX ModelProto; the numbers here are the fields' of onnx.proto. */
    public byte[] file() {
        var random = new SplittableRandom(SEED);
        var graph = new ProtocolBuffer().text(2, name());
        String from = "x";
        int layers = widths.size() - 1;
        for (int layer = 1; layer <= layers; layer++) {
            boolean isLast = layer == layers;
            int in = widths.get(layer - 1);
            int out = widths.get(layer);
            String weights = "weights" + layer;
            String bias = "bias" + layer;
            String sum = isLast ? "y" : "sum" + layer;
            graph.message(5, tensor(weights, random, Math.sqrt(2.0 / in), in, out));
            graph.message(5, tensor(bias, random, 0.1, out));
            graph.message(1, node("Gemm", sum, from, weights, bias));
            if (!isLast) {
                from = "layer" + layer;
                graph.message(1, node("Relu", from, sum));
            }
        }
        graph.message(11, value("x", inputs()));
        graph.message(12, value("y", widths.getLast()));
        return new ProtocolBuffer()
                .number(1, 8) // version of the format
                .message(7, graph)
                .message(8, new ProtocolBuffer().number(2, 13)) // version of the operators
                .bytes();
    }

    private static ProtocolBuffer node(String operator, String output, String... inputs) {
        var node = new ProtocolBuffer();
        for (String input : inputs) {
            node.text(1, input);
        }
        return node.text(2, output).text(4, operator);
    }

    private static ProtocolBuffer tensor(String name, SplittableRandom random, double scale, int... dimensions) {
        var tensor = new ProtocolBuffer();
        int size = 1;
        for (int n : dimensions) {
            tensor.number(1, n);
            size *= n;
        }
        ByteBuffer values = ByteBuffer.allocate(Float.BYTES * size).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < size; i++) {
            values.putFloat((float) (scale * random.nextGaussian()));
        }
        return tensor.number(2, FLOAT).text(8, name).raw(9, values.array());
    }

    private static ProtocolBuffer value(String name, int width) {
        ProtocolBuffer shape = new ProtocolBuffer()
                .message(1, new ProtocolBuffer().text(2, "rows"))
                .message(1, new ProtocolBuffer().number(1, width));
        return new ProtocolBuffer()
                .text(1, name)
                .message(
                        2,
                        new ProtocolBuffer()
                                .message(
                                        1, new ProtocolBuffer().number(1, FLOAT).message(2, shape)));
    }
}
