package dev.ringside.training.gate;

import dev.ringside.training.evaluation.offpolicy.OffPolicyResult;
import dev.ringside.training.evaluation.offpolicy.PolicyValue;
import java.util.Locale;
import java.util.Map;

/**
 * Asks that the policy would have earned no less than the logged one by more than a margin: the lower end of the gain's
 * interval lies above −margin. Refuses where the log's effective sample is too small.
 *
 * @param margin how much less is let through, from 0, in reward a round
 */
public record OffPolicyGain(double margin) implements Gate {
    public OffPolicyGain {
        Margins.require(margin);
    }

    @Override
    public String name() {
        return "off_policy_gain";
    }

    @Override
    public Verdict judge(Evidence evidence) {
        return switch (evidence.offPolicy()) {
            case null ->
                new Verdict.Refused(name(), "no log of actions and their propensities was evaluated", Map.of());
            case OffPolicyResult.Refused(double size, String reason) ->
                new Verdict.Refused(name(), reason, Map.of("effective_size", size));
            case OffPolicyResult.Estimated estimated -> judge(estimated);
        };
    }

    /** By the doubly robust estimate, or where no model predicts rewards by the self-normalised one. */
    private Verdict judge(OffPolicyResult.Estimated estimated) {
        String estimator = estimated.values().containsKey("dr") ? "dr" : "snips";
        PolicyValue value = estimated.values().get(estimator);
        if (value == null) {
            return new Verdict.Refused(
                    name(),
                    "neither dr nor snips is among " + estimated.values().keySet(),
                    Map.of());
        }
        boolean passed = value.gainLow() > -margin;
        return Verdict.of(
                passed,
                name(),
                String.format(
                        Locale.ROOT,
                        "%.6f a round by %s, %+.6f [%+.6f, %+.6f] against the logged policy, effective sample %.0f; the"
                                + " interval %s above %+.6f",
                        value.value(),
                        estimator,
                        value.gain(),
                        value.gainLow(),
                        value.gainHigh(),
                        estimated.effectiveSize(),
                        passed ? "lies" : "does not lie",
                        0 - margin),
                Map.of(
                        "value",
                        value.value(),
                        "gain",
                        value.gain(),
                        "low",
                        value.gainLow(),
                        "effective_size",
                        estimated.effectiveSize()));
    }
}
