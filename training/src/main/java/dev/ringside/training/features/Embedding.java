package dev.ringside.training.features;

import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.graph.Attributes;
import dev.ringside.training.graph.Graph;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A text as a place in the vocabulary, to which a network learns a vector. Place 0 is for texts that were too rare among
 * the training rows, or not there at all.
 *
 * @param feature the raw column
 * @param vocabulary the texts that have a place of their own, sorted, then those that a fine-tuning added
 * @param dimensions length of a vector
 */
public record Embedding(FeatureSpec feature, List<String> vocabulary, int dimensions) implements Encoding {
    /** How many rows a text must have for a place of its own where nothing else is said. */
    public static final int LEAST_ROWS = 5;

    /** Keeps the list as it is. */
    public Embedding {
        vocabulary = List.copyOf(vocabulary);
    }

    /**
     * What to learn.
     *
     * @param dimensions length of a vector; 0 for min(50, 1.6 × size^.56), the rule of fastai
     * @param leastRows how many training rows a text must have for a place of its own
     */
    public record Settings(int dimensions, int leastRows) implements Representation {
        @Override
        public Embedding fit(FeatureSpec feature, Column column, double[] targets) {
            Column.Categories texts = Values.texts(column);
            int[] rows = new int[texts.texts().size()];
            Arrays.stream(texts.codes()).forEach(code -> rows[code]++);
            List<String> vocabulary = IntStream.range(0, rows.length)
                    .filter(code -> rows[code] > 0 && rows[code] >= leastRows)
                    .mapToObj(texts.texts()::get)
                    .sorted()
                    .toList();
            int length = dimensions > 0 ? dimensions : length(vocabulary.size() + 1);
            return new Embedding(feature, vocabulary, length);
        }
    }

    /** How long vectors of so many places are where nothing else is said: min(50, 1.6 × size^.56), the rule of fastai. */
    static int length(int size) {
        return (int) Math.min(50, Math.round(1.6 * StrictMath.pow(size, 0.56)));
    }

    @Override
    public Part part() {
        return new Part.Embedded(vocabulary.size() + 1, dimensions);
    }

    @Override
    public Block.Index encode(Column column) {
        return new Block.Index(Vocabulary.places(vocabulary, Values.texts(column), 1, 0));
    }

    /** With texts that are not rare among the new rows. */
    @Override
    public Embedding grown(Column column) {
        return new Embedding(
                feature, Vocabulary.grown(vocabulary, Values.texts(column), LEAST_ROWS, Integer.MAX_VALUE), dimensions);
    }

    @Override
    public String export(Graph graph, String raw) {
        return graph.node(
                Graph.ML,
                "LabelEncoder",
                feature.name() + "/place",
                List.of(Values.texts(graph, feature, raw)),
                Attributes.of("keys_strings", vocabulary),
                Attributes.of(
                        "values_int64s",
                        LongStream.rangeClosed(1, vocabulary.size()).toArray()),
                Attributes.of("default_int64", 0));
    }
}
