package dev.ringside.training.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.FeatureType;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.evaluation.Calibration;
import dev.ringside.training.evaluation.ScoredRows;
import dev.ringside.training.export.OnnxExporter;
import dev.ringside.training.export.ParityGate;
import dev.ringside.training.features.Block;
import dev.ringside.training.features.Embedding;
import dev.ringside.training.features.Encoder.Represented;
import dev.ringside.training.features.LookedUp;
import dev.ringside.training.features.Raw;
import dev.ringside.training.learning.Averaging;
import dev.ringside.training.learning.Examples;
import dev.ringside.training.learning.Learner;
import dev.ringside.training.learning.Model;
import dev.ringside.training.learning.Predictor;
import dev.ringside.training.learning.RunContext;
import dev.ringside.training.learning.Stacking;
import dev.ringside.training.logistic.LogisticLearner;
import dev.ringside.training.network.NetworkLearner;
import dev.ringside.training.network.NetworkSettings;
import dev.ringside.training.network.Target;
import dev.ringside.training.split.Folds;
import dev.ringside.training.split.Sides;
import dev.ringside.training.trees.TreeLearner;
import dev.ringside.training.trees.TreeSettings;
import dev.ringside.training.trees.TreeSettings.Categories;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SampledPipelineTest {
    private static final RunContext RUN = new RunContext(1, (_, _, _, _) -> {});
    private static final Table TRAIN = Imbalanced.rows(1, 6_000, 4);
    private static final Table VALIDATION = Imbalanced.rows(2, 3_000, 4);
    private static final Table TEST = Imbalanced.rows(3, 20_000, 4);
    private static final List<Represented> BY_TYPE =
            Imbalanced.FEATURES.stream().map(Represented::byType).toList();

    static Stream<Sampler> changing() {
        return Stream.of(
                new DownSample(1),
                new Copies(1),
                new Smote(1, 5, Set.of()),
                new ClassWeights(null),
                new ClassWeights(5.0));
    }

    private static SampledPipeline logistic(Sampler sampler) {
        return new SampledPipeline(BY_TYPE, sampler, new LogisticLearner(1e-6));
    }

    private static SampledPipeline network(Sampler sampler) {
        return new SampledPipeline(
                BY_TYPE,
                sampler,
                new NetworkLearner(NetworkSettings.plain(List.of(8), 0, 0.01, 0, 128, 6, 3), new Target.Probability()));
    }

    private static SampledPipeline trees(Sampler sampler) {
        var settings = new TreeSettings(60, 0.1, 3, 1, 0.8, 1, 1, 0, 0, 64, 10, Categories.PARTITION);
        return new SampledPipeline(
                List.of(
                        new Represented(Imbalanced.AMOUNT, List.of(new Raw.Settings())),
                        new Represented(Imbalanced.VISITS, List.of(new Raw.Settings())),
                        new Represented(Imbalanced.CITY, List.of(new Embedding.Settings(1, 1)))),
                sampler,
                new TreeLearner(settings, true));
    }

    private static double calibrationError(Predictor predictor) {
        return Calibration.equalMass(new ScoredRows(TEST.labels(), predictor.score(TEST)), Calibration.BINS)
                .error();
    }

    @ParameterizedTest
    @MethodSource("changing")
    void scoresAreCalibratedAfterTheCorrectionAndNotBefore(Sampler sampler) {
        for (SampledPipeline pipeline : List.of(logistic(sampler), trees(sampler), network(sampler))) {
            Corrected fitted = pipeline.fit(Sides.all(TRAIN), VALIDATION, RUN);

            assertTrue(calibrationError(fitted) < 0.02, () -> pipeline + ": " + calibrationError(fitted));
            assertTrue(
                    calibrationError(Corrected.before(fitted)) > 0.08,
                    () -> pipeline + ": " + calibrationError(Corrected.before(fitted)));
        }
    }

    @ParameterizedTest
    @MethodSource("changing")
    void theCorrectionIsPartOfTheOneGraph(Sampler sampler) {
        for (SampledPipeline pipeline : List.of(logistic(sampler), trees(sampler), network(sampler))) {
            Corrected fitted = pipeline.fit(Sides.all(TRAIN), VALIDATION, RUN);

            byte[] onnx = OnnxExporter.write(fitted, Imbalanced.FEATURES);

            assertTrue(ParityGate.check(onnx, fitted, Imbalanced.FEATURES, TEST).largestDifference() <= 1e-5);
        }
    }

    @Test
    void aLogitIsShiftedByTheDifferenceOfThePriorsLogOdds() {
        Corrected fitted = logistic(new DownSample(1)).fit(Sides.all(TRAIN), null, RUN);
        double positives = Imbalanced.positives(TRAIN);
        double expected = Math.log(positives / (TRAIN.size() - positives));

        double[] before = Corrected.before(fitted).score(TEST);
        double[] after = fitted.score(TEST);

        for (int row = 0; row < 100; row++) {
            assertEquals(
                    expected,
                    Math.log(after[row] / (1 - after[row])) - Math.log(before[row] / (1 - before[row])),
                    1e-5);
        }
        assertEquals(expected, fitted.facts().get("prior_shift"), 1e-12);
        assertEquals(0.5, fitted.facts().get("sample_prior"), 1e-12);
    }

    @Test
    void scoresNearOneKeepTheirDigitsThroughAGreatShift() {
        // Of 20,000 rows 1 in 500 is a positive, told by its amount: the sample's scores are all but 0 and 1.
        Table rare = Imbalanced.rows(5, 20_000, 8);
        Corrected fitted = network(new DownSample(1)).fit(Sides.all(rare), rare, RUN);

        byte[] onnx = OnnxExporter.write(fitted, Imbalanced.FEATURES);

        assertTrue(fitted.facts().get("prior_shift") < -5);
        assertTrue(ParityGate.check(onnx, fitted, Imbalanced.FEATURES, rare).largestDifference() <= 1e-6);
    }

    @Test
    void aBagOfDownSamplesIsAnAverageOfCorrectedScoresOfOtherRowsEach() {
        var bag = Averaging.seeds(logistic(new DownSample(1)), 5).fit(Sides.all(TRAIN), null, RUN);

        assertTrue(calibrationError(bag) < 0.02);
        assertTrue(calibrationError(Corrected.before(bag)) > 0.1);
        assertTrue(!Arrays.equals(
                bag.members().get(0).score(TEST), bag.members().get(1).score(TEST)));
        assertTrue(ParityGate.check(OnnxExporter.write(bag, Imbalanced.FEATURES), bag, Imbalanced.FEATURES, TEST)
                        .largestDifference()
                <= 1e-5);
    }

    @Test
    void aStackLearnsFromCorrectedScoresAndIsCalibrated() {
        var stack = new Stacking(
                        List.of(logistic(new DownSample(1)), trees(new ClassWeights(null))),
                        new LogisticLearner(1e-4),
                        (rows, seed) -> Folds.random(rows, 3, true, seed))
                .fit(Sides.all(TRAIN), VALIDATION, RUN);

        assertTrue(calibrationError(stack) < 0.02);
        assertNull(Corrected.before(stack));
    }

    @Test
    void rowsThatTellWhenToStopAreAllThereAndWeighAsTheSampleDoes() {
        var watching = new Watching();

        new SampledPipeline(BY_TYPE, new DownSample(1), watching).fit(Sides.all(TRAIN), VALIDATION, RUN);

        Examples watched = watching.validation;
        assertArrayEquals(VALIDATION.targets(), watched.targets());
        assertEquals(0.5, Prior.of(watched).share(), 0.05);
    }

    @Test
    void aCopysTargetMeanIsThatOfOtherRows() {
        // Every row has a text of its own: a mean that knew the row's label would be the label.
        String[] own = new String[400];
        double[] targets = new double[400];
        for (int i = 0; i < own.length; i++) {
            own[i] = "row " + i;
            targets[i] = i % 10 == 0 ? 1 : 0;
        }
        Table rows = new Table(targets, null, null, Map.of("own", Column.Categories.of(own)));
        var feature = new Represented(
                new FeatureSpec("own", FeatureType.CATEGORY), List.of(new LookedUp.TargetMean(5, 0, 1)));
        var watching = new Watching();

        new SampledPipeline(List.of(feature), new Copies(1), watching).fit(Sides.all(rows), rows, RUN);

        float[] means = ((Block.Dense) watching.train.features().blocks().getFirst()).values();
        assertEquals(720, means.length);
        for (float mean : means) {
            assertEquals(0.1, mean, 0.05);
        }
    }

    /** A learner that notes what it is given. */
    private static final class Watching implements Learner {
        private Examples train;
        private Examples validation;

        @Override
        public Model fit(Examples train, @Nullable Examples validation, RunContext run) {
            this.train = train;
            this.validation = validation;
            return new LogisticLearner(1).fit(train, null, run);
        }

        @Override
        public boolean needsValidation() {
            return false;
        }
    }
}
