package dev.ringside.training.trees;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.FeatureType;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.export.OnnxExporter;
import dev.ringside.training.export.OnnxModel;
import dev.ringside.training.export.ParityGate;
import dev.ringside.training.features.Embedding;
import dev.ringside.training.features.Encoder;
import dev.ringside.training.features.Encoder.Represented;
import dev.ringside.training.features.OneHot;
import dev.ringside.training.features.Raw;
import dev.ringside.training.features.Representation;
import dev.ringside.training.learning.Examples;
import dev.ringside.training.learning.Fitted;
import dev.ringside.training.trees.TreeSettings.Categories;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every row ends in the leaf in which it ends in XGBoost, in our own walk and in the graph, with missing numbers and texts
 * that were not among the training rows. The graph's leaves are told apart by putting a value of its own into each.
 */
class RoutingTest {
    private static final FeatureSpec AMOUNT = new FeatureSpec("amount", FeatureType.NUMBER);
    private static final FeatureSpec COUNT = new FeatureSpec("count", FeatureType.INTEGER, -1L);
    private static final FeatureSpec CITY = new FeatureSpec("city", FeatureType.CATEGORY);
    private static final List<FeatureSpec> FEATURES = List.of(AMOUNT, COUNT, CITY);
    private static final Table TRAIN = rows(4_000, 1, 70);
    /** With ten texts that are new. */
    private static final Table OTHERS = rows(1_000, 2, 80);

    private static Table rows(int count, long seed, int cities) {
        var random = new Random(seed);
        float[] amounts = new float[count];
        long[] counts = new long[count];
        String[] texts = new String[count];
        double[] targets = new double[count];
        for (int i = 0; i < count; i++) {
            amounts[i] = random.nextInt(10) == 0 ? Float.NaN : 100 * random.nextFloat();
            counts[i] = random.nextInt(10) == 0 ? -1 : 5_000_000_000L + random.nextInt(50);
            int city = random.nextInt(cities);
            texts[i] = city == 0 ? "" : "city " + city;
            double logit = (amounts[i] > 40 ? 1 : -1) + (city * 37 % 11 - 5) * 0.4 + (counts[i] % 7 > 3 ? 1 : -1);
            targets[i] = random.nextDouble() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
        }
        return new Table(
                targets,
                null,
                null,
                Map.of(
                        "amount", new Column.Numbers(amounts),
                        "count", new Column.Integers(counts),
                        "city", Column.Categories.of(texts)));
    }

    private static TreeSettings settings(Categories categories) {
        return new TreeSettings(40, 0.3, 6, 1, 0.8, 1, 1, 0, 0, 64, 0, categories);
    }

    private static List<Represented> features(Representation city) {
        return List.of(
                new Represented(AMOUNT, List.of(new Raw.Settings())),
                new Represented(COUNT, List.of(new Raw.Settings())),
                new Represented(CITY, List.of(city)));
    }

    /** What was learnt, with XGBoost still at work. */
    private record Grown(Encoder encoder, Columns columns, TreeModel model, Boosting boosting) {}

    private static Grown grow(String city, Categories categories) {
        Representation representation = city.equals("one_hot") ? OneHot::fit : new Embedding.Settings(1, 30);
        Encoder encoder = Encoder.fit(TRAIN, features(representation));
        Examples examples = Examples.of(encoder, TRAIN);
        var columns = new Columns(encoder.parts());
        var boosting = new Boosting(
                columns, examples, null, new TreeLearner(settings(categories), true).parameters(1), null, null);
        for (int round = 0; round < 40; round++) {
            boosting.grow(round);
        }
        Forest forest = new ForestReader(columns, true).read(boosting.model(), 40);
        return new Grown(encoder, columns, new TreeModel(encoder.parts(), forest, true, Map.of()), boosting);
    }

    @ParameterizedTest
    @CsvSource({"one_hot, PARTITION", "place, ONE_HOT", "place, PARTITION"})
    void everyRowEndsInXgboostsLeafAndHasItsMargin(String city, Categories categories) {
        Grown grown = grow(city, categories);
        Examples examples = Examples.of(grown.encoder(), OTHERS);
        Columns.Rows rows = grown.columns().rows(examples.features());
        float[] row = new float[grown.columns().width()];
        try (Boosting boosting = grown.boosting()) {
            float[][] leaves = boosting.leaves(grown.columns(), examples);
            float[] margins = boosting.margins(grown.columns(), examples);
            for (int i = 0; i < examples.size(); i++) {
                rows.fill(i, row);
                for (int tree = 0; tree < 40; tree++) {
                    assertEquals(
                            (int) leaves[i][tree],
                            grown.model().forest().trees().get(tree).leaf(row),
                            "row " + i + ", tree " + tree);
                }
                assertEquals(margins[i], grown.model().forest().margin(row), 1e-6, "row " + i);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"one_hot, PARTITION", "place, ONE_HOT", "place, PARTITION"})
    void everyRowEndsInTheSameLeafOfTheGraph(String city, Categories categories) throws Exception {
        Grown grown = grow(city, categories);
        grown.boosting().close();
        Examples examples = Examples.of(grown.encoder(), OTHERS);
        Columns.Rows rows = grown.columns().rows(examples.features());
        float[] row = new float[grown.columns().width()];
        for (Tree tree : grown.model().forest().trees()) {
            float[] numbered = tree.values().clone();
            for (int node = 0; node < numbered.length; node++) {
                numbered[node] = tree.isLeaf(node) ? node : numbered[node];
            }
            var told = new Tree(tree.left(), tree.right(), tree.column(), numbered, tree.missingLeft(), tree.sets());
            var model = new TreeModel(grown.encoder().parts(), new Forest(0, List.of(told)), false, Map.of());
            byte[] onnx = OnnxExporter.write(new Fitted(grown.encoder(), model), FEATURES);
            try (var graph = new OnnxModel(onnx)) {
                float[] leaves = graph.score(OTHERS.tensors(FEATURES));
                for (int i = 0; i < leaves.length; i++) {
                    rows.fill(i, row);
                    assertEquals(tree.leaf(row), (int) leaves[i], "row " + i);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"one_hot, PARTITION, TreeEnsembleRegressor", "place, PARTITION, TreeEnsemble"})
    void theWholeGraphScoresAsTheModelDoes(String city, Categories categories, String operator) throws Exception {
        Grown grown = grow(city, categories);
        grown.boosting().close();
        var predictor = new Fitted(grown.encoder(), grown.model());

        byte[] onnx = OnnxExporter.write(predictor, FEATURES);

        assertTrue(ParityGate.check(onnx, predictor, FEATURES, OTHERS).largestDifference() <= 1e-6);
        Set<String> operators = ModelProto.parseFrom(onnx).getGraph().getNodeList().stream()
                .map(node -> node.getOpType())
                .filter(name -> name.startsWith("Tree"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(operator), operators);
    }

    @Test
    void placesAreSplitByOneOrByMany() {
        Map<Categories, Integer> largest = new TreeMap<>();
        for (Categories categories : Categories.values()) {
            Grown grown = grow("place", categories);
            grown.boosting().close();
            largest.put(
                    categories,
                    grown.model().forest().trees().stream()
                            .flatMapToInt(tree -> IntStream.range(0, tree.left().length)
                                    .filter(node -> tree.sets()[node] != null)
                                    .map(node -> tree.sets()[node].cardinality()))
                            .max()
                            .orElse(0));
        }

        assertEquals(1, largest.get(Categories.ONE_HOT));
        assertTrue(largest.get(Categories.PARTITION) > 5, () -> largest.toString());
    }
}
