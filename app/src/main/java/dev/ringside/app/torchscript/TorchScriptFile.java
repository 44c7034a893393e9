package dev.ringside.app.torchscript;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.torchscript.SignatureDocument;
import dev.ringside.engine.ModelFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A TorchScript file as it is written: a zip of one folder, with code and constants, and what was written beside them. */
final class TorchScriptFile {
    private static final String EXTRA = "/extra/" + SignatureDocument.FILE;
    private static final int LONGEST = 1 << 20;

    private TorchScriptFile() {}

    /**
     * What the file says of itself.
     *
     * @throws ModelFailure if it is no TorchScript file, or says nothing
     */
    static SignatureDocument signature(Path file) throws ModelFailure {
        try (var zip = new ZipFile(file.toFile())) {
            List<String> names = zip.stream().map(ZipEntry::getName).toList();
            if (names.stream().noneMatch(name -> name.contains("/code/"))) {
                throw new ModelFailure(
                        names.stream().anyMatch(name -> name.endsWith("/data.pkl"))
                                ? "the file has weights and no code, as torch.save writes it: save it with"
                                        + " torch.jit.save(torch.jit.script(model), …)"
                                : "the file is a zip and no TorchScript: expected what torch.jit.save writes, found "
                                        + names.stream().limit(5).toList());
            }
            Optional<String> name =
                    names.stream().filter(found -> found.endsWith(EXTRA)).findFirst();
            if (name.isEmpty()) {
                throw new ModelFailure("the file does not say what goes in and comes out: expected "
                        + SignatureDocument.FILE + " within it, as TorchScript has no names, types and shapes; save it"
                        + " with torch.jit.save(model, \"model.pt\", _extra_files={\"" + SignatureDocument.FILE
                        + "\": '{\"inputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": [-1, 8]}],"
                        + " \"outputs\": [{\"name\": \"score\", \"datatype\": \"FP32\", \"shape\": [-1, 1]}]}'})");
            }
            try (InputStream in = zip.getInputStream(zip.getEntry(name.get()))) {
                return SignatureDocument.read(in.readNBytes(LONGEST));
            }
        } catch (InvalidInput e) {
            throw new ModelFailure("the file's " + SignatureDocument.FILE + ": " + e.getMessage(), e);
        } catch (ZipException e) {
            throw new ModelFailure(
                    "the file is no TorchScript, or damaged: its zip cannot be read: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ModelFailure("the file cannot be read: " + e.getMessage(), e);
        }
    }
}
