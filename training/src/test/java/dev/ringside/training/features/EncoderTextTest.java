package dev.ringside.training.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.FeatureType;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.features.Encoder.Represented;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EncoderTextTest {
    private static final Table ROWS = new Table(
            new double[] {0, 1, 1, 0, 1, 0},
            null,
            null,
            Map.of(
                    "number",
                    new Column.Numbers(new float[] {0.1f, Float.NaN, -3.25f, 1e9f, 7, 0.3333333f}),
                    "integer",
                    new Column.Integers(new long[] {5_000_000_001L, 5_000_000_000L, -1, 3, 4, 5}),
                    "text",
                    Column.Categories.of("größer", "\"", "a", "a", "b", ""),
                    "numbers",
                    new Column.NumberLists(new float[] {1, 2, 3, 4, Float.NaN, 6}, new int[] {0, 2, 2, 3, 4, 5, 6}),
                    "items",
                    new Column.CategoryLists(
                            List.of("x", "y"), new int[] {0, 1, 0, 0, 1, 1}, new int[] {0, 2, 2, 3, 4, 5, 6})));

    private static final Encoder ALL = Encoder.fit(
            ROWS,
            List.of(
                    new Represented(
                            new FeatureSpec("number", FeatureType.NUMBER),
                            List.of(
                                    new Standardised.Settings(new Standardised.Imputation.Median()),
                                    new Ranged.Settings(0.2),
                                    Logged::fit,
                                    new Raw.Settings(),
                                    new Buckets.Settings(3),
                                    MissingIndicator::fit,
                                    new PiecewiseLinear.Settings(4, 2),
                                    new Periodic.Settings(3, 0.3, 2))),
                    new Represented(
                            new FeatureSpec("integer", FeatureType.INTEGER, -1L),
                            List.of(Standardised::fit, OneHot::fit)),
                    new Represented(
                            new FeatureSpec("text", FeatureType.CATEGORY),
                            List.of(
                                    OneHot::fit,
                                    OneHot::dummy,
                                    new Embedding.Settings(2, 1),
                                    LookedUp::frequency,
                                    new LookedUp.TargetMean(2, 10, 1),
                                    new Hashed.Settings(8))),
                    new Represented(
                            new FeatureSpec("numbers", FeatureType.NUMBERS),
                            List.of(
                                    NumberStatistics::fit,
                                    new Histogram.Settings(3),
                                    new NumberSteps.Settings(new Part.Steps(Part.Steps.Cell.LSTM, 2, 3, 1)),
                                    new FirstSorted.Settings(2, true))),
                    new Represented(
                            new FeatureSpec("items", FeatureType.CATEGORIES),
                            List.of(
                                    new ItemCounts.Settings(5, true),
                                    new TextSteps.Settings(
                                            new Part.Steps(Part.Steps.Cell.RECURRENT, 2, 3, 0), 2, 1)))));

    @Test
    void whatIsReadBackEncodesAnyRowsToTheSameNumbers() {
        Encoder back = EncoderText.read(EncoderText.write(ALL));

        assertEquals(ALL.features(), back.features());
        Encoded expected = ALL.encode(ROWS);
        Encoded found = back.encode(ROWS);
        assertEquals(expected.blocks().size(), found.blocks().size());
        for (int i = 0; i < expected.blocks().size(); i++) {
            switch (expected.blocks().get(i)) {
                case Block.Dense(int width, float[] values) -> {
                    Block.Dense own = (Block.Dense) found.blocks().get(i);
                    assertEquals(width, own.width());
                    assertArrayEquals(values, own.values(), "part " + i);
                }
                case Block.Index(int[] values) ->
                    assertArrayEquals(values, ((Block.Index) found.blocks().get(i)).values(), "part " + i);
            }
        }
        assertEquals(EncoderText.write(ALL.forOtherRows()), EncoderText.write(back.forOtherRows()));
    }

    @Test
    void everyEncodingHasANameInAFile() throws Exception {
        String text = EncoderText.write(ALL);
        Path compiled = Path.of(Encoding.class.getResource("Encoding.class").toURI());

        try (Stream<Path> classes = Files.list(compiled.resolveSibling("."))) {
            for (Path file : classes.toList()) {
                String name = file.getFileName().toString().replace(".class", "");
                Class<?> type = Class.forName(Encoding.class.getPackageName() + "." + name);
                if (Encoding.class.isAssignableFrom(type) && type.isRecord()) {
                    String word = name.replaceAll("(?<=.)([A-Z])", "_$1").toLowerCase(Locale.ROOT);
                    assertTrue(text.contains("\"encoding\":\"" + word + "\""), word);
                }
            }
        }
    }

    @Test
    void newTextsComeBehindTheOldOnes() {
        var text = new FeatureSpec("text", FeatureType.CATEGORY);
        Column known = Column.Categories.of("m", "b");
        Column more = Column.Categories.of("a", "m", "z", "a", "a", "a", "a");

        assertEquals(
                List.of("b", "m", "a", "z"),
                OneHot.fit(text, known, new double[2]).grown(more).vocabulary());
        assertEquals(
                List.of("b", "m", "a"),
                new Embedding.Settings(2, 1)
                        .fit(text, known, new double[2])
                        .grown(more)
                        .vocabulary(),
                "one row is too few for a vector");
    }

    @Test
    void theNumbersOfTheTrainingRowsThemselvesAreNotWritten() {
        assertFalse(EncoderText.write(ALL.forOtherRows()).contains("\"training\""));
    }

    @Test
    void anotherTextIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> EncoderText.read("{\"encodings\":[{\"encoding\":\"x\"}]}"));
    }
}
