package dev.ringside.training.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.evaluation.Auc;
import dev.ringside.training.evaluation.ScoredRows;
import dev.ringside.training.features.Encoder.Represented;
import dev.ringside.training.learning.Estimator;
import dev.ringside.training.learning.Predictor;
import dev.ringside.training.learning.RunContext;
import dev.ringside.training.logistic.LogisticLearner;
import dev.ringside.training.split.Folds;
import dev.ringside.training.split.Parts;
import dev.ringside.training.split.Shares;
import dev.ringside.training.split.Split;
import dev.ringside.training.split.TrainingSide;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SelfTrainingTest {
    private static final RunContext RUN = new RunContext(1, (_, _, _, _) -> {});
    private static final Split SPLIT = new Split.Random(new Shares(0.6, 0.1, 0.3), true);

    /** Rows of which two thirds lack their label. */
    private static Table partlyLabelled(long seed) {
        Table rows = Imbalanced.rows(seed, 6_000, 3);
        double[] targets = rows.targets().clone();
        for (int i = 0; i < targets.length; i++) {
            targets[i] = i % 3 == 0 ? targets[i] : Double.NaN;
        }
        return rows.withTargets(targets);
    }

    private static Estimator pipeline(Sampler sampler) {
        return new SampledPipeline(
                Imbalanced.FEATURES.stream().map(Represented::byType).toList(), sampler, new LogisticLearner(1e-4));
    }

    /** Notes each side that it is fitted to. */
    private record Noting(Estimator member, List<TrainingSide> sides) implements Estimator {
        @Override
        public Predictor fit(TrainingSide train, @Nullable Table validation, RunContext run) {
            sides.add(train);
            return member.fit(train, validation, run);
        }
    }

    private static Set<Float> numbers(Table rows) {
        Set<Float> numbers = new HashSet<>();
        for (float number : ((Column.Numbers) rows.column("row")).values()) {
            numbers.add(number);
        }
        return numbers;
    }

    @Test
    void aRowWithoutALabelIsInTheTrainingPartOrInNone() {
        Table rows = partlyLabelled(1);

        Parts parts = SPLIT.parts(rows, 1);

        assertEquals(1_200, parts.train().length);
        assertEquals(2_000, parts.train().length + parts.validation().length + parts.test().length);
        assertEquals(2_400, parts.unlabelled().length);
        assertEquals(1_600, parts.outside());
    }

    @Test
    void onlyRowsOfTheTrainingPartAreBelievedAndOnlyThoseOfWhichTheModelBeforeWasSure() {
        Table rows = partlyLabelled(2);
        Parts parts = SPLIT.parts(rows, 1);
        List<TrainingSide> sides = new ArrayList<>();
        Estimator noting = new Noting(pipeline(new AsItIs()), sides);

        new SelfTraining(noting, new SelfTraining.Settings(0.6, 3)).fit(parts.training(rows), null, RUN);

        assertTrue(sides.size() >= 2 && sides.size() <= 4, () -> "" + sides.size());
        Set<Float> mayBelieve = numbers(rows.select(parts.unlabelled()));
        for (int round = 1; round < sides.size(); round++) {
            TrainingSide before = sides.get(round - 1);
            TrainingSide side = sides.get(round);
            int added = side.size() - before.size();
            assertTrue(added > 0);
            assertEquals(1_200, side.labelled());
            assertEquals(before.unlabelled().size() - added, side.unlabelled().size());
            Predictor model =
                    pipeline(new AsItIs()).fit(before, null, round == 1 ? RUN : RUN.derived("round", round - 1));
            for (int row = before.size(); row < side.size(); row++) {
                Table believed = side.rows().select(new int[] {row});
                assertEquals(1, believed.targets()[0]);
                assertTrue(mayBelieve.containsAll(numbers(believed)));
                assertTrue(model.score(believed)[0] >= 0.6);
            }
            long sure = 0;
            for (double score : model.score(before.unlabelled())) {
                sure += score >= 0.6 ? 1 : 0;
            }
            assertEquals(sure, added, "all of which it was sure");
        }
    }

    @Test
    void theScoresAreTakenBackToThePriorOfTheRowsThatCameWithTheirLabel() {
        Table rows = partlyLabelled(3);
        TrainingSide side = SPLIT.parts(rows, 1).training(rows);
        double share = Prior.of(side.rows().targets(), null).share();

        Predictor fitted =
                new SelfTraining(pipeline(new DownSample(1)), new SelfTraining.Settings(0.6, 2)).fit(side, null, RUN);

        assertTrue(fitted.facts().get("believed_rows") > 0);
        assertEquals(share, fitted.facts().get("prior"), 1e-12);
        assertEquals(Math.log(share / (1 - share)) - Math.log(1), fitted.facts().get("prior_shift"), 1e-9);
        Table test = Imbalanced.rows(4, 4_000, 3);
        double auc = Auc.of(new ScoredRows(test.labels(), fitted.score(test)))
                .orElseThrow()
                .value();
        assertTrue(auc > 0.8, "" + auc);
    }

    @Test
    void aFoldHasNoRowsWithoutALabelAndBelievedRowsAreChosenNoMore() {
        Table rows = partlyLabelled(5);
        TrainingSide side = SPLIT.parts(rows, 1).training(rows);

        assertEquals(
                0,
                side.of(Folds.random(side.rows(), 3, true, 1).getFirst())
                        .unlabelled()
                        .size());
        TrainingSide believing = side.believing(new int[] {0, 2}, 1);
        assertEquals(1_202, believing.size());
        assertThrows(IllegalStateException.class, () -> believing.select(new int[] {0}));
    }

    @Test
    void rowsThatLoseTheirLabelTeachNoMoreAndCanBeBelieved() {
        TrainingSide side = SPLIT.parts(partlyLabelled(5), 1).training(partlyLabelled(5));
        int before = side.unlabelled().size();
        int[] hidden = {0, 5, 6};
        TrainingSide less = side.hiding(hidden);

        assertEquals(side.size() - 3, less.size());
        assertEquals(less.size(), less.labelled());
        assertEquals(before + 3, less.unlabelled().size());
        assertEquals(side.rows().targets()[1], less.rows().targets()[0]);
        for (int i = 0; i < 3; i++) {
            assertTrue(Double.isNaN(less.unlabelled().targets()[before + i]));
        }
        TrainingSide believing = less.believing(new int[] {before + 1}, 1);
        assertEquals(1, believing.rows().targets()[less.size()]);
        assertEquals(side.size(), side.rows().size(), "the side itself stays as it is");
    }
}
