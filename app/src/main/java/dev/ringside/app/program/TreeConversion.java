package dev.ringside.app.program;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.file.Folders;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file of boosted trees, of XGBoost or LightGBM, as an ONNX graph. The trainer's program makes it.
 *
 * @param onnx the graph
 * @param words what the file was, such as {@code LightGBM, format v4: 100 trees for binary}
 * @param golden rows whose answers the graph must give, as manifests have them
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record TreeConversion(byte[] onnx, String words, JsonNode golden) {
    private static final int HEAD = 4_096;
    private static final int MISTAKEN = 2;
    private static final TrainingHeap HEAP = new TrainingHeap(2_048);

    /** What goes in, as the program names it. */
    public enum Inputs {
        /** One tensor, shape [rows, columns]. */
        MATRIX,
        /** A tensor for each column under its name, shape [rows, 1]. */
        COLUMNS,
        /** The second where the file names its columns, else the first. */
        AS_NAMED
    }

    /** Whether a file may be one of trees, by how it begins; an ONNX file is none. */
    public static boolean mayBe(Path file) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(HEAD);
        }
        String text = new String(head, StandardCharsets.ISO_8859_1).stripLeading();
        return text.startsWith("{")
                || text.startsWith("tree\n")
                || text.startsWith("tree\r")
                || text.startsWith("booster[");
    }

    /**
     * Converts a file.
     *
     * @throws InvalidInput if it is of neither library, or holds what no graph can say
     */
    public static TreeConversion of(Path file, Inputs inputs) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("ringside-trees-");
        try {
            Path graph = folder.resolve("model.onnx");
            Path result = folder.resolve("result.json");
            Path words = folder.resolve("words.txt");
            int status = run(TrainerProgram.of(
                            "ConvertTrees",
                            HEAP,
                            List.of(file.toString(), inputs.name(), graph.toString(), result.toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(words.toFile()));
            String said = Files.readString(words).strip();
            if (status == MISTAKEN) {
                throw new InvalidInput(String.valueOf(file.getFileName()), said);
            }
            if (status != 0) {
                throw new IOException(file + " could not be converted: " + said);
            }
            JsonNode found = Json.read(Files.readAllBytes(result), JsonNode.class);
            return new TreeConversion(
                    Files.readAllBytes(graph),
                    found.path("library").asText() + ": " + found.path("trees").asInt() + " trees for "
                            + found.path("objective").asText(),
                    found.path("golden"));
        } finally {
            Folders.delete(folder);
        }
    }

    private static int run(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.start();
        try {
            return process.waitFor();
        } finally {
            process.destroy();
        }
    }
}
