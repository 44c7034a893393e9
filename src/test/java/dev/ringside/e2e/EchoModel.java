package dev.ringside.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A model that gives each input back, one of each type: {@code x → x_out} FP32, {@code n → n_out} INT64, {@code t →
 * t_out} BYTES, all [-1, 2]; and the documents around it.
 */
final class EchoModel {
    static final String SLOT = "echo";

    private static final String TENSORS = """
            "inputs": [
              {"name": "x", "datatype": "FP32", "shape": [-1, 2]},
              {"name": "n", "datatype": "INT64", "shape": [-1, 2]},
              {"name": "t", "datatype": "BYTES", "shape": [-1, 2]}],
            "outputs": [
              {"name": "x_out", "datatype": "FP32", "shape": [-1, 2]},
              {"name": "n_out", "datatype": "INT64", "shape": [-1, 2]},
              {"name": "t_out", "datatype": "BYTES", "shape": [-1, 2]}]
            """;

    private static final Map<String, String> BINARY = Map.of(
            "x", "0000003f0000c0bf",
            "n", "0700000000000000f8ffffffffffffff",
            "t", "010000006105000000c3a4e282ac");
    private static final Map<String, String> VALUES = Map.of("x", "[0.5,-1.5]", "n", "[7,-8]", "t", "[\"a\",\"ä€\"]");

    private EchoModel() {}

    /** The JSON before {@link #binaryTensors}, with parameters of the request. */
    static String binaryRequest(String parameters) {
        return "{\"inputs\":[" + binaryInput("x", "FP32") + "," + binaryInput("n", "INT64") + ","
                + binaryInput("t", "BYTES") + "],\"parameters\":{" + parameters + "}}";
    }

    private static String binaryInput(String name, String type) {
        return "{\"name\":\"%s\",\"shape\":[1,2],\"datatype\":\"%s\",\"parameters\":{\"binary_data_size\":%d}}"
                .formatted(name, type, BINARY.get(name).length() / 2);
    }

    /** The values of {@link #inputs} as bytes. */
    static byte[] binaryTensors() {
        return HexFormat.of().parseHex(BINARY.get("x") + BINARY.get("n") + BINARY.get("t"));
    }

    /** The same by input. */
    static List<ByteString> rawTensors() {
        return Stream.of("x", "n", "t")
                .map(name -> ByteString.copyFrom(HexFormat.of().parseHex(BINARY.get(name))))
                .toList();
    }

    /** Checks that an answer gives the values of {@link #inputs} back, each as JSON or behind it. */
    static void requireEcho(RunningPlatform.Answer answer) throws IOException {
        byte[] body = answer.response().body();
        int next = answer.response()
                .headers()
                .firstValue("Inference-Header-Content-Length")
                .map(Integer::parseInt)
                .orElse(body.length);
        for (JsonNode output : answer.json().get("outputs")) {
            String input = output.get("name").asText().replace("_out", "");
            JsonNode size = output.path("parameters").path("binary_data_size");
            if (size.isMissingNode()) {
                assertEquals(VALUES.get(input), output.get("data").toString());
            } else {
                assertEquals(BINARY.get(input), HexFormat.of().formatHex(body, next, next + size.asInt()));
                next += size.asInt();
            }
        }
        assertEquals(body.length, next, "nothing is left behind the last output");
    }

    /** Makes slot and two versions of it, the first the champion, and runs experiment {@code duel} between them in north. */
    static void install(RunningPlatform platform) throws Exception {
        succeeded(platform.put("/api/slots/" + SLOT, slot(SLOT)));
        succeeded(platform.send("POST", "/api/artefacts", onnx()));
        succeeded(platform.post("/api/slots/" + SLOT + "/versions", manifest("1")));
        succeeded(platform.post("/api/slots/" + SLOT + "/versions", manifest("2")));
        platform.await("loaded", () -> {
            for (JsonNode version :
                    platform.get("/api/slots/" + SLOT + "/versions").json()) {
                if (!version.get("ready").asBoolean()) {
                    return false;
                }
            }
            return true;
        });
        succeeded(platform.post("/api/slots/" + SLOT + "/champion", "{\"version\": \"1\", \"why\": \"the first\"}"));
        succeeded(platform.put("/api/experiments/duel", experiment("duel", "north")));
        succeeded(platform.post("/api/experiments/duel/start", "{\"why\": \"to see\"}"));
    }

