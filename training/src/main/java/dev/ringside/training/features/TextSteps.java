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
 * The last texts of a list, in their order, for a learner that gives each a vector and reads them one after the other
 * ({@link Part.EmbeddedSteps}). Place 0 is for no text, place 1 for texts that were too rare in the training rows' lists, or
 * not there at all.
 *
 * @param feature the raw column
 * @param vocabulary the texts that have a place of their own, sorted
 * @param steps how they are read
 * @param dimensions length of a vector
 */
public record TextSteps(FeatureSpec feature, List<String> vocabulary, Part.Steps steps, int dimensions)
        implements Encoding {
    private static final int UNKNOWN = 1;
    private static final int FIRST = 2;

    /** Keeps the list as it is. */
    public TextSteps {
        vocabulary = List.copyOf(vocabulary);
    }

    /**
     * What to learn.
     *
     * @param steps how they are read
     * @param dimensions length of a vector; 0 for min(50, 1.6 × size^.56), the rule of fastai
     * @param leastItems how many items of the training rows' lists a text must be for a place of its own
     */
    public record Settings(Part.Steps steps, int dimensions, int leastItems) implements Representation {
        @Override
        public TextSteps fit(FeatureSpec feature, Column column, double[] targets) {
            Column.CategoryLists lists = Values.textLists(column);
            int[] items = new int[lists.texts().size()];
            Arrays.stream(lists.codes()).forEach(code -> items[code]++);
            List<String> there = IntStream.range(0, items.length)
                    .filter(code -> items[code] > 0 && !lists.texts().get(code).isEmpty())
                    .boxed()
                    .map(lists.texts()::get)
                    .toList();
            if (there.isEmpty()) {
                throw new Unrepresentable("is empty in every training row: leave it out");
            }
            List<String> vocabulary = IntStream.range(0, items.length)
                    .filter(code -> items[code] > 0 && items[code] >= leastItems)
                    .mapToObj(lists.texts()::get)
                    .filter(text -> !text.isEmpty())
                    .sorted()
                    .toList();
            int length = dimensions > 0 ? dimensions : Embedding.length(vocabulary.size() + FIRST);
            return new TextSteps(feature, vocabulary, steps, length);
        }
    }

    @Override
    public Part part() {
        return new Part.EmbeddedSteps(steps, vocabulary.size() + FIRST, dimensions);
    }

    @Override
    public Block.Dense encode(Column column) {
        Column.CategoryLists lists = Values.textLists(column);
        Map<String, Integer> places = new HashMap<>();
        vocabulary.forEach(text -> places.put(text, FIRST + places.size()));
        int[] ofCode = lists.texts().stream()
                .mapToInt(text -> text.isEmpty() ? 0 : places.getOrDefault(text, UNKNOWN))
                .toArray();
        int count = steps.steps();
        float[] encoded = new float[Math.multiplyExact(column.size(), count)];
        for (int row = 0; row < column.size(); row++) {
            int end = lists.starts()[row + 1];
            while (end > lists.starts()[row] && ofCode[lists.codes()[end - 1]] == 0) {
                end--; // in the graph an empty text at the end cannot be told from what is padded
            }
            for (int i = Math.max(lists.starts()[row], end - count); i < end; i++) {
                encoded[(row + 1) * count - end + i] = ofCode[lists.codes()[i]];
            }
        }
        return new Block.Dense(count, encoded);
    }

    @Override
    public String export(Graph graph, String raw) {
        String name = feature.name();
        List<String> known = new ArrayList<>(List.of(""));
        known.addAll(vocabulary);
        long[] places = LongStream.concat(LongStream.of(0), LongStream.range(FIRST, FIRST + vocabulary.size()))
                .toArray();
        String place = graph.node(
                Graph.ML,
                "LabelEncoder",
                name + "/place",
                List.of(raw),
                Attributes.of("keys_strings", known),
                Attributes.of("values_int64s", places),
                Attributes.of("default_int64", UNKNOWN));
        String none = graph.constant(name + "/none", new long[] {0}, 1, 1);
        String there = graph.node("Greater", name + "/there", List.of(place, none));
        LastItems last = LastItems.of(graph, name, there, steps.steps());
        return graph.node("Where", name + "/steps", List.of(last.known(), last.of(name + "/last", place), none));
    }
}
