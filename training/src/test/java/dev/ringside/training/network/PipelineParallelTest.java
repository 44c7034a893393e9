package dev.ringside.training.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringside.training.distributed.RanksTogether;
import dev.ringside.training.learning.InMemoryCheckpoints;
import dev.ringside.training.learning.Model;
import dev.ringside.training.learning.RunContext;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineParallelTest {
    private static NetworkSettings settings(int microBatches, boolean batchNorm, double clip) {
        return new NetworkSettings(
                List.of(16, 12, 8),
                Activation.Kind.TANH,
                batchNorm,
                false,
                0,
                0.01,
                0.001,
                0,
                64,
                4,
                9,
                clip,
                0,
                microBatches,
                1);
    }

    private static Model fitted(NetworkSettings settings, Parallelism parallelism) {
        return new NetworkLearner(settings, new Target.Probability(), null, List.of(), parallelism)
                .fit(ParallelRows.TRAIN, ParallelRows.VALIDATION, new RunContext(3, (_, _, _, _) -> {}));
    }

    private static double[] scores(Model model) {
        return model.score(ParallelRows.VALIDATION.features());
    }

    @ParameterizedTest(name = "{0} stages, {1} micro-batches, batch normalisation {2}")
    @CsvSource({"2, 4, false", "3, 4, true", "2, 1, false", "4, 2, false"})
    void stagesComeToTheNetworkOfOneProcessBitForBit(int stages, int microBatches, boolean batchNorm) throws Exception {
        NetworkSettings settings = settings(microBatches, batchNorm, 0);
        Model alone = fitted(settings, new Parallelism.None());

        List<Model> together = RanksTogether.each(stages, ranks -> fitted(settings, new Parallelism.Pipeline(ranks)));

        together.forEach(each -> assertArrayEquals(scores(alone), scores(each)));
        Map<String, Double> norms = together.getFirst().facts();
        assertEquals(alone.facts().keySet(), norms.keySet(), "rank 0 knows of all stages");
        alone.facts().forEach((name, value) -> assertEquals(value, norms.get(name), 1e-12 * Math.abs(value), name));
    }

    @ParameterizedTest(name = "{0} stages")
    @CsvSource({"2", "5"})
    void theTokensBlocksAndHeadOfATransformerAreStagesToo(int stages) throws Exception {
        NetworkSettings settings = transformer(2);
        double[] alone = scores(fitted(settings, new Parallelism.None()));

        List<Model> together = RanksTogether.each(stages, ranks -> fitted(settings, new Parallelism.Pipeline(ranks)));

        together.forEach(each -> assertArrayEquals(alone, scores(each)));
    }

    private static NetworkSettings transformer(int blocks) {
        return new NetworkSettings(
                List.of(),
                Activation.Kind.RELU,
                false,
                false,
                0,
                0.01,
                0.001,
                0,
                64,
                2,
                9,
                0,
                0,
                2,
                1,
                new TransformerSettings(8, blocks, 2, 10, 0),
                null);
    }

    @Test
    void asManyStagesAsThereAreLayersAreNotRefused() {
        assertNull(Parallelism.refusalOfStages(settings(1, false, 0), 4));
        assertEquals(
                "hidden: expected at least 4 sizes, as each of 5 stages has a hidden layer or the head, found 3",
                Parallelism.refusalOfStages(settings(1, false, 0), 5));
        assertNull(Parallelism.refusalOfStages(transformer(2), 5));
        assertEquals(
                "blocks: expected at least 3, as each of 6 stages has a block, the tokens, the class token or the head,"
                        + " found 2",
                Parallelism.refusalOfStages(transformer(2), 6));
    }

    @Test
    void gradientsAreHeldToOneNormOverAllStages() throws Exception {
        NetworkSettings settings = settings(4, false, 0.05);
        double[] alone = scores(fitted(settings, new Parallelism.None()));

        List<Model> together = RanksTogether.each(2, ranks -> fitted(settings, new Parallelism.Pipeline(ranks)));

        for (Model each : together) {
            assertArrayEquals(alone, scores(each), 1e-4);
        }
    }

    @Test
    void theMemoryOfAllStagesIsKeptAndEachGoesOnWithItsOwn() throws Exception {
        NetworkSettings settings = settings(2, false, 0);
        double[] alone = scores(fitted(settings, new Parallelism.None()));

        List<Model> together = RanksTogether.each(
                2,
                ranks -> InMemoryCheckpoints.interrupted(
                        run -> new NetworkLearner(
                                        settings,
                                        new Target.Probability(),
                                        null,
                                        List.of(),
                                        new Parallelism.Pipeline(ranks))
                                .fit(ParallelRows.TRAIN, ParallelRows.VALIDATION, run),
                        3,
                        2));

        together.forEach(each -> assertArrayEquals(alone, scores(each)));
    }

    @Test
    void stagesAreCutSoThatTheLargestIsAsSmallAsCanBe() {
        assertArrayEquals(new int[] {0, 2, 4}, Cuts.of(new long[] {3, 4, 5, 1}, 2));
        assertArrayEquals(new int[] {0, 1, 4}, Cuts.of(new long[] {9, 1, 1, 1}, 2));
        assertArrayEquals(new int[] {0, 1, 2, 3}, Cuts.of(new long[] {1, 9, 1}, 3));
        assertThrows(IllegalArgumentException.class, () -> Cuts.of(new long[] {1}, 2));
    }
}
