package dev.ringside.training.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.model.ModelManifest.Golden;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.FeatureType;
import dev.ringside.training.dataset.Rows;
import dev.ringside.training.features.Encoder;
import dev.ringside.training.features.FeatureMatrix;
import dev.ringside.training.learning.DenseLayer;
import dev.ringside.training.learning.Learned;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OnnxExporterTest {
    private static final List<FeatureSpec> FEATURES = List.of(
            new FeatureSpec("amount", FeatureType.NUMBER),
            new FeatureSpec("count", FeatureType.INTEGER),
            new FeatureSpec("city", FeatureType.CATEGORY));
    private static final Rows ROWS = rows(2_500);
    private static final Encoder ENCODER = Encoder.fit(ROWS, FEATURES);
    private static final List<DenseLayer> LAYERS = layers();

    private static Rows rows(int count) {
        var random = new Random(5);
        String[] texts = {"Genève", "AUS", "", "SEA"};
        float[] amounts = new float[count];
        long[] counts = new long[count];
        String[] cities = new String[count];
        for (int i = 0; i < count; i++) {
            amounts[i] = 100 * random.nextFloat();
            counts[i] = random.nextInt(50);
            cities[i] = texts[random.nextInt(texts.length)];
        }
        return new Rows(
                new boolean[count],
                Map.of(
                        "amount", new Column.Numbers(amounts),
                        "count", new Column.Integers(counts),
                        "city", new Column.Categories(cities)));
    }

    private static List<DenseLayer> layers() {
        var random = new Random(6);
        return List.of(layer(random, 6, 5), layer(random, 5, 1));
    }

    private static DenseLayer layer(Random random, int inputs, int outputs) {
        float[] weights = new float[inputs * outputs];
        float[] bias = new float[outputs];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) random.nextGaussian();
        }
        for (int i = 0; i < outputs; i++) {
            bias[i] = (float) random.nextGaussian();
        }
        return new DenseLayer(inputs, outputs, weights, bias);
    }

    /** The layers in double precision, one after the other. */
    private static double[] score(FeatureMatrix rows) {
        double[] scores = new double[rows.rows()];
        for (int row = 0; row < scores.length; row++) {
            double[] values = new double[rows.columns()];
            for (int i = 0; i < values.length; i++) {
                values[i] = rows.values()[row * rows.columns() + i];
            }
            for (DenseLayer layer : LAYERS) {
                double[] next = new double[layer.outputs()];
                for (int out = 0; out < next.length; out++) {
                    next[out] = layer.bias()[out];
                    for (int in = 0; in < values.length; in++) {
                        next[out] += layer.weights()[out * values.length + in] * values[in];
                    }
                    next[out] = layer.outputs() > 1 ? Math.max(0, next[out]) : next[out];
                }
                values = next;
            }
            scores[row] = 1 / (1 + Math.exp(-values[0]));
        }
        return scores;
    }

    private static Learned model() {
        return new Learned(LAYERS, OnnxExporterTest::score, Map.of());
    }

    @Test
    void onnxRuntimeGivesTheTrainersScoresFromRawColumns() {
        ParityGate.Passed passed = ParityGate.check(OnnxExporter.write(ENCODER, LAYERS), ENCODER, model(), ROWS);

        assertEquals(1_000, passed.rows());
        assertTrue(passed.largestDifference() <= ParityGate.TOLERANCE, "" + passed.largestDifference());
        assertEquals(16, passed.golden().size());
        Golden first = passed.golden().getFirst();
        assertEquals(ROWS.select(new int[] {0}).tensors(FEATURES), first.inputs());
        assertEquals(List.of(1L, 1L), first.outputs().getFirst().shape());
    }

    @Test
    void aTextThatWasNotInTheTrainingRowsIsScoredAsNoneOfThem() throws Exception {
        var unknown = new Rows(
                new boolean[2],
                Map.of(
                        "amount", new Column.Numbers(new float[] {10, 20}),
                        "count", new Column.Integers(new long[] {3, 4}),
                        "city", new Column.Categories(new String[] {"nowhere", "AUS"})));

        try (var exported = new OnnxModel(OnnxExporter.write(ENCODER, LAYERS))) {
            float[] scores = exported.score(unknown.tensors(FEATURES));

            double[] own = score(ENCODER.encode(unknown));
            assertEquals(own[0], scores[0], 1e-6);
            assertEquals(own[1], scores[1], 1e-6);
        }
    }

    @Test
    void theSignatureIsTheRawColumnsAndOneProbability() {
        assertEquals(
                List.of(
                        new TensorSpec("amount", DataType.FP32, List.of(-1L, 1L)),
                        new TensorSpec("count", DataType.INT64, List.of(-1L, 1L)),
                        new TensorSpec("city", DataType.BYTES, List.of(-1L, 1L))),
                OnnxExporter.signature(ENCODER).inputs());
        assertEquals(
                List.of(new TensorSpec("probability", DataType.FP32, List.of(-1L, 1L))),
                OnnxExporter.signature(ENCODER).outputs());
    }

    @Test
    void equalModelsGiveEqualBytes() {
        assertArrayEquals(
                OnnxExporter.write(ENCODER, LAYERS), OnnxExporter.write(Encoder.fit(ROWS, FEATURES), layers()));
    }

    @Test
    void aFileThatScoresOtherwiseDoesNotPassAndTheWorstRowIsNamed() {
        float[] bias = LAYERS.getLast().bias().clone();
        bias[0] += 1e-3f;
        DenseLayer last = LAYERS.getLast();
        var other = new DenseLayer(last.inputs(), last.outputs(), last.weights(), bias);
        byte[] onnx = OnnxExporter.write(ENCODER, List.of(LAYERS.getFirst(), other));

        String message = assertThrows(ParityFailure.class, () -> ParityGate.check(onnx, ENCODER, model(), ROWS))
                .getMessage();

        assertTrue(message.contains("the exported model is not the trained one"), message);
        assertTrue(message.contains("at most 1e-05 allowed; the row is [amount=["), message);
    }

    @Test
    void scoresThatAreNoNumbersDoNotPass() {
        byte[] onnx = OnnxExporter.write(ENCODER, LAYERS);
        Learned broken = new Learned(
                LAYERS,
                rows -> {
                    double[] scores = score(rows);
                    scores[0] = Double.NaN;
                    return scores;
                },
                Map.of());

        assertThrows(ParityFailure.class, () -> ParityGate.check(onnx, ENCODER, broken, ROWS));
    }

    @Test
    void bytesThatAreNoModelDoNotPass() {
        byte[] broken = Arrays.copyOf(OnnxExporter.write(ENCODER, LAYERS), 100);

        String message = assertThrows(ParityFailure.class, () -> ParityGate.check(broken, ENCODER, model(), ROWS))
                .getMessage();

        assertTrue(message.startsWith("ONNX Runtime refuses the exported model"), message);
    }

    @Test
    void aTensorKeepsTheOrderOfItsRows() {
        assertEquals(
                List.of(Tensor.column("count", 5L, 6L)),
                new Rows(new boolean[2], Map.of("count", new Column.Integers(new long[] {5, 6})))
                        .tensors(List.of(new FeatureSpec("count", FeatureType.INTEGER))));
    }
}
