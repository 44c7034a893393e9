package dev.ringside.training.features;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.graph.Attributes;
import dev.ringside.training.graph.Graph;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A text as a number that was learnt of it: how common it is, or how its rows fared.
 *
 * @param feature the raw column
 * @param vocabulary the training rows' texts, sorted
 * @param numbers the number of each
 * @param unknown the number of a text that is not among them
 * @param training the training rows' own numbers, where they must differ from what other rows get; else null
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record LookedUp(
        FeatureSpec feature,
        List<String> vocabulary,
        float[] numbers,
        float unknown,
        @JsonIgnore float @Nullable [] training)
        implements Encoding {
    /** The share of the training rows that have the text; 0 for one that none has. */
    public static LookedUp frequency(FeatureSpec feature, Column column, double[] targets) {
        Column.Categories texts = Values.texts(column);
        List<String> vocabulary = Vocabulary.of(texts);
        float[] shares = new float[vocabulary.size()];
        for (int place : Vocabulary.places(vocabulary, texts, 0, -1)) {
            shares[place]++;
        }
        for (int i = 0; i < shares.length; i++) {
            shares[i] /= column.size();
        }
        return new LookedUp(feature, vocabulary, shares, 0, null);
    }

    /**
     * The mean target of the training rows that have the text, drawn towards the mean of all rows as if so many rows more
     * had it (Micci-Barreca 2001). A training row's number is of the other folds' rows alone: else it would tell the row's
     * own target.
     *
     * @param folds how many folds
     * @param smoothing how many rows of the mean of all are added to each text's own
     * @param seed of the folds
     */
    public record TargetMean(int folds, double smoothing, long seed) implements Representation {
        @Override
        public LookedUp fit(FeatureSpec feature, Column column, double[] targets) {
            Column.Categories texts = Values.texts(column);
            List<String> vocabulary = Vocabulary.of(texts);
            int[] places = Vocabulary.places(vocabulary, texts, 0, -1);
            var random = new SplittableRandom(seed);
            int[] fold = new int[places.length];
            double[][] sums = new double[folds][vocabulary.size()];
            double[][] counts = new double[folds][vocabulary.size()];
            for (int row = 0; row < places.length; row++) {
                fold[row] = random.nextInt(folds);
                sums[fold[row]][places[row]] += targets[row];
                counts[fold[row]][places[row]]++;
            }
            float[] training = new float[places.length];
            float[][] ofOthers = new float[folds][];
            for (int i = 0; i < folds; i++) {
                ofOthers[i] = means(sums, counts, i);
            }
            for (int row = 0; row < places.length; row++) {
                training[row] = ofOthers[fold[row]][places[row]];
            }
            return new LookedUp(feature, vocabulary, means(sums, counts, -1), (float) mean(sums, counts, -1), training);
        }

        private float[] means(double[][] sums, double[][] counts, int without) {
            double all = mean(sums, counts, without);
            float[] means = new float[sums[0].length];
            for (int text = 0; text < means.length; text++) {
                double sum = smoothing * all;
                double count = smoothing;
                for (int fold = 0; fold < sums.length; fold++) {
                    if (fold != without) {
                        sum += sums[fold][text];
                        count += counts[fold][text];
                    }
                }
                means[text] = (float) (count > 0 ? sum / count : all);
            }
            return means;
        }

        private static double mean(double[][] sums, double[][] counts, int without) {
            double sum = 0;
            double count = 0;
            for (int fold = 0; fold < sums.length; fold++) {
                for (int text = 0; fold != without && text < sums[fold].length; text++) {
                    sum += sums[fold][text];
                    count += counts[fold][text];
                }
            }
            return count > 0 ? sum / count : 0;
        }
    }

    @Override
    public Part part() {
        return new Part.Numbers(1);
    }

    @Override
    public Block.Dense encode(Column column) {
        int[] places = Vocabulary.places(vocabulary, Values.texts(column), 0, -1);
        float[] encoded = new float[places.length];
        for (int row = 0; row < encoded.length; row++) {
            encoded[row] = places[row] < 0 ? unknown : numbers[places[row]];
        }
        return new Block.Dense(1, encoded);
    }

    @Override
    public Block encodeTraining(Column column) {
        return training == null ? encode(column) : new Block.Dense(1, training);
    }

    @Override
    public LookedUp forOtherRows() {
        return new LookedUp(feature, vocabulary, numbers, unknown, null);
    }

    @Override
    public String export(Graph graph, String raw) {
        return graph.node(
                Graph.ML,
                "LabelEncoder",
                feature.name() + "/number",
                List.of(Values.texts(graph, feature, raw)),
                Attributes.of("keys_strings", new ArrayList<>(vocabulary)),
                Attributes.of("values_floats", numbers),
                Attributes.of("default_float", unknown));
    }
}
