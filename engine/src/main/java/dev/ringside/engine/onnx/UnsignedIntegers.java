package dev.ringside.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.ringside.contract.inference.DataType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tensors of UINT16, UINT32 and UINT64, which ONNX Runtime's Java API runs and reads but cannot make. The runtime itself
 * makes them: a graph of one {@code Cast} turns INT64 into them, and keeps the bits. Its sessions are made when first
 * asked for and live as long as the process.
 */
final class UnsignedIntegers {
    private static final Map<DataType, OrtSession> CASTS = new ConcurrentHashMap<>();

    private UnsignedIntegers() {}

    /** The values of an INT64 tensor in an unsigned type; the caller closes both. */
    static OnnxTensor cast(OrtEnvironment environment, OnnxTensor int64, DataType to) throws OrtException {
        OrtSession session = CASTS.get(to);
        if (session == null) {
            OrtSession made = session(environment, to);
            OrtSession before = CASTS.putIfAbsent(to, made);
            session = before == null ? made : before;
            if (before != null) {
                made.close();
            }
        }
        // The result only holds its tensor, which is the caller's now.
        @SuppressWarnings({"resource", "MustBeClosedChecker"})
        OrtSession.Result result = session.run(Map.of("x", int64));
        return (OnnxTensor) result.get(0);
    }

    private static OrtSession session(OrtEnvironment environment, DataType to) throws OrtException {
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            return environment.createSession(model(elementType(to)), options);
        }
    }

    private static int elementType(DataType type) {
        return switch (type) {
            case UINT16 -> 4;
            case UINT32 -> 12;
            case UINT64 -> 13;
            case BOOL, INT8, INT16, INT32, INT64, UINT8, FP16, BF16, FP32, FP64, BYTES ->
                throw new IllegalArgumentException(type + " needs no cast");
        };
    }

    /** An ONNX ModelProto: x, INT64 of any shape, → Cast → y. The numbers are the fields' of onnx.proto. */
    private static byte[] model(int elementType) {
        int int64 = 7;
        var to = new ProtocolBuffer()
                .text(1, "to")
                .number(3, elementType)
                .number(20, 2); // an attribute that is an integer
        var node =
                new ProtocolBuffer().text(1, "x").text(2, "y").text(4, "Cast").message(5, to);
        var graph = new ProtocolBuffer()
                .message(1, node)
                .text(2, "cast")
                .message(11, value("x", int64))
                .message(12, value("y", elementType));
        return new ProtocolBuffer()
                .number(1, 8) // version of the format
                .message(7, graph)
                .message(8, new ProtocolBuffer().number(2, 13)) // version of the operators
                .bytes();
    }

    private static ProtocolBuffer value(String name, int elementType) {
        var tensor = new ProtocolBuffer().number(1, elementType);
        return new ProtocolBuffer().text(1, name).message(2, new ProtocolBuffer().message(1, tensor));
    }
}
