package dev.ringside.experiments.look;

import dev.ringside.contract.moments.CellKey;
import dev.ringside.contract.moments.KpiMessage;
import dev.ringside.contract.moments.Moments;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/** What one partition counted of one experiment. Owned by the ledger, under its lock. */
final class ExperimentCells {
    private final Map<CellPlace, NavigableMap<Instant, Counted>> cells = new HashMap<>();
    private final Map<ArmPlace, NavigableMap<Instant, KpiMessage.Arm>> arms = new HashMap<>();

    /** A KPI of an arm. */
    record CellPlace(int epoch, String segment, String variant, String kpi) {}

    /** An arm. */
    record ArmPlace(int epoch, String segment, String variant) {}

    /** What a cell holds. */
    record Counted(Moments moments, boolean closed) {}

    void put(KpiMessage.Cell cell) {
        CellKey key = cell.key();
        cells.computeIfAbsent(new CellPlace(key.epoch(), key.segment(), key.variant(), key.kpi()), k -> new TreeMap<>())
                .put(key.cohort(), new Counted(cell.moments(), cell.closed()));
    }

    void put(KpiMessage.Arm arm) {
        var key = arm.key();
        arms.computeIfAbsent(new ArmPlace(key.epoch(), key.segment(), key.variant()), k -> new TreeMap<>())
                .put(key.cohort(), arm);
    }

    /** The cells of a KPI whose cohorts begin from one time to another, both inclusive. */
    NavigableMap<Instant, Counted> between(CellPlace place, Instant first, Instant last) {
        return between(cells.get(place), first, last);
    }

    /** The cohorts of an arm that begin from one time to another, both inclusive. */
    NavigableMap<Instant, KpiMessage.Arm> between(ArmPlace place, Instant first, Instant last) {
        return between(arms.get(place), first, last);
    }

    private static <T> NavigableMap<Instant, T> between(
            @Nullable NavigableMap<Instant, T> cohorts, Instant first, Instant last) {
        return cohorts == null || last.isBefore(first) ? new TreeMap<>() : cohorts.subMap(first, true, last, true);
    }

    /** Whether nothing of it will change any more. */
    boolean isClosed() {
        return cells.values().stream()
                        .allMatch(cohorts -> cohorts.values().stream().allMatch(Counted::closed))
                && arms.values().stream()
                        .allMatch(cohorts -> cohorts.values().stream().allMatch(KpiMessage.Arm::closed));
    }

    /** Gives the units of each arm, all cohorts together. */
    void units(ObjLongConsumer<ArmPlace> receiver) {
        arms.forEach((place, cohorts) -> receiver.accept(
                place,
                cohorts.values().stream().mapToLong(arm -> arm.counts().units()).sum()));
    }
}
