package dev.ringside.serving.repository;

import dev.ringside.contract.model.Batching;
import dev.ringside.contract.model.FileFormat;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model's {@code config.yaml} says, or what applies where there is none.
 *
 * @param policy which versions are served
 * @param format of its files; null where each version's file says it by its name
 * @param fileName the model file's name within a version's folder; null for that of the format
 * @param batching how requests are to be joined
 */
public record ModelSettings(
        VersionPolicy policy,
        @Nullable FileFormat format,
        @Nullable String fileName,
        Batching batching) {
    /** The name of the file. */
    static final String FILE = "config.yaml";

    /** What applies without a file. */
    static final ModelSettings DEFAULT = new ModelSettings(new VersionPolicy.Latest(1), null, null, Batching.NONE);

    /** What a version's model file may be called; the first of these that lies there is it. */
    List<String> fileNames() {
        if (fileName != null) {
            return List.of(fileName);
        }
        return format != null
                ? List.of(format.fileName())
                : Arrays.stream(FileFormat.values()).map(FileFormat::fileName).toList();
    }

    /** What a model file may be called, for complaints: {@code model.onnx or model.pt}. */
    String fileWords() {
        return String.join(" or ", fileNames());
    }

    /** The format of a version's file of that name. */
    FileFormat formatOf(String name) {
        return format != null ? format : FileFormat.ofFile(name);
    }
}
