package dev.ringside.app.fuzz;

import dev.ringside.engine.onnx.ProtocolBuffer;

/** The model that is asked, as an ONNX file: {@code x} FP32, {@code n} INT64 and {@code t} BYTES, each [-1, 2], are given back. */
final class EchoFile {
    private static final int FLOAT = 1;
    private static final int INT64 = 7;
    private static final int STRING = 8;

    private EchoFile() {}

    /** An ONNX ModelProto; the numbers here are the fields' of onnx.proto. */
    static byte[] bytes() {
        var graph = new ProtocolBuffer().text(2, "echo");
        copy(graph, "x", FLOAT);
        copy(graph, "n", INT64);
        copy(graph, "t", STRING);
        return new ProtocolBuffer()
                .number(1, 8) // version of the format
                .message(7, graph)
                .message(8, new ProtocolBuffer().number(2, 13)) // version of the operators
                .bytes();
    }

    private static void copy(ProtocolBuffer graph, String input, int type) {
        String output = input + "_out";
        graph.message(1, new ProtocolBuffer().text(1, input).text(2, output).text(4, "Identity"));
        graph.message(11, value(input, type));
        graph.message(12, value(output, type));
    }

    private static ProtocolBuffer value(String name, int type) {
        var shape = new ProtocolBuffer()
                .message(1, new ProtocolBuffer().text(2, "rows"))
                .message(1, new ProtocolBuffer().number(1, 2));
        return new ProtocolBuffer()
                .text(1, name)
                .message(
                        2,
                        new ProtocolBuffer()
                                .message(1, new ProtocolBuffer().number(1, type).message(2, shape)));
    }
}
