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
import dev.ringside.training.dataset.Table;
import dev.ringside.training.features.Embedding;
import dev.ringside.training.features.Encoder;
import dev.ringside.training.features.Encoder.Represented;
import dev.ringside.training.features.OneHot;
import dev.ringside.training.features.Periodic;
import dev.ringside.training.features.PiecewiseLinear;
import dev.ringside.training.features.Standardised;
import dev.ringside.training.graph.Graph;
import dev.ringside.training.learning.Averaged;
import dev.ringside.training.learning.Examples;
import dev.ringside.training.learning.Fitted;
import dev.ringside.training.learning.Learner;
import dev.ringside.training.learning.Predictor;
import dev.ringside.training.learning.RunContext;
import dev.ringside.training.logistic.LogisticLearner;
import dev.ringside.training.network.Activation;
import dev.ringside.training.network.NetworkLearner;
import dev.ringside.training.network.NetworkSettings;
import dev.ringside.training.network.Target;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxExporterTest {
    private static final FeatureSpec AMOUNT = new FeatureSpec("amount", FeatureType.NUMBER);
    private static final FeatureSpec COUNT = new FeatureSpec("count", FeatureType.INTEGER, -1L);
    private static final FeatureSpec CITY = new FeatureSpec("city", FeatureType.CATEGORY);
    private static final List<FeatureSpec> FEATURES = List.of(AMOUNT, COUNT, CITY);
    private static final Table ROWS = rows(1_500, 5, "Genève", "AUS", "", "SEA");
    private static final Predictor LOGISTIC = predictor(new LogisticLearner(1e-4), byType());

    private static List<Represented> byType() {
        return FEATURES.stream().map(Represented::byType).toList();
    }

    /** Every twentieth number is missing. */
    private static Table rows(int count, long seed, String... texts) {
        var random = new Random(seed);
        float[] amounts = new float[count];
        long[] counts = new long[count];
        String[] cities = new String[count];
        double[] targets = new double[count];
        for (int i = 0; i < count; i++) {
            amounts[i] = random.nextInt(20) == 0 ? Float.NaN : 100 * random.nextFloat();
            counts[i] = random.nextInt(20) == 0 ? -1 : 5_000_000_000L + random.nextInt(50);
            cities[i] = texts[random.nextInt(texts.length)];
            targets[i] = random.nextFloat() * 100 < amounts[i] ? 1 : 0;
        }
        return new Table(
                targets,
                null,
                null,
                Map.of(
                        "amount", new Column.Numbers(amounts),
                        "count", new Column.Integers(counts),
                        "city", Column.Categories.of(cities)));
    }

    private static Predictor predictor(Learner learner, List<Represented> features) {
        Encoder encoder = Encoder.fit(ROWS, features);
        Examples examples = Examples.of(encoder, ROWS);
        return new Fitted(encoder, learner.fit(examples, examples, new RunContext(1, (_, _, _, _) -> {})));
    }

    private static NetworkLearner network(Activation.Kind activation, boolean batchNorm) {
        return new NetworkLearner(
                new NetworkSettings(List.of(8, 8), activation, batchNorm, true, 0.1, 0.01, 0, 1, 64, 2, 2, 1, 1, 1, 1),
                new Target.Probability());
    }

    private static ParityGate.Passed parity(Predictor predictor, Table rows) {
        return ParityGate.check(OnnxExporter.write(predictor, FEATURES), predictor, FEATURES, rows);
    }

    /** The predictor with other scores of its own. */
    private static Predictor scoring(UnaryOperator<double[]> otherwise) {
        return new Predictor() {
            @Override
            public List<FeatureSpec> features() {
                return LOGISTIC.features();
            }

            @Override
            public double[] score(Table rows) {
                return otherwise.apply(LOGISTIC.score(rows));
            }

            @Override
            public String export(Graph graph, Map<String, String> inputs) {
                return LOGISTIC.export(graph, inputs);
            }

            @Override
            public Map<String, Double> facts() {
                return Map.of();
            }
        };
    }

    @Test
    void onnxRuntimeGivesTheTrainersScoresFromRawColumns() {
        ParityGate.Passed passed = parity(LOGISTIC, ROWS);

        assertEquals(1_000, passed.rows());
        assertTrue(passed.largestDifference() <= 1e-6, "" + passed.largestDifference());
        assertEquals(16, passed.golden().size());
        Golden first = passed.golden().getFirst();
        assertEquals(ROWS.select(new int[] {0}).tensors(FEATURES), first.inputs());
        assertEquals(List.of(1L, 1L), first.outputs().getFirst().shape());
    }

    @ParameterizedTest
    @EnumSource(Activation.Kind.class)
    void aNetworkOfEveryKindOfInputScoresTheSameInTheGraph(Activation.Kind activation) {
        List<Represented> features = List.of(
                new Represented(
                        AMOUNT,
                        List.of(
                                Standardised::fit,
                                new PiecewiseLinear.Settings(12, 4),
                                new PiecewiseLinear.Settings(6, 0),
                                new Periodic.Settings(8, 0.5, 3))),
                new Represented(COUNT, List.of(Standardised::fit, new PiecewiseLinear.Settings(20, 4))),
                new Represented(CITY, List.of(OneHot::fit, new Embedding.Settings(3, 1))));

        Predictor predictor = predictor(network(activation, true), features);

        assertTrue(parity(predictor, rows(1_000, 6, "AUS", "nowhere", "")).largestDifference() <= 1e-5);
    }

    @Test
    void logisticRegressionOnBinsScoresTheSameInTheGraph() {
        Predictor predictor = predictor(
                new LogisticLearner(1e-3),
                List.of(
                        new Represented(AMOUNT, List.of(new PiecewiseLinear.Settings(10, 0))),
                        Represented.byType(CITY)));

        assertTrue(parity(predictor, rows(1_000, 6, "AUS", "nowhere")).largestDifference() <= 1e-6);
    }

    @Test
    void anEnsembleLeavesAsOneGraph() {
        var ensemble = new Averaged(List.of(
                LOGISTIC,
                predictor(network(Activation.Kind.RELU, false), byType()),
                predictor(network(Activation.Kind.TANH, true), byType())));

        assertTrue(parity(ensemble, ROWS).largestDifference() <= 1e-5);
        assertEquals(FEATURES, ensemble.features());
    }

    @Test
    void theSignatureIsTheRawColumnsAndOneProbability() {
        assertEquals(
                List.of(
                        new TensorSpec("amount", DataType.FP32, List.of(-1L, 1L)),
                        new TensorSpec("count", DataType.INT64, List.of(-1L, 1L)),
                        new TensorSpec("city", DataType.BYTES, List.of(-1L, 1L))),
                OnnxExporter.signature(FEATURES, 1).inputs());
        assertEquals(
                List.of(new TensorSpec("probability", DataType.FP32, List.of(-1L, 1L))),
                OnnxExporter.signature(FEATURES, 1).outputs());
    }

    @ParameterizedTest
    @ValueSource(strings = {"probability", "score", "encoded", "weights", "logit", "sigmoid", "mean", "x/fp64"})
    @DisplayName("D5: a feature may be called as anything inside the graph is")
    void aFeatureMayBeCalledAsAnythingInsideTheGraphIs(String name) {
        var feature = new FeatureSpec(name, FeatureType.NUMBER);
        var rows = new Table(ROWS.targets(), null, null, Map.of(name, ROWS.column("amount")));
        Encoder encoder = Encoder.fit(rows, List.of(Represented.byType(feature)));
        Predictor predictor = new Fitted(
                encoder,
                new LogisticLearner(1e-4).fit(Examples.of(encoder, rows), null, new RunContext(1, (_, _, _, _) -> {})));

        byte[] onnx = OnnxExporter.write(predictor, List.of(feature));

        assertTrue(ParityGate.check(onnx, predictor, List.of(feature), rows).largestDifference() <= 1e-6);
    }

    @Test
    void equalModelsGiveEqualBytes() {
        assertArrayEquals(
                OnnxExporter.write(LOGISTIC, FEATURES),
                OnnxExporter.write(predictor(new LogisticLearner(1e-4), byType()), FEATURES));
    }

    @Test
    void aFileThatScoresOtherwiseDoesNotPassAndTheWorstRowIsNamed() {
        Predictor other = scoring(
                scores -> Arrays.stream(scores).map(score -> score + 1e-4).toArray());

        String message =
                assertThrows(ParityFailure.class, () -> parity(other, ROWS)).getMessage();

        assertTrue(message.contains("the exported model is not the trained one"), message);
        assertTrue(message.contains("at most 1e-05 allowed; the row is [amount=["), message);
    }

    @Test
    void scoresThatAreNoNumbersDoNotPass() {
        Predictor broken = scoring(scores -> {
            scores[0] = Double.NaN;
            return scores;
        });

        assertThrows(ParityFailure.class, () -> parity(broken, ROWS));
    }

    @Test
    void bytesThatAreNoModelDoNotPass() {
        byte[] broken = Arrays.copyOf(OnnxExporter.write(LOGISTIC, FEATURES), 100);

        String message = assertThrows(ParityFailure.class, () -> ParityGate.check(broken, LOGISTIC, FEATURES, ROWS))
                .getMessage();

        assertTrue(message.startsWith("ONNX Runtime refuses the exported model"), message);
    }

    @Test
    void aTensorKeepsTheOrderOfItsRows() {
        var rows = new Table(new double[2], null, null, Map.of("count", new Column.Integers(new long[] {5, 6})));

        assertEquals(List.of(Tensor.column("count", 5L, 6L)), rows.tensors(List.of(COUNT)));
    }
}
