package dev.ringside.training.features;

import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How one raw column becomes numbers. Whatever is computed here is written into the exported model in the same way. */
public sealed interface Encoding {
    /** The raw column. */
    FeatureSpec feature();

    /** How many numbers it becomes. */
    int width();

    /**
     * Writes a column's numbers.
     *
     * @param column the raw values
     * @param values the matrix, row after row
     * @param offset where in a row the numbers begin
     * @param stride how many numbers a row has
     */
    void encode(Column column, float[] values, int offset, int stride);

    /**
     * A number minus the training rows' mean, over their standard deviation.
     *
     * @param feature the raw column
     * @param mean mean of the training rows
     * @param deviation standard deviation of the training rows; 1 where they are all the same
     */
    record Standardised(FeatureSpec feature, float mean, float deviation) implements Encoding {
        @Override
        public int width() {
            return 1;
        }

        @Override
        public void encode(Column column, float[] values, int offset, int stride) {
            for (int row = 0; row < column.size(); row++) {
                float raw = switch (column) {
                    case Column.Numbers numbers -> numbers.values()[row];
                    case Column.Integers integers -> integers.values()[row];
                    case Column.Categories _ ->
                        throw new IllegalArgumentException(feature.name() + " has texts, expected numbers");
                };
                values[row * stride + offset] = (raw - mean) / deviation;
            }
        }
    }

    /**
     * One number for each text of the training rows: 1 for the text itself, 0 for the others. A text that was not among
     * them is all zeros.
     *
     * @param feature the raw column
     * @param vocabulary the training rows' texts, sorted
     */
    record OneHot(FeatureSpec feature, List<String> vocabulary) implements Encoding {
        public OneHot {
            vocabulary = List.copyOf(vocabulary);
        }

        @Override
        public int width() {
            return vocabulary.size();
        }

        @Override
        public void encode(Column column, float[] values, int offset, int stride) {
            if (!(column instanceof Column.Categories(String[] texts))) {
                throw new IllegalArgumentException(feature.name() + " has numbers, expected texts");
            }
            Map<String, Integer> places = new HashMap<>();
            for (String text : vocabulary) {
                places.put(text, places.size());
            }
            for (int row = 0; row < texts.length; row++) {
                Integer place = places.get(texts[row]);
                if (place != null) {
                    values[row * stride + offset + place] = 1;
                }
            }
        }
    }
}
