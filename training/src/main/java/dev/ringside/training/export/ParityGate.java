package dev.ringside.training.export;

import ai.onnxruntime.OrtException;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.inference.TensorData;
import dev.ringside.contract.model.ModelManifest.Golden;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.learning.Predictor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/**
 * The gate that an exported file must pass: from raw columns, ONNX Runtime gives the scores that the trainer computes
 * with its own encoder and arithmetic. Numbers are compared in units of the largest of them where that is above 1, as FP32
 * has seven digits and no more.
 */
public final class ParityGate {
    /** How many rows are compared, or all where there are fewer. */
    public static final int ROWS = 1_000;

    /** The greatest difference of a score that is let through, in units of the largest score where that is above 1. */
    public static final double TOLERANCE = 1e-5;

    /** How many rows go into the manifest. */
    public static final int GOLDEN_ROWS = 16;

    private ParityGate() {}

    /**
     * What was proven.
     *
     * @param rows how many rows were compared
     * @param largestDifference the largest difference of a score among them, in units of the output's largest score where
     *     that is above 1
     * @param golden rows with ONNX Runtime's answers, those of the scores first, one a row and output
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
        return check(onnx, predictor, features, rows, new LinkedHashMap<>());
    }

    /**
     * Compares every output of a file with the model that it was written from.
     *
     * @param onnx the file
     * @param rows rows to choose from, at equal distances
     * @param others how many scores each task beside the label has, by its name
     * @throws ParityFailure naming the row that differs most, or why the file cannot be run
     */
    public static Passed check(
            byte[] onnx,
            Predictor predictor,
            List<FeatureSpec> features,
            Table rows,
            SequencedMap<String, Integer> others) {
        Table compared = rows.spread(ROWS);
        List<double[]> own = predictor.scoreAll(compared);
        List<TensorSpec> outputs =
                OnnxExporter.signature(features, predictor.outputs(), others).outputs();
        try (var exported = new OnnxModel(onnx)) {
            List<float[]> scores = exported.outputs(compared.tensors(features));
            if (scores.size() != own.size() || outputs.size() != own.size()) {
                throw new ParityFailure("ONNX Runtime gives " + scores.size() + " outputs, expected " + own.size()
                        + " called " + outputs.stream().map(TensorSpec::name).toList());
            }
            double largest = 0;
            List<Golden> golden = new ArrayList<>();
            for (int i = 0; i < own.size(); i++) {
                if (scores.get(i).length != own.get(i).length) {
                    throw new ParityFailure("ONNX Runtime gives " + scores.get(i).length + " scores called '"
                            + outputs.get(i).name() + "', expected " + own.get(i).length);
                }
                double scale = scale(own.get(i));
                largest = Math.max(largest, largestDifference(own.get(i), scores.get(i), scale, compared, features));
                golden.addAll(
                        golden(exported, compared, features, outputs.get(i).name(), i, TOLERANCE * scale));
            }
            return new Passed(compared.size(), largest, golden);
        } catch (OrtException e) {
            throw new ParityFailure("ONNX Runtime refuses the exported model: " + e.getMessage(), e);
        }
    }

    /** The largest score, or 1. */
    private static double scale(double[] scores) {
        double largest = 1;
        for (double score : scores) {
            largest = Math.max(largest, Math.abs(score));
        }
        return largest;
    }

    private static double largestDifference(
            double[] own, float[] scores, double scale, Table rows, List<FeatureSpec> features) {
        int worst = 0;
        double largest = 0;
        for (int row = 0; row < own.length; row++) {
            double difference = Math.abs(own[row] - scores[row]) / scale;
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
                    largest * scale,
                    TOLERANCE * scale,
                    rows.select(new int[] {worst / (own.length / rows.size())}).tensors(features).stream()
                            .map(tensor -> tensor.name() + "=" + tensor.data())
                            .toList()));
        }
        return largest;
    }

    /** Rows with what one output says of them. */
    private static List<Golden> golden(
            OnnxModel exported, Table rows, List<FeatureSpec> features, String output, int place, double tolerance)
            throws OrtException {
        List<Golden> golden = new ArrayList<>();
        Table chosen = rows.spread(GOLDEN_ROWS);
        for (int row = 0; row < chosen.size(); row++) {
            List<Tensor> inputs = chosen.select(new int[] {row}).tensors(features);
            float[] scores = exported.outputs(inputs).get(place);
            golden.add(new Golden(
                    inputs,
                    List.of(new Tensor(output, List.of(1L, (long) scores.length), new TensorData.Fp32(scores))),
                    tolerance));
        }
        return golden;
    }
}
