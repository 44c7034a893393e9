package dev.ringside.contract.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * A record of the topic {@code unit-events}. A unit's predictions and outcomes share a partition; marks go to every one.
 * Readers ignore fields that they do not know.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "schema")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Prediction.class, name = "ringside.prediction/1"),
    @JsonSubTypes.Type(value = Outcome.class, name = "ringside.outcome/1"),
    @JsonSubTypes.Type(value = Mark.class, name = "ringside.mark/1")
})
public sealed interface UnitEvent permits Prediction, Outcome, Mark {}
