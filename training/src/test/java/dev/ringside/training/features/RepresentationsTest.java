package dev.ringside.training.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.json.Json;
import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.FeatureType;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.export.OnnxModel;
import dev.ringside.training.features.Encoder.Represented;
import dev.ringside.training.features.Standardised.Imputation;
import dev.ringside.training.graph.Graph;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every representation against NumPy's values (representations.py, NumPy 1.24.2), through its own arithmetic and through
 * ONNX Runtime, on rows with missing values, unknown texts and lists of any length.
 */
class RepresentationsTest {
    private static final JsonNode REFERENCE = reference();
    private static final FeatureSpec NUMBER = new FeatureSpec("number", FeatureType.NUMBER);
    private static final FeatureSpec INTEGER = new FeatureSpec("integer", FeatureType.INTEGER, -1L);
    private static final FeatureSpec TEXT = new FeatureSpec("text", FeatureType.CATEGORY);
    private static final FeatureSpec NUMBERS = new FeatureSpec("numbers", FeatureType.NUMBERS);
    private static final FeatureSpec ITEMS = new FeatureSpec("items", FeatureType.CATEGORIES);
    private static final Table ROWS = rows();

    private static JsonNode reference() {
        try (InputStream json = RepresentationsTest.class.getResourceAsStream("representations.json")) {
            return Json.read(Objects.requireNonNull(json).readAllBytes(), JsonNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Table rows() {
        int n = REFERENCE.path("number").size();
        float[] numbers = new float[n];
        long[] integers = new long[n];
        String[] texts = new String[n];
        double[] targets = new double[n];
        List<Float> listed = new ArrayList<>();
        List<String> items = new ArrayList<>();
        int[] numberStarts = new int[n + 1];
        int[] itemStarts = new int[n + 1];
        for (int i = 0; i < n; i++) {
            numbers[i] = number(REFERENCE.path("number").path(i));
            integers[i] = REFERENCE.path("integer").path(i).asLong();
            texts[i] = REFERENCE.path("text").path(i).asText();
            targets[i] = REFERENCE.path("target").path(i).asDouble();
            REFERENCE.path("numbers").path(i).forEach(value -> listed.add(number(value)));
            REFERENCE.path("items").path(i).forEach(value -> items.add(value.asText()));
            numberStarts[i + 1] = listed.size();
            itemStarts[i + 1] = items.size();
        }
        float[] values = new float[listed.size()];
        IntStream.range(0, values.length).forEach(i -> values[i] = listed.get(i));
        Column.Categories coded = Column.Categories.of(items.toArray(String[]::new));
        return new Table(
                targets,
                null,
                null,
                Map.of(
                        "number", new Column.Numbers(numbers),
                        "integer", new Column.Integers(integers),
                        "text", Column.Categories.of(texts),
                        "numbers", new Column.NumberLists(values, numberStarts),
                        "items", new Column.CategoryLists(coded.texts(), coded.codes(), itemStarts)));
    }

    private static float number(JsonNode value) {
        return value.isNull() ? Float.NaN : (float) value.asDouble();
    }

    private static Stream<Arguments> representations() {
        return Stream.of(
                Arguments.of("standard", NUMBER, (Representation) Standardised::fit),
                Arguments.of("standard_median", NUMBER, new Standardised.Settings(new Imputation.Median())),
                Arguments.of("standard_integer", INTEGER, (Representation) Standardised::fit),
                Arguments.of("min_max", NUMBER, new Ranged.Settings(0)),
                Arguments.of("clip", NUMBER, new Ranged.Settings(0.05)),
                Arguments.of("log", NUMBER, (Representation) Logged::fit),
                Arguments.of("buckets", NUMBER, new Buckets.Settings(6)),
                Arguments.of("missing", NUMBER, (Representation) MissingIndicator::fit),
                Arguments.of("one_hot", TEXT, (Representation) OneHot::fit),
                Arguments.of("dummy", TEXT, (Representation) OneHot::dummy),
                Arguments.of("frequency", TEXT, (Representation) LookedUp::frequency),
                Arguments.of("target", TEXT, new LookedUp.TargetMean(5, 10, 1)),
                Arguments.of("hashed", TEXT, new Hashed.Settings(4)),
                Arguments.of("statistics", NUMBERS, (Representation) NumberStatistics::fit),
                Arguments.of("histogram", NUMBERS, new Histogram.Settings(5)),
                Arguments.of("least", NUMBERS, new FirstSorted.Settings(3, false)),
                Arguments.of("greatest", NUMBERS, new FirstSorted.Settings(3, true)),
                Arguments.of("counts", ITEMS, new ItemCounts.Settings(100, false)),
                Arguments.of("shares", ITEMS, new ItemCounts.Settings(100, true)));
    }

    private static Encoding fitted(FeatureSpec feature, Representation representation) {
        int[] first = IntStream.range(0, REFERENCE.path("fit").asInt()).toArray();
        return Encoder.fit(ROWS.select(first), List.of(new Represented(feature, List.of(representation))))
                .encodings()
                .getFirst();
    }

    /** What the graph gives, laid out as the learner sees it. */
    private static float[] throughOnnxRuntime(Encoding encoding, Table rows) throws Exception {
        FeatureSpec feature = encoding.feature();
        var graph = new Graph("representation");
        String raw = graph.input(
                feature.name(), feature.type().datatype(), feature.type().shape());
        graph.reserve("out");
        graph.output("out", encoding.export(graph, raw), DataType.FP32, List.of(-1L, -1L));
        try (var model = new OnnxModel(graph.bytes("test"))) {
            List<Tensor> inputs = rows.tensors(List.of(feature));
            return model.score(inputs);
        }
    }

    private static float[] ownArithmetic(Encoding encoding, Table rows) {
        Block block = encoding.encode(rows.column(encoding.feature().name()));
        return switch (block) {
            case Block.Dense(int _, float[] values) -> values;
            case Block.Index(int[] places) -> {
                int size = ((Part.OneHot) encoding.part()).size();
                float[] laidOut = new float[places.length * size];
                for (int row = 0; row < places.length; row++) {
                    if (places[row] >= 0) {
                        laidOut[row * size + places[row]] = 1;
                    }
                }
                yield laidOut;
            }
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("representations")
    void givesWhatNumPyGivesByItselfAndInTheGraph(String name, FeatureSpec feature, Representation representation)
            throws Exception {
        Encoding encoding = fitted(feature, representation);
        List<Double> expected = new ArrayList<>();
        REFERENCE.path("expected").path(name).forEach(row -> row.forEach(value -> expected.add(value.asDouble())));

        float[] own = ownArithmetic(encoding, ROWS);
        float[] graph = throughOnnxRuntime(encoding, ROWS);

        assertEquals(expected.size(), own.length);
        assertEquals(expected.size(), graph.length);
        for (int i = 0; i < own.length; i++) {
            // FP32 holds seven digits, so beyond 1 the tolerance of 1e-5 is a relative one.
            double tolerance = 1e-5 * Math.max(1, Math.abs(expected.get(i)));
            assertEquals(expected.get(i), own[i], tolerance, name + " by itself, value " + i);
            assertEquals(expected.get(i), graph[i], tolerance, name + " in the graph, value " + i);
        }
    }

    @Test
    void aTrainingRowIsNeverToldOfItsOwnTarget() {
        int[] rows = IntStream.range(0, ROWS.size()).toArray();
        Table first = ROWS.select(rows);
        double[] other = first.targets().clone();
        other[3] = 1 - other[3];
        Encoding before = new LookedUp.TargetMean(5, 10, 1).fit(TEXT, first.column("text"), first.targets());
        Encoding after = new LookedUp.TargetMean(5, 10, 1).fit(TEXT, first.column("text"), other);

        float[] numbersBefore = ((Block.Dense) before.encodeTraining(first.column("text"))).values();
        float[] numbersAfter = ((Block.Dense) after.encodeTraining(first.column("text"))).values();

        assertEquals(numbersBefore[3], numbersAfter[3]);
        assertNotEquals(
                ((Block.Dense) before.encode(first.column("text"))).values()[3],
                ((Block.Dense) after.encode(first.column("text"))).values()[3]);
    }
}
