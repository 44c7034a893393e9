package dev.ringside.training.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.FeatureType;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.export.OnnxExporter;
import dev.ringside.training.export.ParityGate;
import dev.ringside.training.features.Encoder.Represented;
import dev.ringside.training.learning.Fitted;
import dev.ringside.training.learning.Pipeline;
import dev.ringside.training.learning.RunContext;
import dev.ringside.training.split.Sides;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BatchEnsembleTest {
    private static final int MEMBERS = 3;
    private static final List<Represented> FEATURES = Stream.of("x", "y")
            .map(name -> Represented.byType(new FeatureSpec(name, FeatureType.NUMBER)))
            .toList();

    /** Which of three rings around the middle a point lies in, or whether it lies in the middle one. */
    private static Table rows(long seed, int count, boolean classes) {
        var random = new Random(seed);
        float[] x = new float[count];
        float[] y = new float[count];
        double[] targets = new double[count];
        for (int i = 0; i < count; i++) {
            x[i] = (float) random.nextGaussian();
            y[i] = (float) random.nextGaussian();
            double radius = Math.hypot(x[i], y[i]);
            int ring = radius < 0.8 ? 0 : radius < 1.5 ? 1 : 2;
            targets[i] = classes ? ring : ring == 1 ? 1 : 0;
        }
        return new Table(targets, null, null, Map.of("x", new Column.Numbers(x), "y", new Column.Numbers(y)));
    }

    private static NetworkSettings settings(int members) {
        return new NetworkSettings(
                List.of(16, 16), Activation.Kind.RELU, false, true, 0.1, 0.01, 0, 0, 64, 8, 8, 1, 0, 1, members);
    }

    private static Fitted fitted(Target target) {
        boolean classes = target instanceof Target.Classes;
        return (Fitted) new Pipeline(FEATURES, new NetworkLearner(settings(MEMBERS), target))
                .fit(Sides.all(rows(1, 1_500, classes)), rows(2, 400, classes), new RunContext(1, (_, _, _, _) -> {}));
    }

    private static Stream<Target> targets() {
        return Stream.of(new Target.Probability(), new Target.Amount(), new Target.Classes(3));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void theGraphScoresAsTheTrainerDoes(Target target) {
        Fitted fitted = fitted(target);

        byte[] onnx = OnnxExporter.write(
                fitted, FEATURES.stream().map(Represented::feature).toList());

        Table test = rows(3, 1_000, target instanceof Target.Classes);
        assertEquals(
                1_000, ParityGate.check(onnx, fitted, fitted.features(), test).rows());
    }

    @Test
    void theScoreIsTheMeanOfNetworksWhoseWeightsAreTheSharedOnesTimesTheirAdapters() {
        Fitted fitted = fitted(new Target.Probability());
        NetworkModel together = (NetworkModel) fitted.model();
        Table test = rows(4, 300, false);

        double[] mean = new double[test.size()];
        double[][] each = new double[MEMBERS][];
        for (int member = 0; member < MEMBERS; member++) {
            var model = new NetworkModel(
                    settings(1), together.parts(), member(together.weights(), member), together.target(), Map.of());
            each[member] = new Fitted(fitted.encoder(), model).score(test);
            for (int row = 0; row < mean.length; row++) {
                mean[row] += each[member][row] / MEMBERS;
            }
        }

        assertArrayEquals(mean, fitted.score(test), 1e-6);
        assertNotEquals(each[0][0], each[1][0], 1e-3);
    }

    /** W ∘ (s rᵀ) for each layer, and the member's own biases and head. */
    private static Weights member(Weights shared, int member) {
        var own = new Weights();
        for (String layer : List.of("layer1", "layer2")) {
            Weights.Values weight = shared.get(layer + ".weight");
            int inputs = (int) weight.shape()[1];
            int outputs = (int) weight.shape()[0];
            float[] values = weight.values().clone();
            for (int to = 0; to < outputs; to++) {
                for (int from = 0; from < inputs; from++) {
                    values[to * inputs + from] *= shared.get(layer + ".giving").values()[member * outputs + to]
                            * shared.get(layer + ".taking").values()[member * inputs + from];
                }
            }
            own.put(layer + ".weight", values, true, outputs, inputs);
            own.put(layer + ".bias", slice(shared.get(layer + ".bias"), member), true, outputs);
        }
        own.put("head.weight", slice(shared.get("head.weight"), member), true, 1, 16);
        own.put("head.bias", slice(shared.get("head.bias"), member), true, 1);
        return own;
    }

    private static float[] slice(Weights.Values values, int member) {
        int length = values.values().length / MEMBERS;
        return Arrays.copyOfRange(values.values(), member * length, (member + 1) * length);
    }

    @Test
    void aShiftMovesTheLogitOfEveryMember() {
        NetworkModel model = (NetworkModel) fitted(new Target.Probability()).model();

        float[] before = model.weights().get("head.bias").values();
        float[] after = model.shifted(0.5).weights().get("head.bias").values();

        for (int member = 0; member < MEMBERS; member++) {
            assertEquals(before[member] + 0.5f, after[member], 1e-6f);
        }
    }

    @Test
    void itLearnsWhatNoStraightLineCanTell() {
        Table test = rows(5, 1_000, true);
        double[] scores = fitted(new Target.Classes(3)).score(test);

        int hits = 0;
        for (int row = 0; row < test.size(); row++) {
            int best = 0;
            for (int i = 1; i < 3; i++) {
                best = scores[3 * row + i] > scores[3 * row + best] ? i : best;
            }
            hits += best == test.targets()[row] ? 1 : 0;
        }
        assertTrue(hits > 850, "hits " + hits);
    }
}
