package dev.ringside.training.features;

import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.graph.Attributes;
import dev.ringside.training.graph.Graph;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A text as one of a few places that a hash gives it, for vocabularies that are too large for a place each. A graph knows
 * no hash of a text, so it holds the places of the training rows' texts; another text is all zeros.
 *
 * @param feature the raw column
 * @param vocabulary the training rows' texts, sorted
 * @param buckets how many places
 */
public record Hashed(FeatureSpec feature, List<String> vocabulary, int buckets) implements Encoding {
    /** Keeps the list as it is. */
    public Hashed {
        vocabulary = List.copyOf(vocabulary);
    }

    /**
     * What to learn.
     *
     * @param buckets how many places
     */
    public record Settings(int buckets) implements Representation {
        @Override
        public Hashed fit(FeatureSpec feature, Column column, double[] targets) {
            return new Hashed(feature, Vocabulary.of(Values.texts(column)), buckets);
        }
    }

    /** FNV-1a of the text's UTF-16, 32 bits, modulo the places. */
    private int bucket(String text) {
        int hash = 0x811c9dc5;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x01000193;
        }
        return Integer.remainderUnsigned(hash, buckets);
    }

    @Override
    public Part part() {
        return new Part.OneHot(buckets);
    }

    @Override
    public Block.Index encode(Column column) {
        int[] places = Vocabulary.places(vocabulary, Values.texts(column), 0, -1);
        for (int row = 0; row < places.length; row++) {
            places[row] = places[row] < 0 ? -1 : bucket(vocabulary.get(places[row]));
        }
        return new Block.Index(places);
    }

    @Override
    public String export(Graph graph, String raw) {
        String name = feature.name();
        String place = graph.node(
                Graph.ML,
                "LabelEncoder",
                name + "/bucket",
                List.of(Values.texts(graph, feature, raw)),
                Attributes.of("keys_strings", new ArrayList<>(vocabulary)),
                Attributes.of(
                        "values_int64s",
                        vocabulary.stream().mapToLong(this::bucket).toArray()),
                Attributes.of("default_int64", -1));
        return Places.oneHot(graph, name, place, LongStream.range(0, buckets).toArray());
    }
}
