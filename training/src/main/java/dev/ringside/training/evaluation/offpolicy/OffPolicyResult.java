package dev.ringside.training.evaluation.offpolicy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What a log says of another policy's value: estimates, or that it says too little. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "result")
@JsonSubTypes({
    @JsonSubTypes.Type(value = OffPolicyResult.Estimated.class, name = "estimated"),
    @JsonSubTypes.Type(value = OffPolicyResult.Refused.class, name = "refused")
})
public sealed interface OffPolicyResult {
    /** Kish's effective sample size of the rounds, (Σw)²/Σw². */
    double effectiveSize();

    /**
     * The log suffices.
     *
     * @param values by estimator: {@code ips}, {@code snips}, {@code clipped_ips} and, with a model, {@code dm} and
     *     {@code dr}
     * @param meanWeight about 1 where propensities are true and every action could be chosen
     * @param largestWeight of a round
     */
    record Estimated(double effectiveSize, double meanWeight, double largestWeight, Map<String, PolicyValue> values)
            implements OffPolicyResult {
        public Estimated {
            values = Collections.unmodifiableMap(new TreeMap<>(values));
        }
    }

    /**
     * The log does not suffice.
     *
     * @param reason in words and figures
     */
    record Refused(double effectiveSize, String reason) implements OffPolicyResult {}
}
