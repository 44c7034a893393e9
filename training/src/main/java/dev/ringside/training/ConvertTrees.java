package dev.ringside.training;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.file.WholeFile;
import dev.ringside.contract.json.Json;
import dev.ringside.training.conversion.Conversion;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.TreeMap;

/**
 * The program of {@code ringside models register | convert} that makes a graph of boosted trees: {@code FILE INPUTS GRAPH
 * RESULT}, the last two being the ONNX file to write and what there is to know of it as JSON.
 */
public final class ConvertTrees {
    private static final int MISTAKEN = 2;

    private ConvertTrees() {}

    /** Runs it; a file that cannot be converted is told in a line and ends the process with status 2. */
    public static void main(String... arguments) {
        var words = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        try {
            Conversion conversion = Conversion.of(Path.of(arguments[0]), Conversion.Inputs.valueOf(arguments[1]));
            var result = new TreeMap<String, Object>();
            result.put("library", conversion.library());
            result.put("objective", conversion.objective());
            result.put("trees", conversion.trees());
            result.put("columns", conversion.columns());
            result.put("golden", conversion.golden());
            WholeFile.write(Path.of(arguments[2]), conversion.onnx());
            WholeFile.write(Path.of(arguments[3]), Json.bytes(result));
        } catch (InvalidInput e) {
            words.println(e.rule());
            System.exit(MISTAKEN);
        } catch (IOException e) {
            words.println("it cannot be read or written: " + e.getMessage());
            System.exit(1);
        }
    }
}
