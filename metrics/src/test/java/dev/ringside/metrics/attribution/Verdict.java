package dev.ringside.metrics.attribution;

import dev.ringside.contract.moments.ArmCounts;
import dev.ringside.contract.moments.ExposureCounts;
import dev.ringside.contract.moments.Moments;
import dev.ringside.contract.moments.OutcomeClass;
import java.util.Map;

/** All that is final about a world: what every way of telling it must end in. */
record Verdict(
        Map<String, Moments> closedCells,
        Map<String, ArmCounts> arms,
        Map<String, ExposureCounts> exposures,
        long predictions,
        Map<OutcomeClass, Long> outcomes,
        Map<String, Long> late,
        Map<String, Long> unmatched) {}
