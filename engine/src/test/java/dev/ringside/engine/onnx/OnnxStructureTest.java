package dev.ringside.engine.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.inference.TensorData;
import dev.ringside.engine.LoadedModel;
import dev.ringside.engine.ModelFailure;
import dev.ringside.engine.OnnxFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxStructureTest {
    private static final int FLOAT = 4;

    @TempDir
    Path outside;

    private Path model(byte[] bytes) throws IOException {
        Path folder = Files.createDirectories(outside.resolve("model"));
        return Files.write(folder.resolve("model.onnx"), bytes);
    }

    private Path weights(Path file, float... values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(FLOAT * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes.array());
    }

    private String complaint(byte[] bytes) throws IOException {
        Path file = model(bytes);
        return String.valueOf(assertThrows(ModelFailure.class, () -> OnnxStructure.check(file))
                .getMessage());
    }

    private void requireComplaint(String expected, byte[] bytes) throws IOException {
        String found = complaint(bytes);
        assertTrue(found.contains(expected), found);
    }

    @Test
    void whatTheRuntimeOpensPasses() throws Exception {
        for (byte[] bytes :
                List.of(OnnxFiles.linear(2), OnnxFiles.identity(), OnnxFiles.slow(3), OnnxFiles.large(1, 4))) {
            OnnxStructure.check(model(bytes));
        }
    }

    @Test
    void aFileThatIsCutOffWithinAnyOfItsPartsIsRefused() throws Exception {
        byte[] whole = OnnxFiles.linear(2);
        var opened = new ArrayList<Integer>();
        for (int length = 0; length < whole.length; length++) {
            Path cut = model(Arrays.copyOf(whole, length));
            try {
                new OnnxEngine(1).open(cut).close();
                opened.add(length);
            } catch (ModelFailure e) {
                // As it should be.
            }
        }
        // Behind the graph two operator sets are named, and a file that ends between them is one with the first alone.
        assertTrue(opened.size() <= 1, () -> "opened at " + opened + " of " + whole.length + " bytes");
        requireComplaint("the file is empty", new byte[0]);
        requireComplaint("are left", Arrays.copyOf(whole, whole.length - 1));
    }

    @Test
    void aPartThatClaimsTenGigabytesIsRefusedBeforeTheyAreAskedFor() throws IOException {
        // Field 7, the graph, with a length of 10^10.
        requireComplaint(
                "claims 10000000000 bytes, and 3 are left", HexFormat.of().parseHex("3a80c8afa025010203"));
        // The same with a length above 2^63.
        requireComplaint("claims 18446744073709551615 bytes", HexFormat.of().parseHex("3affffffffffffffffff01"));
    }

    @Test
    void anotherFormatIsToldToBeNoOnnxFile() throws IOException {
        for (String text :
                List.of("PK\u0003\u0004 a zip file, which TorchScript is", "{\"a\": \"document\"}", "gguf")) {
            String complaint = complaint(text.getBytes(StandardCharsets.ISO_8859_1));
            assertTrue(complaint.contains("no ONNX file") || complaint.contains("ends in the middle"), complaint);
        }
    }

    @Test
    void graphsWithinGraphsEndSomewhere() throws IOException {
        // graph(7) { node(1) { attribute(5) { g(6) { … } } } }, each within the other.
        byte[] inner = {};
        for (int i = 0; i < 60; i++) {
            inner = field(6, field(1, field(5, inner)));
        }
        requireComplaint("within each other", field(7, field(1, field(5, inner))));
    }

    private static byte[] field(int number, byte[] content) {
        var out = new ByteArrayOutputStream();
        out.write((number << 3) | 2);
        for (int left = content.length; ; left >>>= 7) {
            out.write(left < 128 ? left : (left & 127) | 128);
            if (left < 128) {
                break;
            }
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    @Test
    void tensorsInAFileBesideTheModelAreRead() throws Exception {
        Path file = model(OnnxFiles.external("data/weights.bin", FLOAT, FLOAT));
        weights(file.resolveSibling("data/weights.bin"), 5, 3);

        try (LoadedModel model = new OnnxEngine(1).open(file)) {
            TensorData answer = model.run(List.of(Tensor.column("distance", 2f)), List.of("probability"))
                    .getFirst()
                    .data();
            assertEquals(6, ((TensorData.Fp32) answer).values()[0]);
        }
    }

    @Test
    void tensorsInAFileThatIsNotInTheModelsFolderAreRefused() throws IOException {
        Path secret = weights(outside.resolve("secret.bin"), 1);
        requireComplaint("expected one in the folder of the model file", OnnxFiles.external("../secret.bin", 0, FLOAT));
        requireComplaint(
                "expected one in the folder of the model file", OnnxFiles.external(secret.toString(), 0, FLOAT));
        requireComplaint("expected one in the folder of the model file", OnnxFiles.external("", 0, FLOAT));
        requireComplaint("expected one in the folder of the model file", OnnxFiles.external(".", 0, FLOAT));

        Files.createSymbolicLink(outside.resolve("model/link.bin"), secret);
        requireComplaint("which is a link out of the folder", OnnxFiles.external("link.bin", 0, FLOAT));
        Files.createSymbolicLink(outside.resolve("model/a.bin"), Path.of("b.bin"));
        Files.createSymbolicLink(outside.resolve("model/b.bin"), Path.of("a.bin"));
        requireComplaint("cannot be read", OnnxFiles.external("a.bin", 0, FLOAT));
    }

    @Test
    void aTensorsFileThatIsMissingOrTooShortIsToldWithTheTensor() throws IOException {
        requireComplaint(
                "tensor 'factor' lies in the file 'weights.bin', which is not there",
                OnnxFiles.external("weights.bin", 0, FLOAT));
        weights(outside.resolve("model/weights.bin"), 1);
        requireComplaint("at byte 4 with 4 bytes, and the file has 4", OnnxFiles.external("weights.bin", 4, FLOAT));
        requireComplaint(
                "at byte 0 with 10000000000 bytes, and the file has 4",
                OnnxFiles.external("weights.bin", 0, 10_000_000_000L));
        requireComplaint("expected a whole number of bytes", OnnxFiles.external("weights.bin", -1, FLOAT));
        requireComplaint("is not there", OnnxFiles.external("*/_ORT_MEM_ADDR_/*", 140_000_000_000_000L, FLOAT));
    }
}