    private static void succeeded(RunningPlatform.Answer answer) {
        assertTrue(answer.status() == 200 || answer.status() == 201, answer::toString);
    }

    /** The slot's document under a name. */
    static String slot(String name) {
        return """
                {"name": "%s", "unit_type": "ride", "segment_attribute": "region",
                 "segments": ["north", "south", "west"], "deadline": "10s", "signature": {%s}}
                """.formatted(name, TENSORS);
    }

    /** The manifest of a version. */
    static String manifest(String version) {
        return """
                {"slot": "%s", "version": "%s", "format": "onnx", "sha256": "%s", "signature": {%s},
                 "golden": [{"inputs": %s, "outputs": [
                   {"name": "n_out", "datatype": "INT64", "shape": [1, 2], "data": [7, -8]}], "tolerance": 0.001}],
                 "metrics": {"test_auc": 0.5}, "seed": 1}
                """.formatted(SLOT, version, sha256(), TENSORS, inputs());
    }

    /** The manifest of a version that the gates of its training refused. */
    static String refused(String version) {
        return manifest(version)
                .replace(
                        "\"seed\": 1",
                        "\"seed\": 1, \"lineage\": {\"data_sha256\": \"" + "0".repeat(64)
                                + "\", \"configuration\": \"seed: 1\", \"gates\": [{\"gate\": \"above_chance\","
                                + " \"passed\": false, \"reason\": \"AUC 0.5\"}]}");
    }

    /** An experiment between the champion and version 2 in a region. */
    static String experiment(String name, String region) {
        return """
                {"name": "%s", "slot": "%s", "segments": ["%s"], "coverage": "100%%", "max_duration": "14d",
                 "arms": [{"variant": "champion", "weight": 1}, {"variant": "challenger", "version": "2", "weight": 1}],
                 "kpis": [{"name": "fare", "kind": "mean", "combine": "sum", "missing": "zero", "direction": "up",
                           "window": "36h", "grace": "12h", "role": "primary", "minimum_effect": 0.02, "power": 0.8}]}
                """.formatted(name, SLOT, region);
    }

    /** A request of a unit in a region; its inputs come back. */
    static String request(String id, String unit, String region) {
        return """
                {"id": "%s", "parameters": {"unit": "%s", "region": "%s"}, "inputs": %s}
                """.formatted(id, unit, region, inputs());
    }

    /** One row. */
    static String inputs() {
        return """
                [{"name": "x", "shape": [1, 2], "datatype": "FP32", "data": [0.5, -1.5]},
                 {"name": "n", "shape": [1, 2], "datatype": "INT64", "data": [7, -8]},
                 {"name": "t", "shape": [1, 2], "datatype": "BYTES", "data": ["a", "ä€"]}]
                """.strip();
    }

    /** The file. */
    static byte[] onnx() {
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(15))
                .setGraph(GraphProto.newBuilder()
                        .setName(SLOT)
                        .addInput(value("x", TensorProto.DataType.FLOAT_VALUE))
                        .addInput(value("n", TensorProto.DataType.INT64_VALUE))
                        .addInput(value("t", TensorProto.DataType.STRING_VALUE))
                        .addOutput(value("x_out", TensorProto.DataType.FLOAT_VALUE))
                        .addOutput(value("n_out", TensorProto.DataType.INT64_VALUE))
                        .addOutput(value("t_out", TensorProto.DataType.STRING_VALUE))
                        .addNode(identity("x"))
                        .addNode(identity("n"))
                        .addNode(identity("t")))
                .build()
                .toByteArray();
    }

    /** Its digest. */
    static String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(onnx()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static NodeProto identity(String input) {
        return NodeProto.newBuilder()
                .setOpType("Identity")
                .setName(input)
                .addInput(input)
                .addOutput(input + "_out")
                .build();
    }

    private static ValueInfoProto value(String name, int type) {
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type)
                                .setShape(TensorShapeProto.newBuilder()
                                        .addDim(TensorShapeProto.Dimension.newBuilder()
                                                .setDimParam("rows"))
                                        .addDim(TensorShapeProto.Dimension.newBuilder()
                                                .setDimValue(2)))))
                .build();
    }
}
