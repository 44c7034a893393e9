package dev.ringside.assignment;

import dev.ringside.contract.routing.RoutingRow;

/** What a unit is given in a segment. */
public sealed interface Assignment {
    /**
     * The unit is in an experiment.
     *
     * @param row the experiment's row
     * @param arm the unit's arm
     * @param propensity the probability of that arm given coverage: its weight among all weights
     */
    record Enrolled(RoutingRow row, RoutingRow.Arm arm, double propensity) implements Assignment {}

    /**
     * An experiment runs in the segment, but does not cover the unit: it gets the champion and is no control.
     *
     * @param row the row that leaves it out
     */
    record NotCovered(RoutingRow row) implements Assignment {}

    /** No experiment enrols units in the segment: the champion. */
    record NoRow() implements Assignment {}

    /**
     * A person has sent this unit to a version; it is never analysed.
     *
     * @param version the version
     */
    record Overridden(String version) implements Assignment {}
}
