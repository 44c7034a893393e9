package dev.ringside.training.features;

import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.graph.Attributes;
import dev.ringside.training.graph.Graph;
import java.util.List;

/**
 * One number for each text of the training rows: 1 for the text itself, 0 for the others. A text that was not among them
 * is all zeros.
 *
 * @param feature the raw column
 * @param vocabulary the training rows' texts, sorted, then those that a fine-tuning added
 */
public record OneHot(FeatureSpec feature, List<String> vocabulary) implements Encoding {
    /** The most places that a learner is shown side by side. */
    static final int MOST = 5_000;

    /** Keeps the list as it is. */
    public OneHot {
        vocabulary = List.copyOf(vocabulary);
    }

    /** Learns the vocabulary. */
    public static OneHot fit(FeatureSpec feature, Column column, double[] targets) {
        List<String> vocabulary = Vocabulary.of(Values.texts(column));
        if (vocabulary.size() > MOST) {
            throw new Unrepresentable("has " + vocabulary.size() + " different texts in " + column.size()
                    + " training rows, more than the " + MOST + " that are shown side by side: take representation"
                    + " {kind: embedding}, or leave it out if it is the name of a row");
        }
        return new OneHot(feature, vocabulary);
    }

    /** The same without a place for the first text, which is all zeros like an unknown one (dummy coding). */
    public static OneHot dummy(FeatureSpec feature, Column column, double[] targets) {
        OneHot all = fit(feature, column, targets);
        if (all.vocabulary.size() < 2) {
            throw new Unrepresentable("is the same in all training rows: leave it out");
        }
        return new OneHot(feature, all.vocabulary.subList(1, all.vocabulary.size()));
    }

    @Override
    public Part part() {
        return new Part.OneHot(vocabulary.size());
    }

    @Override
    public Block.Index encode(Column column) {
        return new Block.Index(Vocabulary.places(vocabulary, Values.texts(column), 0, -1));
    }

    /** Up to the most places that there may be; the texts beyond stay unknown. */
    @Override
    public OneHot grown(Column column) {
        return new OneHot(feature, Vocabulary.grown(vocabulary, Values.texts(column), 1, MOST));
    }

    @Override
    public String export(Graph graph, String raw) {
        String name = feature.name();
        // zeros = 1: a text outside the vocabulary is all zeros, not an error. [rows, 1] becomes [rows, 1, texts].
        String places = graph.node(
                Graph.ML,
                "OneHotEncoder",
                name + "/places",
                List.of(Values.texts(graph, feature, raw)),
                Attributes.of("cats_strings", vocabulary),
                Attributes.of("zeros", 1));
        return graph.node("Squeeze", name + "/one-hot", List.of(places, graph.axes(name + "/axis", 1)));
    }
}
