package dev.ringside.training.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.FeatureType;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.features.Encoder.Represented;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EncoderTest {
    private static final List<FeatureSpec> FEATURES = List.of(
            new FeatureSpec("amount", FeatureType.NUMBER),
            new FeatureSpec("count", FeatureType.INTEGER),
            new FeatureSpec("city", FeatureType.CATEGORY));

    private static final List<Represented> REPRESENTED =
            FEATURES.stream().map(Represented::byType).toList();

    private static Table rows(float[] amounts, long[] counts, String... cities) {
        return new Table(
                new double[cities.length],
                null,
                null,
                Map.of(
                        "amount", new Column.Numbers(amounts),
                        "count", new Column.Integers(counts),
                        "city", Column.Categories.of(cities)));
    }

    private static void assertEncoded(Encoded rows, float[] amounts, float[] counts, int... places) {
        assertArrayEquals(amounts, ((Block.Dense) rows.blocks().get(0)).values());
        assertArrayEquals(counts, ((Block.Dense) rows.blocks().get(1)).values());
        assertArrayEquals(places, ((Block.Index) rows.blocks().get(2)).values());
    }

    @Test
    void standardisesByTheTrainingRowsAndOrdersTheVocabulary() {
        Table train = rows(new float[] {1, 3}, new long[] {7, 7}, "SEA", "AUS");

        Encoder encoder = Encoder.fit(train, REPRESENTED);

        assertEquals(
                List.of(
                        new Standardised(FEATURES.get(0), 2, 1, 0),
                        new Standardised(FEATURES.get(1), 7, 1, 0),
                        new OneHot(FEATURES.get(2), List.of("AUS", "SEA"))),
                encoder.encodings());
        assertEncoded(encoder.encode(train), new float[] {-1, 1}, new float[] {0, 0}, 1, 0);
    }

    @Test
    void laterRowsAreEncodedByWhatTheTrainingRowsTaught() {
        Encoder encoder = Encoder.fit(rows(new float[] {1, 3}, new long[] {6, 8}, "SEA", "AUS"), REPRESENTED);

        Encoded later = encoder.encode(rows(new float[] {5}, new long[] {10}, "AUS"));

        assertEncoded(later, new float[] {3}, new float[] {3}, 0);
    }

    @Test
    void aTextThatTheTrainingRowsDidNotHaveHasNoPlace() {
        Encoder encoder = Encoder.fit(rows(new float[] {1, 3}, new long[] {6, 8}, "SEA", "AUS"), REPRESENTED);

        Encoded unknown = encoder.encode(rows(new float[] {2}, new long[] {7}, "XYZ"));

        assertEncoded(unknown, new float[] {0}, new float[] {0}, -1);
    }
}
