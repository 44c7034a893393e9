package dev.ringside.training.evaluation.offpolicy;

import static dev.ringside.training.SharedFolder.numbers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import dev.ringside.training.SharedFolder;
import dev.ringside.training.evaluation.offpolicy.LoggedRounds.RewardModel;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OffPolicyTest {
    private static LoggedRounds rounds(JsonNode test) throws IOException {
        String log = test.path("log").asText();
        double[] policy = numbers(test.path("policy"));
        double[] predicted = numbers(test.path("reward_model"));
        int[] items = Arrays.stream(SharedFolder.numbers(log, "item_id"))
                .mapToInt(item -> (int) item)
                .toArray();
        double mean = IntStream.range(0, policy.length)
                .mapToDouble(item -> policy[item] * predicted[item])
                .sum();
        double[] ofPolicy = new double[items.length];
        Arrays.fill(ofPolicy, mean);
        return new LoggedRounds(
                SharedFolder.numbers(log, "click"),
                SharedFolder.numbers(log, "propensity_score"),
                Arrays.stream(items).mapToDouble(item -> policy[item]).toArray(),
                new RewardModel(
                        Arrays.stream(items)
                                .mapToDouble(item -> predicted[item])
                                .toArray(),
                        ofPolicy));
    }

    /** zr-obp 0.5.5, values within 1e-10, closed-form errors within 1e-9, as the oracle states. */
    @Test
    @SharedFolder.OraclesNeeded
    @SharedFolder.DataNeeded
    void theEstimatesAndTheirErrorsAreThoseOfTheOpenBanditPipeline() throws IOException {
        int cases = 0;
        for (JsonNode test : SharedFolder.oracle("off_policy.json").path("cases")) {
            String name = test.path("name").asText();
            LoggedRounds rounds = rounds(test);
            for (double clip : new double[] {10, 100}) {
                Map<String, PolicyValue> values = new OffPolicyEvaluation(1, clip, 0.95).values(rounds);
                assertEquals(
                        test.path("clipped_ips_" + (int) clip).asDouble(),
                        values.get("clipped_ips").value(),
                        1e-10,
                        name);
                for (String estimator : new String[] {"ips", "snips", "dr"}) {
                    JsonNode expected = test.path(estimator);
                    PolicyValue found = values.get(estimator);
                    assertEquals(expected.path("obp_value").asDouble(), found.value(), 1e-10, name);
                    assertEquals(expected.path("closed_form_se").asDouble(), found.standardError(), 1e-9, name);
                    assertEquals(expected.path("closed_form_ci_0_95").path(0).asDouble(), found.low(), 1e-9, name);
                    assertEquals(expected.path("closed_form_ci_0_95").path(1).asDouble(), found.high(), 1e-9, name);
                }
                assertEquals(
                        test.path("direct_method").asDouble(), values.get("dm").value(), 1e-10, name);
            }
            OffPolicyResult result = OffPolicyEvaluation.standard().evaluate(rounds);
            assertEquals(test.path("effective_sample_size").asDouble(), result.effectiveSize(), 1e-6, name);
            if (result instanceof OffPolicyResult.Estimated found) {
                assertEquals(test.path("mean_weight").asDouble(), found.meanWeight(), 1e-10, name);
                assertEquals(test.path("max_weight").asDouble(), found.largestWeight(), 1e-9, name);
            }
            cases++;
        }
        assertEquals(5, cases);
    }

    /** The effective sample size of the uniform policy in the log of Thompson sampling is 656 of 10,000. */
    @Test
    @SharedFolder.OraclesNeeded
    @SharedFolder.DataNeeded
    void aLogThatTellsTooLittleIsRefused() throws IOException {
        JsonNode cases = SharedFolder.oracle("off_policy.json").path("cases");

        OffPolicyResult little = OffPolicyEvaluation.standard().evaluate(rounds(cases.path(0)));
        OffPolicyResult enough = OffPolicyEvaluation.standard().evaluate(rounds(cases.path(3)));

        String reason = assertInstanceOf(OffPolicyResult.Refused.class, little).reason();
        assertTrue(reason.startsWith("the 10000 rounds of the log tell as much of this policy as 656 "), reason);
        assertInstanceOf(OffPolicyResult.Estimated.class, enough);
        assertEquals(little, Json.read(Json.write(little), OffPolicyResult.class));
    }

    @Test
    @SharedFolder.OraclesNeeded
    @SharedFolder.DataNeeded
    void withoutAnyRewardNoIntervalIsGiven() throws IOException {
        JsonNode always = SharedFolder.oracle("off_policy.json").path("cases").path(4);

        OffPolicyResult result = new OffPolicyEvaluation(100, 10, 0.95).evaluate(rounds(always));

        assertTrue(
                assertInstanceOf(OffPolicyResult.Refused.class, result).reason().contains("had a reward other than 0"));
    }

    @Test
    void thePolicyThatWasLoggedGainsNothingForCertain() {
        double[] rewards = {0, 1, 0, 0, 1};
        double[] propensities = {0.5, 0.25, 0.25, 0.5, 0.5};

        PolicyValue value = OffPolicyEvaluation.standard()
                .values(new LoggedRounds(rewards, propensities, propensities, null))
                .get("snips");

        assertEquals(0.4, value.value(), 1e-15);
        assertEquals(0, value.gain(), 1e-15);
        assertEquals(0, value.gainStandardError(), 1e-15);
    }

    /** 1,000 logs of 2,000 rounds, seed 2; two actions of .1 and .3, so 90 % of the second earns .28, .1 more. */
    @Test
    void intervalsOfTheValueAndOfTheGainHoldTheTruth() {
        SplittableRandom random = new SplittableRandom(2);
        int held = 0;
        int heldGain = 0;
        for (int i = 0; i < 1_000; i++) {
            double[] rewards = new double[2_000];
            double[] propensities = new double[2_000];
            double[] probabilities = new double[2_000];
            double[] ofAction = new double[2_000];
            double[] ofPolicy = new double[2_000];
            for (int round = 0; round < 2_000; round++) {
                boolean second = random.nextDouble() < 0.4;
                rewards[round] = random.nextDouble() < (second ? 0.3 : 0.1) ? 1 : 0;
                propensities[round] = second ? 0.4 : 0.6;
                probabilities[round] = second ? 0.9 : 0.1;
                ofAction[round] = second ? 0.25 : 0.2;
                ofPolicy[round] = 0.9 * 0.25 + 0.1 * 0.2;
            }
            PolicyValue value = OffPolicyEvaluation.standard()
                    .values(new LoggedRounds(rewards, propensities, probabilities, new RewardModel(ofAction, ofPolicy)))
                    .get("dr");
            held += value.low() <= 0.28 && 0.28 <= value.high() ? 1 : 0;
            heldGain += value.gainLow() <= 0.1 && 0.1 <= value.gainHigh() ? 1 : 0;
        }
        // The standard error of a share of .95 of 1,000 is .007.
        assertEquals(0.95, held / 1e3, 0.021);
        assertEquals(0.95, heldGain / 1e3, 0.021);
    }

    @Test
    void whatCannotHaveBeenLoggedIsRefusedWithItsRound() {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> new LoggedRounds(new double[2], new double[] {0.5, 0}, new double[2], null))
                .getMessage();

        assertTrue(message.startsWith("propensity of round 1 is 0.0, expected above 0"), message);
    }
}
