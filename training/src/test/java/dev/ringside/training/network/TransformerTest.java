package dev.ringside.training.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.FeatureType;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.export.OnnxExporter;
import dev.ringside.training.export.ParityGate;
import dev.ringside.training.features.Embedding;
import dev.ringside.training.features.Encoder.Represented;
import dev.ringside.training.features.OneHot;
import dev.ringside.training.features.PiecewiseLinear;
import dev.ringside.training.features.Standardised;
import dev.ringside.training.learning.Fitted;
import dev.ringside.training.learning.Pipeline;
import dev.ringside.training.learning.RunContext;
import dev.ringside.training.split.Sides;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.MultiheadAttentionForwardFuncOptions;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TransformerTest {
    private static final FeatureSpec X = new FeatureSpec("x", FeatureType.NUMBER);
    private static final FeatureSpec Y = new FeatureSpec("y", FeatureType.NUMBER);
    private static final FeatureSpec CITY = new FeatureSpec("city", FeatureType.CATEGORY);
    private static final FeatureSpec KIND = new FeatureSpec("kind", FeatureType.CATEGORY);
    private static final int TOKEN = 16;

    private static final List<Represented> FEATURES = List.of(
            Represented.byType(X),
            new Represented(Y, List.of(Standardised::fit, new PiecewiseLinear.Settings(4, 5))),
            new Represented(CITY, List.of(new Embedding.Settings(TOKEN, 5))),
            new Represented(KIND, List.of(OneHot::fit)));

    /** A positive where x has the sign that the city wants; a tenth of the numbers is missing. */
    private static Table rows(long seed, int count, String... cities) {
        var random = new Random(seed);
        float[] x = new float[count];
        float[] y = new float[count];
        String[] city = new String[count];
        String[] kind = new String[count];
        double[] targets = new double[count];
        for (int i = 0; i < count; i++) {
            x[i] = random.nextInt(10) == 0 ? Float.NaN : (float) random.nextGaussian();
            y[i] = random.nextInt(10) == 0 ? Float.NaN : (float) random.nextGaussian();
            city[i] = cities[random.nextInt(cities.length)];
            kind[i] = random.nextInt(50) == 0 ? "" : "k" + random.nextInt(3);
            targets[i] = (x[i] > 0) == city[i].equals("A") ? 1 : 0;
        }
        return new Table(
                targets,
                null,
                null,
                Map.of(
                        "x",
                        new Column.Numbers(x),
                        "y",
                        new Column.Numbers(y),
                        "city",
                        Column.Categories.of(city),
                        "kind",
                        Column.Categories.of(kind)));
    }

    private static NetworkSettings settings(int blocks, int epochs) {
        return new NetworkSettings(
                List.of(),
                Activation.Kind.RELU,
                false,
                false,
                0.1,
                0.005,
                0,
                0,
                64,
                epochs,
                epochs,
                0,
                0,
                1,
                1,
                new TransformerSettings(TOKEN, blocks, 4, 21, 0.1),
                null);
    }

    private static Fitted fitted(Target target, int blocks, int epochs) {
        return (Fitted) new Pipeline(FEATURES, new NetworkLearner(settings(blocks, epochs), target))
                .fit(
                        Sides.all(rows(1, 1_200, "A", "B")),
                        rows(2, 300, "A", "B"),
                        new RunContext(1, (_, _, _, _) -> {}));
    }

    private static Stream<Target> targets() {
        return Stream.of(new Target.Probability(), new Target.Amount(), new Target.Classes(2));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void theGraphScoresAsTheTrainerDoesAlsoWhatIsMissingOrUnknown(Target target) {
        Fitted fitted = fitted(target, 2, 2);

        byte[] onnx = OnnxExporter.write(fitted, fitted.features());

        Table test = rows(3, 1_000, "A", "B", "", "nowhere");
        assertEquals(
                1_000, ParityGate.check(onnx, fitted, fitted.features(), test).rows());
    }

    @Test
    void itLearnsWhatTwoTokensSayTogether() {
        Table test = rows(4, 1_000, "A", "B");
        double[] scores = fitted(new Target.Probability(), 1, 8).score(test);

        int hits = 0;
        for (int row = 0; row < test.size(); row++) {
            hits += (scores[row] > 0.5) == (test.targets()[row] == 1) ? 1 : 0;
        }
        assertTrue(hits > 900, "hits " + hits); // .95 where x is there, by chance a tenth of the rows
    }

    @Test
    void attentionIsThatOfLibtorchItself() {
        Libtorch.load();
        int width = 12;
        var own = new Attention("a", width, 3, 0);
        var weights = new Weights();
        var random = new SplittableRandom(5);
        own.initialise(weights, random);
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            var parameters = new Parameters(weights, false);
            for (String part : List.of("query", "key", "value", "out")) {
                float[] bias = Linear.even(random, 1, width);
                parameters.get("a." + part + ".bias").copy_(Parameters.tensor(bias, width));
            }
            Tensor asking = Parameters.tensor(Linear.even(random, 1, 4 * 2 * width), 4, 2, width);
            Tensor asked = Parameters.tensor(Linear.even(random, 1, 4 * 7 * width), 4, 7, width);
            var options = new MultiheadAttentionForwardFuncOptions(
                    width,
                    3,
                    joined(parameters, "weight"),
                    joined(parameters, "bias"),
                    new Tensor(),
                    new Tensor(),
                    false,
                    0,
                    parameters.get("a.out.weight"),
                    parameters.get("a.out.bias"));
            Tensor told = torch.multi_head_attention_forward(
                            asking.transpose(0, 1), asked.transpose(0, 1), asked.transpose(0, 1), options)
                    .get0()
                    .transpose(0, 1);

            assertArrayEquals(
                    Parameters.floats(told), Parameters.floats(own.forward(asking, asked, parameters, true)), 1e-6f);
        }
    }

    private static Tensor joined(Parameters parameters, String kind) {
        return torch.cat(
                new TensorVector(
                        parameters.get("a.query." + kind),
                        parameters.get("a.key." + kind),
                        parameters.get("a.value." + kind)),
                0);
    }

    @Test
    void aNumberATextAndSomethingUnknownBecomeTokensAsThePaperSays() {
        Fitted fitted = fitted(new Target.Probability(), 1, 1);
        NetworkModel model = (NetworkModel) fitted.model();
        Network network = Network.of(model.parts(), model.settings(), 1);
        Table one = new Table(
                new double[1],
                null,
                null,
                Map.of(
                        "x",
                        new Column.Numbers(new float[] {0.7f}),
                        "y",
                        new Column.Numbers(new float[] {Float.NaN}),
                        "city",
                        Column.Categories.of("B"),
                        "kind",
                        Column.Categories.of("new")));
        var x = (Standardised) fitted.encoder().encodings().getFirst();
        float scaled = (float) ((0.7f - x.mean()) / x.deviation());
        float[] tokens;
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            var parameters = new Parameters(model.weights(), false);
            Tensor numbers = network.inputs()
                    .forward(network.inputs().tensors(fitted.encoder().encode(one)), parameters);
            tokens = Parameters.floats(network.body().getFirst().forward(numbers, parameters, false));
        }

        float[] first = model.weights().get("tokens.class").values();
        float[] numbers = model.weights().get("tokens.weight").values();
        float[] bias = model.weights().get("tokens.bias").values();
        float[] cities = model.weights().get("embedding3").values();
        for (int i = 0; i < TOKEN; i++) {
            assertEquals(first[i], tokens[i], 1e-6f, "the class token");
            assertEquals(bias[i] + scaled * numbers[i], tokens[TOKEN + i], 1e-6f, "x");
            assertEquals(bias[TOKEN + i], tokens[2 * TOKEN + i], 1e-6f, "y is missing, and so at its mean");
            assertEquals(bias[2 * TOKEN + i], tokens[3 * TOKEN + i], 1e-6f, "a kind that is laid out, and unknown");
            assertEquals(bias[3 * TOKEN + i] + cities[2 * TOKEN + i], tokens[4 * TOKEN + i], 1e-6f, "the second city");
        }
    }
}
