package dev.ringside.training.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.FeatureType;
import dev.ringside.training.dataset.InvalidData;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.sampling.Sample.Synthetic;
import dev.ringside.training.split.Sides;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Synthetic rows against neighbours that NumPy found by brute force (smote.py, NumPy 2.4.6). */
class SmoteTest {
    private static final JsonNode REFERENCE = reference();
    private static final List<FeatureSpec> FEATURES = List.of(
            new FeatureSpec("amount", FeatureType.NUMBER),
            new FeatureSpec("visits", FeatureType.INTEGER, -1L),
            new FeatureSpec("constant", FeatureType.NUMBER),
            new FeatureSpec("colour", FeatureType.CATEGORY),
            new FeatureSpec("zone", FeatureType.INTEGER));
    private static final Table ROWS = rows();
    private static final Synthetic MADE = Objects.requireNonNull(new Smote(0.2, 5, Set.of("zone"))
            .sample(Sides.all(ROWS), FEATURES, 11)
            .synthetic());

    private static JsonNode reference() {
        try (InputStream json = SmoteTest.class.getResourceAsStream("smote.json")) {
            return Json.read(Objects.requireNonNull(json).readAllBytes(), JsonNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Table rows() {
        int n = REFERENCE.path("target").size();
        float[] amounts = new float[n];
        float[] constants = new float[n];
        long[] visits = new long[n];
        long[] zones = new long[n];
        String[] colours = new String[n];
        double[] targets = new double[n];
        for (int i = 0; i < n; i++) {
            JsonNode amount = REFERENCE.path("amount").path(i);
            amounts[i] = amount.isNull() ? Float.NaN : (float) amount.asDouble();
            constants[i] = (float) REFERENCE.path("constant").path(i).asDouble();
            visits[i] = REFERENCE.path("visits").path(i).asLong();
            zones[i] = REFERENCE.path("zone").path(i).asLong();
            colours[i] = REFERENCE.path("colour").path(i).asText();
            targets[i] = REFERENCE.path("target").path(i).asDouble();
        }
        return new Table(
                targets,
                null,
                null,
                Map.of(
                        "amount", new Column.Numbers(amounts),
                        "visits", new Column.Integers(visits),
                        "constant", new Column.Numbers(constants),
                        "colour", Column.Categories.of(colours),
                        "zone", new Column.Integers(zones)));
    }

    private static int[] neighbours(int row) {
        JsonNode listed = REFERENCE.path("neighbours").path(Integer.toString(row));
        return IntStream.range(0, listed.size())
                .map(i -> listed.path(i).asInt())
                .toArray();
    }

    @Test
    void theNeighboursAreThoseOfBruteForce() {
        int[] minority = Classes.of(Sides.all(ROWS)).minority();
        Neighbourhood near = Neighbourhood.of(ROWS, minority, FEATURES, Set.of("zone"));

        assertTrue(minority.length > 40);
        for (int row : minority) {
            assertArrayEquals(neighbours(row), near.nearest(row, 5), () -> "row " + row);
        }
    }

    @Test
    void everySyntheticRowLiesOnTheSegmentBetweenItsParentAndOneOfItsNearestNeighbours() {
        float[] amounts = ((Column.Numbers) ROWS.column("amount")).values();
        long[] visits = ((Column.Integers) ROWS.column("visits")).values();
        float[] madeAmounts = ((Column.Numbers) MADE.rows().column("amount")).values();
        long[] madeVisits = ((Column.Integers) MADE.rows().column("visits")).values();
        int between = 0;
        for (int i = 0; i < MADE.parents().length; i++) {
            int parent = MADE.parents()[i];
            int other = MADE.neighbours()[i];
            assertTrue(IntStream.of(neighbours(parent)).anyMatch(row -> row == other), "row " + i);
            double reach = (double) amounts[other] - amounts[parent];
            double gap = ((double) madeAmounts[i] - amounts[parent]) / reach;
            if (Double.isNaN(gap)) {
                assertEquals(amounts[parent], madeAmounts[i], "one of the two is missing, or both are equal");
            } else {
                assertTrue(gap >= -1e-5 / Math.abs(reach) && gap <= 1 + 1e-5 / Math.abs(reach), "gap " + gap);
            }
            if (visits[parent] == -1 || visits[other] == -1) {
                assertEquals(visits[parent], madeVisits[i]);
            } else if (Math.abs(reach) > 0.1) {
                // One gap for every number: a point of the segment, which rounding moves by a half at most.
                double point = visits[parent] + gap * (visits[other] - visits[parent]);
                assertEquals(point, (double) madeVisits[i], 0.5 + 1e-4 * Math.abs(visits[other] - visits[parent]));
                between++;
            }
        }
        assertTrue(between > 500, "" + between);
    }

    @Test
    void aSyntheticRowsTextsAndNamesAreThoseOfMostOfTheNeighbours() {
        Column.Categories colours = (Column.Categories) ROWS.column("colour");
        Column.Categories made = (Column.Categories) MADE.rows().column("colour");
        long[] zones = ((Column.Integers) ROWS.column("zone")).values();
        long[] madeZones = ((Column.Integers) MADE.rows().column("zone")).values();
        for (int i = 0; i < MADE.parents().length; i++) {
            Map<Object, Integer> colourCounts = new HashMap<>();
            Map<Object, Integer> zoneCounts = new HashMap<>();
            for (int row : neighbours(MADE.parents()[i])) {
                colourCounts.merge(colours.value(row), 1, Integer::sum);
                zoneCounts.merge(zones[row], 1, Integer::sum);
            }
            assertMode(colourCounts, made.value(i), colours.value(MADE.parents()[i]));
            assertMode(zoneCounts, madeZones[i], zones[MADE.parents()[i]]);
        }
    }

    private static void assertMode(Map<Object, Integer> counts, Object made, Object own) {
        int most = counts.values().stream().max(Integer::compare).orElseThrow();
        assertEquals(most, counts.get(made), () -> made + " of " + counts);
        if (counts.getOrDefault(own, 0) == most) {
            assertEquals(own, made, "of equally common ones, the row's own");
        }
    }

    @Test
    void everyRowOfTheMinorityIsAParentAsOftenAsAnyOtherOrOnceMore() {
        Classes classes = Classes.of(Sides.all(ROWS));
        assertEquals(classes.majority().length * 5 - classes.minority().length, MADE.parents().length);
        Map<Integer, Integer> times = new HashMap<>();
        IntStream.of(MADE.parents()).forEach(parent -> times.merge(parent, 1, Integer::sum));
        int least = MADE.parents().length / classes.minority().length;

        assertEquals(classes.minority().length, times.size());
        assertTrue(times.values().stream().allMatch(count -> count == least || count == least + 1));
    }

    @Test
    void aMinorityOfOneRowIsRefused() {
        Table rows = new Table(
                new double[] {1, 0, 0}, null, null, Map.of("amount", new Column.Numbers(new float[] {1, 2, 3})));

        String message = assertThrows(
                        InvalidData.class,
                        () -> new Smote(1, 5, Set.of()).sample(Sides.all(rows), FEATURES.subList(0, 1), 1))
                .getMessage();

        assertTrue(message.contains("expected 2 to 50000 rows of the minority, found 1"), message);
    }

    @Test
    void aSyntheticRowCountsAsMuchAsItsParent() {
        double[] weights =
                IntStream.range(0, ROWS.size()).mapToDouble(i -> 1 + i).toArray();
        Table rows = new Table(ROWS.targets(), weights, null, ROWS.columns());

        Synthetic made =
                new Smote(1, 5, Set.of()).sample(Sides.all(rows), FEATURES, 1).synthetic();

        for (int i = 0; i < made.parents().length; i++) {
            assertEquals(1.0 + made.parents()[i], made.rows().weights()[i]);
        }
    }
}
