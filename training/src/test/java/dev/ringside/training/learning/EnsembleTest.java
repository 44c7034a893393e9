package dev.ringside.training.learning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import dev.ringside.training.features.Raw;
import dev.ringside.training.graph.Graph;
import dev.ringside.training.logistic.LogisticLearner;
import dev.ringside.training.network.NetworkLearner;
import dev.ringside.training.network.NetworkSettings;
import dev.ringside.training.network.Target;
import dev.ringside.training.split.Folds;
import dev.ringside.training.split.Sides;
import dev.ringside.training.split.TrainingSide;
import dev.ringside.training.trees.TreeLearner;
import dev.ringside.training.trees.TreeSettings;
import dev.ringside.training.trees.TreeSettings.Categories;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EnsembleTest {
    private static final RunContext RUN = new RunContext(1, (_, _, _, _) -> {});
    private static final FeatureSpec AMOUNT = new FeatureSpec("amount", FeatureType.NUMBER);
    private static final FeatureSpec CITY = new FeatureSpec("city", FeatureType.CATEGORY);
    private static final List<FeatureSpec> FEATURES = List.of(AMOUNT, CITY);
    private static final Table TRAIN = rows(1, 2_000);
    private static final Table TEST = rows(2, 1_000);

    private static Table rows(long seed, int count) {
        var random = new Random(seed);
        float[] amounts = new float[count];
        String[] cities = new String[count];
        double[] targets = new double[count];
        for (int i = 0; i < count; i++) {
            amounts[i] = random.nextInt(10) == 0 ? Float.NaN : 10 * random.nextFloat();
            int city = random.nextInt(9);
            cities[i] = "city " + city;
            double logit = 2 * Math.sin(amounts[i] * (city % 2 == 0 ? 1 : -1)) + city * 0.2;
            targets[i] = random.nextDouble() < 1 / (1 + Math.exp(Double.isNaN(logit) ? 1 : -logit)) ? 1 : 0;
        }
        return new Table(
                targets,
                null,
                null,
                Map.of("amount", new Column.Numbers(amounts), "city", Column.Categories.of(cities)));
    }

    private static Estimator trees() {
        var settings = new TreeSettings(30, 0.2, 4, 1, 0.7, 1, 1, 0, 0, 64, 0, Categories.PARTITION);
        return new Pipeline(
                List.of(
                        new Represented(AMOUNT, List.of(new Raw.Settings())),
                        new Represented(CITY, List.of(new Embedding.Settings(1, 1)))),
                new TreeLearner(settings, true));
    }

    private static Estimator network() {
        return new Pipeline(
                List.of(
                        new Represented(AMOUNT, List.of(new PiecewiseLinear.Settings(12, 4))),
                        new Represented(CITY, List.of(OneHot::fit))),
                new NetworkLearner(NetworkSettings.plain(List.of(8), 0, 0.01, 0, 64, 3, 3), new Target.Probability()));
    }

    private static Estimator logistic() {
        return new Pipeline(FEATURES.stream().map(Represented::byType).toList(), new LogisticLearner(1e-4));
    }

    private static Stacking stacking(Estimator... members) {
        return new Stacking(
                List.of(members), new LogisticLearner(1e-4), (rows, seed) -> Folds.random(rows, 4, true, seed));
    }

    private static double loss(double[] scores, Table rows) {
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            sum -= Math.log(rows.targets()[i] == 1 ? scores[i] : 1 - scores[i]);
        }
        return sum / scores.length;
    }

    /** An estimator that notes what it was fitted to, and predicts 1 of those rows and 0 of all others. */
    private static final class Remembering implements Estimator {
        private final List<Table> seen = new ArrayList<>();
        private final List<Double> scored = new ArrayList<>();

        @Override
        public Predictor fit(TrainingSide side, @Nullable Table validation, RunContext run) {
            Table train = side.rows();
            seen.add(train);
            Set<Float> known = new HashSet<>();
            for (float value : ((Column.Numbers) train.column("amount")).values()) {
                known.add(value);
            }
            return new Predictor() {
                @Override
                public List<FeatureSpec> features() {
                    return FEATURES;
                }

                @Override
                public double[] score(Table rows) {
                    float[] values = ((Column.Numbers) rows.column("amount")).values();
                    double[] scores = new double[values.length];
                    Arrays.setAll(scores, i -> known.contains(values[i]) ? 1 : 0);
                    Arrays.stream(scores).forEach(scored::add);
                    return scores;
                }

                @Override
                public String export(Graph graph, Map<String, String> inputs) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public Map<String, Double> facts() {
                    return Map.of();
                }
            };
        }
    }

    private static Table distinct(int count) {
        float[] values = new float[count];
        double[] targets = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = i;
            targets[i] = i % 3 == 0 ? 1 : 0;
        }
        String[] texts = new String[count];
        Arrays.fill(texts, "a");
        return new Table(
                targets, null, null, Map.of("amount", new Column.Numbers(values), "city", Column.Categories.of(texts)));
    }

    @Test
    void theCombinationIsLearntOnRowsThatNoMemberHadSeen() {
        Table rows = distinct(400);
        var member = new Remembering();

        stacking(member).fit(Sides.all(rows), null, RUN);

        assertEquals(400, member.scored.size(), "each row once");
        assertEquals(Set.of(0.0), new HashSet<>(member.scored), "none of them known");
        assertEquals(
                List.of(300, 300, 300, 300, 400),
                member.seen.stream().map(Table::size).toList());
    }

    @Test
    void aBagHasAsManyRowsDrawnWithReplacementAndEveryBagOthers() {
        var member = new Remembering();

        new Bagging(member, 3).fit(Sides.all(distinct(1_000)), null, RUN);

        List<Set<Float>> bags = member.seen.stream()
                .map(bag -> {
                    assertEquals(1_000, bag.size());
                    Set<Float> values = new HashSet<>();
                    for (float value : ((Column.Numbers) bag.column("amount")).values()) {
                        values.add(value);
                    }
                    // 1 − 1/e of them are expected, with a standard deviation of about 10.
                    assertEquals(632, values.size(), 50);
                    return values;
                })
                .toList();
        assertFalse(bags.get(0).equals(bags.get(1)));
    }

    @Test
    void seedsAreDifferentModelsAndTheSameOnesEachTime() {
        Averaged fitted = Averaging.seeds(trees(), 3).fit(Sides.all(TRAIN), null, RUN);

        double[] first = fitted.members().get(0).score(TEST);
        double[] second = fitted.members().get(1).score(TEST);

        assertFalse(Arrays.equals(first, second));
        assertArrayEquals(
                fitted.score(TEST),
                Averaging.seeds(trees(), 3).fit(Sides.all(TRAIN), null, RUN).score(TEST));
    }

    @Test
    void aStackOfNetworkTreesAndRegressionIsOneGraphAndNoWorseThanItsBestMember() {
        Predictor stacked =
                stacking(trees(), network(), new Bagging(logistic(), 2)).fit(Sides.all(TRAIN), TRAIN, RUN);

        byte[] onnx = OnnxExporter.write(stacked, FEATURES);

        assertTrue(ParityGate.check(onnx, stacked, FEATURES, TEST).largestDifference() <= 1e-5);
        double trees = loss(trees().fit(Sides.all(TRAIN), TRAIN, RUN).score(TEST), TEST);
        assertTrue(loss(stacked.score(TEST), TEST) < trees + 0.01, () -> loss(stacked.score(TEST), TEST) + " " + trees);
    }

    @Test
    void anAverageOfNetworkAndTreesIsOneGraph() {
        Predictor averaged = new Averaging(List.of(trees(), network(), Averaging.seeds(trees(), 2)))
                .fit(Sides.all(TRAIN), TRAIN, RUN);

        byte[] onnx = OnnxExporter.write(averaged, FEATURES);

        assertTrue(ParityGate.check(onnx, averaged, FEATURES, TEST).largestDifference() <= 1e-5);
        assertEquals(3.0, averaged.facts().get("members"));
    }
}
