package dev.ringside.contract.moments;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What became of an outcome record. */
public enum OutcomeClass {
    /** In at least one KPI's closed cell. */
    @JsonProperty("counted")
    COUNTED,
    /** Its unit is known, but it belongs to no running experiment, or lies before the exposure or past the window. */
    @JsonProperty("outside")
    OUTSIDE,
    /** In the window, but received too late; counted by arm and sent to {@code outcomes-late}. */
    @JsonProperty("late")
    LATE,
    /** No prediction of its unit came in time; sent to {@code dead-letter}. */
    @JsonProperty("unmatched")
    UNMATCHED,
    /** A copy of an event id and revision that was received before. */
    @JsonProperty("duplicates")
    DUPLICATES,
    /** A revision that a higher one replaced, or that was retracted. */
    @JsonProperty("superseded")
    SUPERSEDED,
    /** Not final yet. */
    @JsonProperty("pending")
    PENDING
}
