package dev.ringside.training.torchscript;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringside.contract.inference.DataType;
import dev.ringside.training.graph.Graph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.ExtraFilesMap;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The TorchScript files with which other modules are tested, which have no libtorch that writes any: they are what is
 * written here. To write them again: {@code mvn -pl training -am test -Dtest=TorchScriptFilesTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dtorchscript.write=true}.
 */
class TorchScriptFilesTest {
    private static final Path KEPT = Path.of("../torchscript/src/test/resources/dev/ringside/torchscript");

    private static final int FEATURES = 8;
    private static final int HIDDEN = 16;

    @TempDir
    Path folder;

    @Test
    void theFilesAreThoseThatAreWrittenHere() throws IOException {
        Map<String, byte[]> written = new LinkedHashMap<>();
        written.put("twin.pt", twin());
        written.put("twin.onnx", onnxTwin());
        written.put("types.pt", types());
        written.put("dictionary.pt", dictionary());
        written.put("bare.pt", script("bare", Map.of(), "def forward(self, x):\n  return x * 2\n", null));
        written.put("doubled.pt", doubled());
        written.put("brain.pt", script("brain", Map.of(), "def forward(self, x):\n  return x.to(15)\n", """
                {"inputs": [{"name": "x", "datatype": "FP32", "shape": [-1, 1]}],
                 "outputs": [{"name": "y", "datatype": "FP32", "shape": [-1, 1]}]}
                """));

        for (Map.Entry<String, byte[]> file : written.entrySet()) {
            Path kept = KEPT.resolve(file.getKey());
            if (Boolean.getBoolean("torchscript.write")) {
                Files.write(kept, file.getValue());
            }
            Path again = Files.write(folder.resolve(file.getKey()), file.getValue());
            if (file.getKey().endsWith(".pt")) {
                Map<String, byte[]> entries = entries(kept);
                assertEquals(entries(again).keySet(), entries.keySet(), file.getKey());
                entries(again)
                        .forEach((name, bytes) ->
                                assertArrayEquals(bytes, entries.get(name), file.getKey() + "!" + name));
            } else {
                assertArrayEquals(file.getValue(), Files.readAllBytes(kept), file.getKey());
            }
        }
    }

