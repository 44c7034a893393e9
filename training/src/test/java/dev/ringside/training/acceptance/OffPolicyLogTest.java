package dev.ringside.training.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.training.SharedFolder;
import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.InvalidData;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.evaluation.offpolicy.OffPolicyResult;
import dev.ringside.training.evaluation.offpolicy.OffPolicyResult.Estimated;
import dev.ringside.training.evaluation.offpolicy.OffPolicyResult.Refused;
import dev.ringside.training.evaluation.offpolicy.OffPolicySettings;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Policies made of scores, in the Open Bandit logs and in one of a few rounds. */
class OffPolicyLogTest {
    private static OffPolicySettings settings(String reward, double explore, double least) {
        return new OffPolicySettings("item", "propensity", reward, explore, least, 0);
    }

    private static Table log(String file) throws IOException {
        double[] propensities = SharedFolder.numbers(file, "propensity_score");
        float[] single = new float[propensities.length];
        for (int i = 0; i < single.length; i++) {
            single[i] = (float) propensities[i];
        }
        return new Table(
                SharedFolder.numbers(file, "click"),
                null,
                null,
                Map.of(
                        "item",
                        Column.Categories.of(
                                SharedFolder.column(file, "item_id").toArray(String[]::new)),
                        "propensity",
                        new Column.Numbers(single)));
    }

    /** Scores that know nothing but the action: the number of the item. */
    private static double[] byNumber(Table rows) {
        return Arrays.stream(rows.texts("item"))
                .mapToDouble(item -> Integer.parseInt(item) / 1000.0)
                .toArray();
    }

    /** What the reference says of the uniform policy in the log of Thompson sampling. */
    @Test
    @SharedFolder.DataNeeded
    void aPolicyFarFromTheLoggedOneIsRefusedWithItsEffectiveSample() throws IOException {
        OffPolicyResult result = new OffPolicy(settings("click", 1, 1000), "click")
                .evaluate(log("obd-bts-men.csv"), OffPolicyLogTest::byNumber);

        Refused refused = assertInstanceOf(Refused.class, result);
        assertEquals(656, refused.effectiveSize(), 0.5);
    }

    @Test
    @SharedFolder.DataNeeded
    void theLoggedPolicyItselfEarnsWhatItEarned() throws IOException {
        Table rounds = log("obd-random-men.csv");

        OffPolicyResult result =
                new OffPolicy(settings("click", 1, 1000), "click").evaluate(rounds, OffPolicyLogTest::byNumber);

        Estimated estimated = assertInstanceOf(Estimated.class, result);
        assertEquals(10_000, estimated.effectiveSize(), 0.01);
        assertEquals(0.0046, estimated.values().get("snips").value(), 1e-6);
        assertEquals(0, estimated.values().get("snips").gain(), 1e-9);
    }

    @Test
    @SharedFolder.DataNeeded
    void theGreatestScoreIsTakenInAllRoundsButThoseThatExplore() throws IOException {
        Table rounds = log("obd-random-men.csv");
        String[] items = rounds.texts("item");
        double taken = 0;
        double[] rewards = rounds.targets();
        for (int round = 0; round < items.length; round++) {
            // 34 items, each logged with 1/34: the weight is 34 times the policy's own probability.
            taken += rewards[round] * (items[round].equals("33") ? 0.8 * 34 + 0.2 : 0.2);
        }

        Estimated estimated = assertInstanceOf(
                Estimated.class,
                new OffPolicy(settings("click", 0.2, 100), "click").evaluate(rounds, OffPolicyLogTest::byNumber));

        assertEquals(taken / items.length, estimated.values().get("ips").value(), 1e-7);
    }

    private static Table few(float... propensities) {
        return new Table(
                new double[] {1, 0, 1, 0},
                null,
                null,
                Map.of(
                        "item",
                        new Column.Integers(new long[] {7, 9, 9, 7}),
                        "propensity",
                        new Column.Numbers(propensities),
                        "spent",
                        new Column.Numbers(new float[] {3, 0, 5, 1})));
    }

    private static double[] nineIsBest(Table rows) {
        return Arrays.stream(rows.texts("item"))
                .mapToDouble(item -> item.equals("9") ? 0.75 : 0.25)
                .toArray();
    }

    /** By hand: 9 is taken always; rounds 2 and 3 have weight 2 and 4, so dr = .75 + (2(0 − .75) + 4(1 − .75))/4. */
    @Test
    void scoresThatPredictTheRewardAreItsModelToo() {
        Function<Table, double[]> scores = OffPolicyLogTest::nineIsBest;

        Estimated estimated = assertInstanceOf(
                Estimated.class,
                new OffPolicy(settings("y", 0, 1), "y").evaluate(few(0.5f, 0.5f, 0.25f, 0.5f), scores));

        assertEquals(
                0.75 + (2 * -0.75 + 4 * 0.25) / 4, estimated.values().get("dr").value(), 1e-12);
        assertEquals(0.75, estimated.values().get("dm").value(), 1e-12);
        assertEquals(4.0 / 4, estimated.values().get("ips").value(), 1e-12);
    }

    @Test
    void anotherRewardThanTheLabelIsEstimatedWithoutAModel() {
        Estimated estimated = assertInstanceOf(
                Estimated.class,
                new OffPolicy(settings("spent", 0, 1), "y")
                        .evaluate(few(0.5f, 0.5f, 0.25f, 0.5f), OffPolicyLogTest::nineIsBest));

        assertEquals(4 * 5 / 4.0, estimated.values().get("ips").value(), 1e-12);
        assertTrue(!estimated.values().containsKey("dr"), estimated::toString);
    }

    @Test
    void aPropensityThatIsNoneIsNamedWithItsRound() {
        InvalidData refused = assertThrows(
                InvalidData.class,
                () -> new OffPolicy(settings("y", 0, 1), "y")
                        .evaluate(few(0.5f, 0, 0.25f, 0.5f), OffPolicyLogTest::nineIsBest));

        assertTrue(
                refused.getMessage().contains("propensity of round 1 is 0.0, expected above 0"), refused::getMessage);
    }
}
