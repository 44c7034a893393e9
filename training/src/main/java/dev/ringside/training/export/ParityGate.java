package dev.ringside.training.export;

import ai.onnxruntime.OrtException;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.inference.TensorData;
import dev.ringside.contract.model.ModelManifest.Golden;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.learning.Predictor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The gate that an exported file must pass: from raw columns, ONNX Runtime gives the scores that the trainer computes
 * with its own encoder and arithmetic.
 */
public final class ParityGate {
    /** How many rows are compared, or all where there are fewer. */
    public static final int ROWS = 1_000;

    /** The greatest absolute difference of a probability that is let through. */
    public static final double TOLERANCE = 1e-5;

    /** How many rows go into the manifest. */
    public static final int GOLDEN_ROWS = 16;

    private ParityGate() {}

    /**
     * What was proven.
     *
     * @param rows how many rows were compared
     * @param largestDifference the largest absolute difference of a probability among them
     * @param golden rows with ONNX Runtime's answers, one a row
     */
    public record Passed(int rows, double largestDifference, List<Golden> golden) {}

    /**
     * Compares a file with the model that it was written from.
     *
     * @param onnx the file
     * @param rows rows to choose from, at equal distances
     * @throws ParityFailure naming the row that differs most, or why the file cannot be run
     */
    public static Passed check(byte[] onnx, Predictor predictor, List<FeatureSpec> features, Table rows) {
        Table compared = rows.spread(ROWS);
        double[] own = predictor.score(compared);
        try (var exported = new OnnxModel(onnx)) {
            float[] scores = exported.score(compared.tensors(features));
            if (scores.length != own.length) {
                throw new ParityFailure("ONNX Runtime gives " + scores.length + " scores, expected " + own.length);
            }
            double largest = largestDifference(own, scores, compared, features);
            return new Passed(compared.size(), largest, golden(exported, compared, features, predictor.outputs()));
        } catch (OrtException e) {
            throw new ParityFailure("ONNX Runtime refuses the exported model: " + e.getMessage(), e);
        }
    }

    private static double largestDifference(double[] own, float[] scores, Table rows, List<FeatureSpec> features) {
        int worst = 0;
        double largest = 0;
        for (int row = 0; row < own.length; row++) {
            double difference = Math.abs(own[row] - scores[row]);
            if (Double.isNaN(difference)) {
                difference = Double.POSITIVE_INFINITY;
            }
            if (difference > largest) {
                worst = row;
                largest = difference;
            }
        }
        if (largest > TOLERANCE) {
            throw new ParityFailure(String.format(
                    Locale.ROOT,
                    "the exported model is not the trained one: ONNX Runtime gives %.9f where the trainer gives %.9f,"
                            + " a difference of %.2e, at most %.0e allowed; the row is %s",
                    scores[worst],
                    own[worst],
                    largest,
                    TOLERANCE,
                    rows.select(new int[] {worst / (own.length / rows.size())}).tensors(features).stream()
                            .map(tensor -> tensor.name() + "=" + tensor.data())
                            .toList()));
        }
        return largest;
    }

    private static List<Golden> golden(OnnxModel exported, Table rows, List<FeatureSpec> features, int scores)
            throws OrtException {
        List<Golden> golden = new ArrayList<>();
        Table chosen = rows.spread(GOLDEN_ROWS);
        for (int row = 0; row < chosen.size(); row++) {
            List<Tensor> inputs = chosen.select(new int[] {row}).tensors(features);
            golden.add(new Golden(
                    inputs,
                    List.of(new Tensor(
                            OnnxExporter.output(features),
                            List.of(1L, (long) scores),
                            new TensorData.Fp32(exported.score(inputs)))),
                    TOLERANCE));
        }
        return golden;
    }
}