    /** What is in a file, but for what differs with each writing. */
    private static Map<String, byte[]> entries(Path file) throws IOException {
        var entries = new TreeMap<String, byte[]>();
        try (var zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                if (!entry.getName().endsWith("serialization_id")) {
                    entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
                }
            }
        }
        return entries;
    }

    /** A small network of whole layers; its weights are numbers that a float has exactly, to two digits. */
    private byte[] twin() throws IOException {
        return script(
                "twin",
                Map.of(
                        "w1", tensor(weights(FEATURES * HIDDEN, 1), FEATURES, HIDDEN),
                        "b1", tensor(weights(HIDDEN, 2), HIDDEN),
                        "w2", tensor(weights(HIDDEN, 3), HIDDEN, 1),
                        "b2", tensor(weights(1, 4), 1),
                        "w3", tensor(weights(1, 5), 1)),
                """
                def forward(self, x, hour):
                  hidden = torch.relu(torch.matmul(x, self.w1) + self.b1)
                  logit = torch.matmul(hidden, self.w2) + self.b2 + hour.float() * self.w3
                  return (torch.sigmoid(logit), hidden)
                """,
                """
                {"inputs": [{"name": "x", "datatype": "FP32", "shape": [-1, 8]},
                            {"name": "hour", "datatype": "INT64", "shape": [-1, 1]}],
                 "outputs": [{"name": "score", "datatype": "FP32", "shape": [-1, 1]},
                             {"name": "hidden", "datatype": "FP32", "shape": [-1, 16]}]}
                """);
    }

    private static byte[] onnxTwin() {
        var graph = new Graph("twin");
        String x = graph.input("x", DataType.FP32, List.of(-1L, (long) FEATURES));
        String hour = graph.input("hour", DataType.INT64, List.of(-1L, 1L));
        graph.reserve("score");
        graph.reserve("hidden");
        String w1 = graph.constant("w1", weights(FEATURES * HIDDEN, 1), FEATURES, HIDDEN);
        String b1 = graph.constant("b1", weights(HIDDEN, 2), HIDDEN);
        String w2 = graph.constant("w2", weights(HIDDEN, 3), HIDDEN, 1);
        String b2 = graph.constant("b2", weights(1, 4), 1);
        String w3 = graph.constant("w3", weights(1, 5), 1);
        String sums = graph.node("Add", "sums", List.of(graph.node("MatMul", "product", List.of(x, w1)), b1));
        String hidden = graph.node("Relu", "rectified", List.of(sums));
        String logit = graph.node("Add", "logit", List.of(graph.node("MatMul", "weighed", List.of(hidden, w2)), b2));
        String hours = graph.node("Mul", "hours", List.of(graph.cast("number", hour, DataType.FP32), w3));
        String all = graph.node("Add", "all", List.of(logit, hours));
        graph.output("score", graph.node("Sigmoid", "sigmoid", List.of(all)), DataType.FP32, List.of(-1L, 1L));
        graph.output("hidden", hidden, DataType.FP32, List.of(-1L, (long) HIDDEN));
        return graph.bytes("ringside");
    }

    /** Every type that there is goes in and comes out. */
    private byte[] types() throws IOException {
        return script("types", Map.of(), """
                def forward(self, a, b, c, d, e, f, g, h):
                  return (torch.logical_not(a), b + 1, c + 1, d + 1, e + 1, f + 1, g + 1, h + 1)
                """, """
                {"inputs": [%s], "outputs": [%s]}
                """.formatted(typed("in_"), typed("out_")));
    }

    private static String typed(String prefix) {
        return String.join(
                ",",
                List.of("BOOL", "INT8", "INT32", "INT64", "UINT8", "FP16", "FP32", "FP64").stream()
                        .map(type -> "{\"name\": \"" + prefix + type + "\", \"datatype\": \"" + type
                                + "\", \"shape\": [-1, 2]}")
                        .toList());
    }

    /** A dictionary comes out, of which one tensor does not lie in memory as it is read. */
    private byte[] dictionary() throws IOException {
        return script("dictionary", Map.of(), """
                def forward(self, x):
                  return {"twice": x * 2, "turned": x.t(), "unused": x}
                """, """
                {"inputs": [{"name": "x", "datatype": "FP32", "shape": [-1, 3]}],
                 "outputs": [{"name": "turned", "datatype": "FP32", "shape": [3, -1]},
                             {"name": "twice", "datatype": "FP32", "shape": [-1, 3]}]}
                """);
    }

    /** One that a translator stands before, in tests of the module that runs it. */
    private byte[] doubled() throws IOException {
        return script("doubled", Map.of(), "def forward(self, x):\n  return x * 2\n", """
                {"inputs": [{"name": "text", "datatype": "BYTES", "shape": [-1, 1]}],
                 "outputs": [{"name": "length", "datatype": "BYTES", "shape": [-1, 1]}],
                 "translator": "dev.ringside.torchscript.TextLength", "arguments": {"unit": "characters"}}
                """);
    }

    private byte[] script(String name, Map<String, Tensor> parameters, String code, String signature)
            throws IOException {
        Path file = folder.resolve(name + ".written");
        var module = new JitModule(new QualifiedName("Model"));
        new TreeMap<>(parameters).forEach((parameter, value) -> module.register_parameter(parameter, value, false));
        module.define(code);
        if (signature == null) {
            module.save(file.toString());
        } else {
            module.save(
                    file.toString(),
                    new ExtraFilesMap().put(new BytePointer("signature.json"), new BytePointer(signature)));
        }
        return Files.readAllBytes(file);
    }

    private static float[] weights(int count, int seed) {
        float[] weights = new float[count];
        for (int i = 0; i < count; i++) {
            weights[i] = ((i * 37 + seed * 29) % 101 - 50) / 64f;
        }
        return weights;
    }

    private static Tensor tensor(float[] values, long... shape) {
        return torch.from_blob(new FloatPointer(values), shape, new TensorOptions(torch.ScalarType.Float))
                .clone();
    }
}
