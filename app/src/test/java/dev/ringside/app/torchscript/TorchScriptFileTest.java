package dev.ringside.app.torchscript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.model.TensorSpec;
import dev.ringside.contract.torchscript.SignatureDocument;
import dev.ringside.engine.ModelFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files are written by the trainer's TorchScriptFilesTest. */
class TorchScriptFileTest {
    private static final Path FILES = Path.of("../torchscript/src/test/resources/dev/ringside/torchscript");

    @TempDir
    Path folder;

    private static String complaint(Path file) {
        return String.valueOf(assertThrows(ModelFailure.class, () -> TorchScriptFile.signature(file))
                .getMessage());
    }

    private Path zip(Map<String, String> entries) throws IOException {
        Path file = folder.resolve("model.pt");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return file;
    }

    @Test
    void theSignatureIsReadFromTheFile() throws ModelFailure {
        SignatureDocument signature = TorchScriptFile.signature(FILES.resolve("twin.pt"));

        assertEquals(
                List.of("x", "hour"),
                signature.inputs().stream().map(TensorSpec::name).toList());
        assertEquals(List.of(-1L, 16L), signature.outputs().get(1).shape());
    }

    @Test
    void aFileThatSaysNothingIsRefusedWithTheLineThatWouldSayIt() {
        String complaint = complaint(FILES.resolve("bare.pt"));

        assertTrue(complaint.startsWith("the file does not say what goes in and comes out: expected"), complaint);
        assertTrue(
                complaint.contains("torch.jit.save(model, \"model.pt\", _extra_files={\"signature.json\":"), complaint);
    }

    @Test
    void whatIsNoTorchScriptSaysWhatItIs() throws IOException {
        assertEquals(
                "the file has weights and no code, as torch.save writes it: save it with"
                        + " torch.jit.save(torch.jit.script(model), …)",
                complaint(zip(Map.of("archive/data.pkl", "", "archive/data/0", ""))));
        assertEquals(
                "the file is a zip and no TorchScript: expected what torch.jit.save writes, found [word/document.xml]",
                complaint(zip(Map.of("word/document.xml", ""))));
        byte[] whole = Files.readAllBytes(FILES.resolve("twin.pt"));
        String cut = complaint(Files.write(folder.resolve("cut.pt"), Arrays.copyOf(whole, whole.length / 2)));
        assertTrue(cut.startsWith("the file is no TorchScript, or damaged: its zip cannot be read: "), cut);
    }

    @Test
    void aSignatureWithAMistakeIsToldWithItsField() throws IOException {
        assertEquals(
                "the file's signature.json: 'outputs': missing: expected at least one",
                complaint(zip(Map.of(
                        "m/code/__torch__.py",
                        "",
                        "m/extra/signature.json",
                        "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": [-1]}]}"))));
    }
}
