package dev.ringside.training.conversion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.inference.TensorData;
import dev.ringside.contract.model.ModelManifest.Golden;
import dev.ringside.engine.LoadedModel;
import dev.ringside.engine.onnx.OnnxEngine;
import dev.ringside.training.conversion.Conversion.Inputs;
import dev.ringside.training.conversion.Fitted.Label;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Graphs beside the libraries themselves: LightGBM adds in FP64 as the graph does, XGBoost in FP32. */
class ConversionTest {
    private static final double SINGLE = 2e-6;
    private static final double DOUBLE = 1e-12;

    @TempDir
    Path folder;

    private Path file(Fitted fitted) throws IOException {
        return Files.write(folder.resolve("model"), fitted.file());
    }

    private static List<Arguments> boosted() {
        return List.of(
                Arguments.of(Label.BINARY, "json", true, Map.of("objective", "binary:logistic")),
                Arguments.of(Label.BINARY, "ubj", false, Map.of("objective", "binary:logistic")),
                Arguments.of(Label.BINARY, "json", false, Map.of("objective", "binary:logitraw")),
                Arguments.of(Label.BINARY, "json", true, Map.of("objective", "binary:logistic", "scale_pos_weight", 3)),
                Arguments.of(Label.NUMBER, "json", true, Map.of("objective", "reg:squarederror")),
                Arguments.of(Label.NUMBER, "json", true, Map.of("objective", "reg:absoluteerror")),
                Arguments.of(Label.SHARE, "json", true, Map.of("objective", "reg:logistic", "base_score", 0.3)),
                Arguments.of(Label.COUNT, "json", true, Map.of("objective", "count:poisson")),
                Arguments.of(Label.POSITIVE, "json", true, Map.of("objective", "reg:tweedie")),
                Arguments.of(Label.POSITIVE, "json", false, Map.of("objective", "reg:gamma")),
                Arguments.of(
                        Label.CLASSES,
                        "json",
                        true,
                        Map.of("objective", "multi:softprob", "num_class", 3, "num_parallel_tree", 2)),
                Arguments.of(
                        Label.BINARY,
                        "json",
                        true,
                        Map.of("objective", "binary:logistic", "booster", "dart", "rate_drop", 0.5)));
    }

    @ParameterizedTest
    @MethodSource("boosted")
    void aGraphAnswersWhatXgboostDoes(Label label, String format, boolean categories, Map<String, Object> parameters)
            throws Exception {
        agree(Fitted.xgboost(label, format, categories, false, parameters), SINGLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "binary",
                "steep",
                "named",
                "roots",
                "nothing-missing",
                "stump",
                "quantile",
                "multiclass",
                "one-versus-all",
                "poisson",
                "tweedie",
                "cross-entropy",
                "cross-entropy-lambda",
                "forest",
                "dart"
            })
    void aGraphAnswersWhatLightgbmDoes(String name) throws Exception {
        agree(Fitted.lightgbm(name), DOUBLE);
    }

    private void agree(Fitted fitted, double tolerance) throws Exception {
        BoostedTrees trees = Conversion.read(file(fitted));
        for (Inputs inputs : List.of(Inputs.MATRIX, Inputs.COLUMNS)) {
            double[][] found = ask(Conversion.of(file(fitted), inputs).onnx(), fitted.rows());
            for (int i = 0; i < found.length; i++) {
                double[] walked = trees.predict(asLibrary(trees, fitted.rows()[i]));
                double[] said = fitted.answers()[i];
                assertEquals(said.length, found[i].length);
                for (int j = 0; j < said.length; j++) {
                    double bound = Math.max(tolerance, tolerance * Math.abs(said[j]));
                    assertEquals(said[j], walked[j], bound, "row " + i);
                    assertEquals(said[j], found[i][j], bound, "row " + i + " of the graph");
                }
            }
        }
    }

    @Test
    void ofTreesThatWereGrownBeyondTheBestRoundTheRestIsLeftOut() throws Exception {
        Fitted fitted = Fitted.xgboost(Label.NUMBER, "json", false, false, Map.of("objective", "reg:squarederror"));
        String stopped = new String(fitted.file(), StandardCharsets.UTF_8)
                .replace("\"attributes\":{}", "\"attributes\":{\"best_iteration\":\"2\"}");
        assertEquals(
                3,
                Conversion.read(Files.writeString(folder.resolve("stopped"), stopped))
                        .trees()
                        .size());
    }

    private static double[] asLibrary(BoostedTrees trees, double[] row) {
        double[] seen = row.clone();
        for (int i = 0; i < seen.length && !trees.isDouble(); i++) {
            seen[i] = (float) seen[i];
        }
        return seen;
    }

