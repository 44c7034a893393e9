package dev.ringside.contract.torchscript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.TensorSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignatureDocumentTest {
    private static SignatureDocument read(String json) {
        return SignatureDocument.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String complaint(String json) {
        return assertThrows(InvalidInput.class, () -> read(json)).getMessage();
    }

    @Test
    void itIsReadAsPeopleWriteIt() {
        SignatureDocument document = read("""
                {"inputs": [{"name": "x", "datatype": "FP32", "shape": [-1, 8]}],
                 "outputs": [{"name": "score", "datatype": "FP32", "shape": [-1, 1]}]}
                """);

        assertEquals(
                new SignatureDocument(
                        List.of(new TensorSpec("x", DataType.FP32, List.of(-1L, 8L))),
                        List.of(new TensorSpec("score", DataType.FP32, List.of(-1L, 1L))),
                        null,
                        Map.of()),
                document);
        assertEquals(document, SignatureDocument.read(Json.bytes(document)));
    }

    @Test
    void aTypeThatLibtorchHasNotIsRefusedByName() {
        assertEquals(
                "'inputs.x': expected one of [BOOL, INT8, INT32, INT64, UINT8, FP16, FP32, FP64], found"
                        + " UINT32, which DJL cannot give to libtorch; convert it within forward",
                complaint("""
                        {"inputs": [{"name": "x", "datatype": "UINT32", "shape": [-1]}],
                         "outputs": [{"name": "y", "datatype": "FP32", "shape": [-1]}]}
                        """));
        assertEquals(
                "'outputs.y': expected one of [BOOL, INT8, INT32, INT64, UINT8, FP16, FP32, FP64], found"
                        + " BYTES: TorchScript has no tensors of texts; name a translator that reads them",
                complaint("""
                        {"inputs": [{"name": "x", "datatype": "FP32", "shape": [-1]}],
                         "outputs": [{"name": "y", "datatype": "BYTES", "shape": [-1]}]}
                        """));
    }

    @Test
    void whatIsMissingOrUnknownIsNamed() {
        assertEquals("'outputs': missing: expected at least one", complaint("""
                {"inputs": [{"name": "x", "datatype": "FP32", "shape": [-1]}]}
                """));
        assertEquals("'arguments': expected none without a translator, found {a=1}", complaint("""
                        {"inputs": [{"name": "x", "datatype": "FP32", "shape": [-1]}],
                         "outputs": [{"name": "y", "datatype": "FP32", "shape": [-1]}], "arguments": {"a": 1}}
                        """));
    }

    @Test
    void aTranslatorStandsBetweenTexts() {
        SignatureDocument document = read("""
                {"inputs": [{"name": "text", "datatype": "BYTES", "shape": [-1, 1]}],
                 "outputs": [{"name": "answer", "datatype": "BYTES", "shape": [-1, 1]}],
                 "translator": "org.example.Reader", "arguments": {"words": 7}}
                """);

        assertEquals("org.example.Reader", document.translator());
        assertEquals(Map.of("words", 7), document.arguments());
        assertEquals(
                "'inputs': expected one of datatype BYTES and shape [-1] or [-1, 1] with a translator, found"
                        + " [TensorSpec[name=x, datatype=FP32, shape=[-1]]]",
                complaint("""
                        {"inputs": [{"name": "x", "datatype": "FP32", "shape": [-1]}],
                         "outputs": [{"name": "answer", "datatype": "BYTES", "shape": [-1]}],
                         "translator": "org.example.Reader"}
                        """));
    }
}
