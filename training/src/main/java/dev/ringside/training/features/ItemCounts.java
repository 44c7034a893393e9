package dev.ringside.training.features;

import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.graph.Attributes;
import dev.ringside.training.graph.Graph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A list of texts as how often each of a vocabulary is in it, or which share of the list it is. Other texts count for the
 * list's length alone; empty texts are none.
 *
 * @param feature the raw column
 * @param vocabulary the texts that are counted, sorted
 * @param relative whether as shares of the list
 */
public record ItemCounts(FeatureSpec feature, List<String> vocabulary, boolean relative) implements Encoding {
    /** Keeps the list as it is. */
    public ItemCounts {
        vocabulary = List.copyOf(vocabulary);
    }

    /**
     * What to learn.
     *
     * @param most how many texts are counted at most, the commonest ones
     * @param relative whether as shares of the list
     */
    public record Settings(int most, boolean relative) implements Representation {
        @Override
        public ItemCounts fit(FeatureSpec feature, Column column, double[] targets) {
            Column.CategoryLists lists = Values.textLists(column);
            long[] counts = new long[lists.texts().size()];
            Arrays.stream(lists.codes()).forEach(code -> counts[code]++);
            List<String> vocabulary = IntStream.range(0, counts.length)
                    .filter(code -> counts[code] > 0 && !lists.texts().get(code).isEmpty())
                    .boxed()
                    .sorted((a, b) -> counts[a] == counts[b]
                            ? lists.texts().get(a).compareTo(lists.texts().get(b))
                            : Long.compare(counts[b], counts[a]))
                    .limit(most)
                    .map(lists.texts()::get)
                    .sorted()
                    .toList();
            if (vocabulary.isEmpty()) {
                throw new Unrepresentable("is empty in every training row: leave it out");
            }
            return new ItemCounts(feature, vocabulary, relative);
        }
    }

    @Override
    public Part part() {
        return new Part.Numbers(vocabulary.size());
    }

    @Override
    public Block.Dense encode(Column column) {
        Column.CategoryLists lists = Values.textLists(column);
        Map<String, Integer> places = new HashMap<>();
        vocabulary.forEach(text -> places.put(text, places.size()));
        int[] ofCode = lists.texts().stream()
                .mapToInt(text -> text.isEmpty() ? -2 : places.getOrDefault(text, -1))
                .toArray();
        int width = vocabulary.size();
        float[] encoded = new float[column.size() * width];
        for (int row = 0; row < column.size(); row++) {
            int items = 0;
            for (int i = lists.starts()[row]; i < lists.starts()[row + 1]; i++) {
                int place = ofCode[lists.codes()[i]];
                items += place == -2 ? 0 : 1;
                if (place >= 0) {
                    encoded[row * width + place]++;
                }
            }
            for (int i = 0; relative && items > 0 && i < width; i++) {
                encoded[row * width + i] /= items;
            }
        }
        return new Block.Dense(width, encoded);
    }

    @Override
    public String export(Graph graph, String raw) {
        String name = feature.name();
        int width = vocabulary.size();
        List<String> known = new ArrayList<>(vocabulary);
        known.add("");
        // Known texts 0 …, other texts one beyond, empty ones two beyond.
        long[] places = LongStream.concat(LongStream.range(0, width), LongStream.of(width + 1))
                .toArray();
        String place = graph.node(
                Graph.ML,
                "LabelEncoder",
                name + "/item",
                List.of(raw),
                Attributes.of("keys_strings", known),
                Attributes.of("values_int64s", places),
                Attributes.of("default_int64", width));
        String depth = graph.axes(name + "/depth", width + 2);
        String values = graph.constant(name + "/off and on", new float[] {0, 1}, 2);
        String laidOut = graph.node("OneHot", name + "/places", List.of(place, depth, values));
        String axis = graph.axes(name + "/axis", 1);
        String counts = graph.node("ReduceSum", name + "/counts", List.of(laidOut, axis), Attributes.of("keepdims", 0));
        String own = columns(graph, name + "/own", counts, width);
        if (!relative) {
            return own;
        }
        String there = columns(graph, name + "/there", counts, width + 1);
        String items = graph.node("ReduceSum", name + "/items", List.of(there, axis));
        String one = graph.constant(name + "/one", new float[] {1}, 1);
        return graph.node(
                "Div", name + "/shares", List.of(own, graph.node("Max", name + "/divisor", List.of(items, one))));
    }

    private static String columns(Graph graph, String name, String value, int count) {
        String from = graph.axes(name + "/from", 0);
        String to = graph.axes(name + "/to", count);
        return graph.node("Slice", name, List.of(value, from, to, graph.axes(name + "/axis", 1)));
    }
}
