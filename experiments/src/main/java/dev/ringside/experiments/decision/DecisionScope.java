package dev.ringside.experiments.decision;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a promotion is decided about. Harm is always a region's own. */
public enum DecisionScope {
    /** The regions of a wave together, each of which its own harm test and gate may veto. */
    @JsonProperty("wave")
    WAVE,
    /** Each region by itself, with its share of α. */
    @JsonProperty("region")
    REGION
}
