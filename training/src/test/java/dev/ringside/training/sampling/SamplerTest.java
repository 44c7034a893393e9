package dev.ringside.training.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.sampling.Sample.Synthetic;
import dev.ringside.training.split.Folds;
import dev.ringside.training.split.Folds.Fold;
import dev.ringside.training.split.Parts;
import dev.ringside.training.split.Shares;
import dev.ringside.training.split.Sides;
import dev.ringside.training.split.Split;
import dev.ringside.training.split.TrainingSide;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SamplerTest {
    static Stream<Sampler> samplers() {
        return Stream.of(
                new AsItIs(),
                new DownSample(1),
                new DownSample(2.5),
                new Copies(1),
                new Copies(3),
                new Smote(1, 5, Set.of()),
                new Smote(0.7, 3, Set.of("visits")),
                new ClassWeights(null),
                new ClassWeights(4.0));
    }

    /** The numbers of the rows, of which no two are the same. */
    private static Set<Float> numbers(Table rows) {
        Set<Float> numbers = new HashSet<>();
        for (float number : ((Column.Numbers) rows.column("row")).values()) {
            numbers.add(number);
        }
        return numbers;
    }

    private static void assertOutOf(TrainingSide side, Table heldOut, Sampler sampler, long seed) {
        Set<Float> held = numbers(heldOut);
        Sample sample = sampler.sample(side, Imbalanced.FEATURES, seed);
        Table drawn = side.rows().select(sample.places());
        assertTrue(numbers(drawn).stream().noneMatch(held::contains));
        Synthetic synthetic = sample.synthetic();
        if (synthetic != null) {
            assertTrue(numbers(side.rows().select(synthetic.parents())).stream().noneMatch(held::contains));
            assertTrue(
                    numbers(side.rows().select(synthetic.neighbours())).stream().noneMatch(held::contains));
        }
    }

    @ParameterizedTest
    @MethodSource("samplers")
    void whatIsDrawnCopiedOrMadeHasAllItsParentsInTheTrainingPartOfTheSplitOrFold(Sampler sampler) {
        for (long seed = 0; seed < 25; seed++) {
            Table rows = Imbalanced.rows(seed, 200 + new Random(seed).nextInt(200), 2);
            Parts parts = new Split.Random(new Shares(0.6, 0.2, 0.2), true).parts(rows, seed);
            TrainingSide side = parts.training(rows);
            assertOutOf(side, rows.select(parts.test()), sampler, seed);
            assertOutOf(side, rows.select(parts.validation()), sampler, seed);

            for (Fold fold : Folds.random(side.rows(), 4, true, seed)) {
                assertOutOf(side.of(fold), side.rows().select(fold.test()), sampler, seed);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samplers")
    void theSameSeedDrawsTheSameSample(Sampler sampler) {
        TrainingSide side = Sides.all(Imbalanced.rows(1, 500, 2));

        Sample first = sampler.sample(side, Imbalanced.FEATURES, 7);
        Sample second = sampler.sample(side, Imbalanced.FEATURES, 7);

        assertArrayEquals(first.places(), second.places());
        assertEquals(first.positiveWeight(), second.positiveWeight());
        if (first.synthetic() != null && second.synthetic() != null) {
            assertArrayEquals(first.synthetic().neighbours(), second.synthetic().neighbours());
            assertArrayEquals(
                    ((Column.Numbers) first.synthetic().rows().column("amount")).values(),
                    ((Column.Numbers) second.synthetic().rows().column("amount")).values());
        }
    }

    @Test
    void aDownSampleKeepsTheMinorityAndRatioTimesAsManyOfTheMajorityEachOnce() {
        TrainingSide side = Sides.all(Imbalanced.rows(3, 3_000, 3));
        long minority = Imbalanced.positives(side.rows());

        int[] places = new DownSample(2).sample(side, Imbalanced.FEATURES, 1).places();

        assertEquals(minority * 3, places.length);
        assertEquals(places.length, Arrays.stream(places).distinct().count());
        assertEquals(minority, Imbalanced.positives(side.rows().select(places)));
        assertFalse(Arrays.equals(
                places, new DownSample(2).sample(side, Imbalanced.FEATURES, 2).places()));
    }

    @Test
    void everyRowOfTheMinorityIsCopiedAsOftenAsAnyOtherOrOnceMore() {
        TrainingSide side = Sides.all(Imbalanced.rows(4, 3_000, 3));
        Classes classes = Classes.of(side);

        int[] places = new Copies(1).sample(side, Imbalanced.FEATURES, 1).places();

        assertEquals(2 * classes.majority().length, places.length);
        long least = classes.majority().length / classes.minority().length;
        for (int row : classes.minority()) {
            long times = Arrays.stream(places).filter(place -> place == row).count();
            assertTrue(times == least || times == least + 1, () -> row + " " + times);
        }
    }

    @Test
    void theMinorityMayBeTheNegatives() {
        Table rows = Imbalanced.rows(5, 1_000, -3);
        TrainingSide side = Sides.all(rows);
        int negatives = (int) (rows.size() - Imbalanced.positives(rows));
        assertTrue(negatives < 200);

        int[] places = new DownSample(1).sample(side, Imbalanced.FEATURES, 1).places();
        Synthetic synthetic =
                new Smote(1, 5, Set.of()).sample(side, Imbalanced.FEATURES, 1).synthetic();

        assertEquals(negatives, Imbalanced.positives(rows.select(places)));
        assertEquals(0, Imbalanced.positives(synthetic.rows()));
        assertEquals(rows.size() - 2 * negatives, synthetic.rows().size());
        assertTrue(new ClassWeights(null).sample(side, List.of(), 1).positiveWeight() < 1);
    }

    @Test
    void whereTheMinorityIsLargeEnoughNothingIsDrawnOrMade() {
        TrainingSide side = Sides.all(Imbalanced.rows(6, 400, 1));

        for (Sampler sampler : List.of(new DownSample(1_000), new Copies(1_000), new Smote(1_000, 5, Set.of()))) {
            Sample sample = sampler.sample(side, Imbalanced.FEATURES, 1);
            assertEquals(400, sample.places().length);
            assertNull(sample.synthetic());
        }
    }
}
