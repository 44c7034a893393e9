package dev.ringside.training.conversion;

import static dev.ringside.contract.InvalidInput.require;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.ModelManifest.Golden;
import dev.ringside.training.forest.TreeEnsemble;
import dev.ringside.training.graph.Attributes;
import dev.ringside.training.graph.Graph;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * A file of boosted trees as one ONNX graph.
 *
 * @param onnx the graph's bytes
 * @param library what wrote the file
 * @param objective what it was fitted for
 * @param trees how many trees
 * @param columns the columns, in their order
 * @param golden rows whose answers the graph must give, by the trees as they stand in the file
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Conversion(
        byte[] onnx, String library, String objective, int trees, List<String> columns, List<Golden> golden) {
    private static final String FILE = "model";
    private static final String MATRIX = "features";
    private static final String OTHER_OUTPUT = "score";

    /** What goes in. */
    public enum Inputs {
        /** One tensor, shape [rows, columns]. */
        MATRIX,
        /** A tensor for each column under its name, shape [rows, 1]. */
        COLUMNS,
        /** The second where the file names its columns, else the first. */
        AS_NAMED
    }

    /**
     * Converts a file that XGBoost (JSON or UBJSON) or LightGBM (text) has saved.
     *
     * @throws InvalidInput if it is neither, or holds what no graph of trees can say
     */
    public static Conversion of(Path file, Inputs inputs) throws IOException {
        BoostedTrees model = read(file);
        boolean byColumn = inputs == Inputs.COLUMNS || (inputs == Inputs.AS_NAMED && model.isNamed());
        DataType type = model.isDouble() ? DataType.FP64 : DataType.FP32;
        var graph = new Graph("trees");
        String rows = byColumn
                ? columns(graph, model.columns(), type)
                : graph.input(MATRIX, type, List.of(-1L, (long) model.columns().size()));
        String output = byColumn && model.columns().contains(model.link().output())
                ? OTHER_OUTPUT
                : model.link().output();
        graph.reserve(output);
        String sums = TreeEnsemble.write(graph, model.trees(), model.outputs(), model.isDouble(), rows);
        String base = model.isDouble()
                ? graph.constant("base", model.base(), model.outputs())
                : graph.constant("base", floats(model.base()), model.outputs());
        sums = graph.node("Add", "sums", List.of(sums, base));
        graph.output(output, model.link().write(graph, sums), type, List.of(-1L, (long) model.outputs()));
        return new Conversion(
                graph.bytes("ringside"),
                model.library(),
                model.objective(),
                model.trees().size(),
                model.columns(),
                new GoldenRows(model, byColumn ? model.columns() : List.of(MATRIX), output).golden());
    }

    private static String columns(Graph graph, List<String> names, DataType type) {
        require(
                names.stream().distinct().count() == names.size(),
                FILE,
                "has two columns of one name, expected different ones for an input of each column");
        List<String> inputs = names.stream()
                .map(name -> graph.input(name, type, List.of(-1L, 1L)))
                .toList();
        return graph.node("Concat", "columns", inputs, Attributes.of("axis", 1));
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    static BoostedTrees read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (isBinary(bytes)) {
            return new XgboostFile(json(binary(bytes))).read();
        }
        if (bytes.length > 0 && bytes[0] == '{') {
            JsonNode document = json(bytes);
            require(
                    XgboostFile.isOne(document),
                    FILE,
                    document.has("tree_info")
                            ? "is LightGBM's dump_model, which is for people: save the model with save_model, as text"
                            : "is JSON, and none that XGBoost has saved (there is no 'learner')");
            return new XgboostFile(document).read();
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        require(
                LightgbmFile.isOne(text),
                FILE,
                "expected a model that XGBoost has saved (save_model, .json or .ubj) or LightGBM (save_model, text),"
                        + " found neither; text that XGBoost's dump_model writes is for people");
        return new LightgbmFile(text).read();
    }

    /** Whether an object is written in UBJSON: it begins with a length, where JSON has a name. */
    private static boolean isBinary(byte[] bytes) {
        return bytes.length > 1 && bytes[0] == '{' && "iUIlL".indexOf(bytes[1]) >= 0;
    }

    private static byte[] binary(byte[] bytes) throws IOException {
        try {
            return XGBoost.loadModel(bytes).toByteArray("json");
        } catch (XGBoostError e) {
            throw new InvalidInput(FILE, "cannot be read by XGBoost: " + e.getMessage(), e);
        } catch (LinkageError e) {
            throw new InvalidInput(
                    FILE,
                    "is UBJSON, and XGBoost itself, which reads it, cannot be loaded (" + e.getMessage()
                            + "): install libgomp1, or save the model as .json",
                    e);
        }
    }

    private static JsonNode json(byte[] bytes) throws IOException {
        try {
            return Json.mapper().readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new InvalidInput(FILE, "cannot be read: " + e.getOriginalMessage() + "; is it whole?", e);
        }
    }
}
