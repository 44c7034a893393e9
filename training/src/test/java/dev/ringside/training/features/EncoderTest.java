package dev.ringside.training.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.FeatureType;
import dev.ringside.training.dataset.Rows;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EncoderTest {
    private static final List<FeatureSpec> FEATURES = List.of(
            new FeatureSpec("amount", FeatureType.NUMBER),
            new FeatureSpec("count", FeatureType.INTEGER),
            new FeatureSpec("city", FeatureType.CATEGORY));

    private static Rows rows(float[] amounts, long[] counts, String... cities) {
        return new Rows(
                new boolean[cities.length],
                Map.of(
                        "amount", new Column.Numbers(amounts),
                        "count", new Column.Integers(counts),
                        "city", new Column.Categories(cities)));
    }

    @Test
    void standardisesByTheTrainingRowsAndOrdersTheVocabulary() {
        Rows train = rows(new float[] {1, 3}, new long[] {7, 7}, "SEA", "AUS");

        Encoder encoder = Encoder.fit(train, FEATURES);

        assertEquals(
                List.of(
                        new Encoding.Standardised(FEATURES.get(0), 2, 1),
                        new Encoding.Standardised(FEATURES.get(1), 7, 1),
                        new Encoding.OneHot(FEATURES.get(2), List.of("AUS", "SEA"))),
                encoder.encodings());
        assertEquals(4, encoder.width());
        assertArrayEquals(
                new float[] {-1, 0, 0, 1, 1, 0, 1, 0}, encoder.encode(train).values());
    }

    @Test
    void laterRowsAreEncodedByWhatTheTrainingRowsTaught() {
        Encoder encoder = Encoder.fit(rows(new float[] {1, 3}, new long[] {6, 8}, "SEA", "AUS"), FEATURES);

        FeatureMatrix later = encoder.encode(rows(new float[] {5}, new long[] {10}, "AUS"));

        assertArrayEquals(new float[] {3, 3, 1, 0}, later.values());
    }

    @Test
    void aTextThatTheTrainingRowsDidNotHaveIsAllZeros() {
        Encoder encoder = Encoder.fit(rows(new float[] {1, 3}, new long[] {6, 8}, "SEA", "AUS"), FEATURES);

        FeatureMatrix unknown = encoder.encode(rows(new float[] {2}, new long[] {7}, "XYZ"));

        assertArrayEquals(new float[] {0, 0, 0, 0}, unknown.values());
    }
}