    private double[][] ask(byte[] onnx, double[][] rows) throws Exception {
        try (LoadedModel model = new OnnxEngine(1).open(Files.write(folder.resolve("model.onnx"), onnx))) {
            var inputs = new ArrayList<Tensor>();
            boolean isDouble =
                    model.signature().inputs().getFirst().datatype().name().equals("FP64");
            int width = Math.toIntExact(
                    model.signature().inputs().getFirst().shape().get(1));
            for (int i = 0; i < model.signature().inputs().size(); i++) {
                double[] values = new double[rows.length * width];
                for (int j = 0; j < values.length; j++) {
                    values[j] = rows[j / width][i + j % width];
                }
                inputs.add(new Tensor(
                        model.signature().inputs().get(i).name(),
                        List.of((long) rows.length, (long) width),
                        data(values, isDouble)));
            }
            Tensor output = model.run(
                            inputs,
                            List.of(model.signature().outputs().getFirst().name()))
                    .getFirst();
            int outputs = Math.toIntExact(output.shape().get(1));
            double[][] found = new double[rows.length][outputs];
            for (int i = 0; i < rows.length; i++) {
                for (int j = 0; j < outputs; j++) {
                    found[i][j] = output.data() instanceof TensorData.Fp64(double[] values)
                            ? values[i * outputs + j]
                            : ((TensorData.Fp32) output.data()).values()[i * outputs + j];
                }
            }
            return found;
        }
    }

    private static TensorData data(double[] values, boolean isDouble) {
        if (isDouble) {
            return new TensorData.Fp64(values);
        }
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return new TensorData.Fp32(floats);
    }

    @Test
    void goldenRowsHoldOfTheGraph() throws Exception {
        for (Fitted fitted : List.of(
                Fitted.xgboost(
                        Label.CLASSES, "json", true, true, Map.of("objective", "multi:softprob", "num_class", 3)),
                Fitted.lightgbm("named"))) {
            Conversion conversion = Conversion.of(file(fitted), Inputs.AS_NAMED);
            Golden golden = conversion.golden().getFirst();
            assertEquals(Fitted.NAMES, conversion.columns());
            assertEquals(
                    Fitted.NAMES, golden.inputs().stream().map(Tensor::name).toList());
            try (LoadedModel model =
                    new OnnxEngine(1).open(Files.write(folder.resolve("model.onnx"), conversion.onnx()))) {
                Tensor expected = golden.outputs().getFirst();
                Tensor found =
                        model.run(golden.inputs(), List.of(expected.name())).getFirst();
                for (int i = 0; i < expected.data().size(); i++) {
                    assertEquals(
                            Double.parseDouble(expected.data().text(i)),
                            Double.parseDouble(found.data().text(i)),
                            golden.tolerance());
                }
            }
        }
    }

    private String refusal(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("wrong"), text);
        return String.valueOf(assertThrows(InvalidInput.class, () -> Conversion.of(file, Inputs.MATRIX))
                .getMessage());
    }

    private static String text(Fitted fitted) {
        return new String(fitted.file(), StandardCharsets.UTF_8);
    }

    @Test
    void whatNoGraphOfTreesCanSayIsRefusedWithTheReason() throws Exception {
        String zeros = text(Fitted.lightgbm("zeros"));
        assertTrue(refusal(zeros).contains("zero_as_missing"), zeros);
        String light = text(Fitted.lightgbm("binary"));
        assertTrue(refusal(light.replace("is_linear=0", "is_linear=1")).contains("linear_tree"));
        assertTrue(refusal(light.replace("objective=binary", "objective=mine")).contains("\"mine sigmoid:1\""));
        assertTrue(refusal(light.substring(0, light.indexOf("left_child"))).contains("has no leaf_value"));
        String boost = text(Fitted.xgboost(Label.BINARY, "json", false, false, Map.of("objective", "binary:logistic")));
        assertTrue(refusal(boost.replace("\"gbtree\"", "\"gblinear\"")).contains("found booster \"gblinear\""));
        assertTrue(refusal(boost.replace("binary:logistic", "mine")).contains("\"mine\""));
        assertTrue(refusal(boost.substring(0, boost.length() / 2)).contains("is it whole?"));
        assertTrue(refusal("{\"tree_info\": []}").contains("save_model"));
        assertTrue(refusal("{}").contains("no 'learner'"));
        assertTrue(refusal("booster[0]:\n0:[f0<1] yes=1,no=2").contains("dump_model"));
        assertTrue(refusal("").contains("found neither"));
    }
}
