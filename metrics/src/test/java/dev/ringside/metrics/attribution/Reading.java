package dev.ringside.metrics.attribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.event.UnitEvent;
import dev.ringside.contract.moments.ArmCounts;
import dev.ringside.contract.moments.ExposureCounts;
import dev.ringside.contract.moments.KpiMessage;
import dev.ringside.contract.moments.Moments;
import dev.ringside.contract.moments.OutcomeClass;
import dev.ringside.metrics.DeadLetter;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What the partitions of a telling say in the end, and on the way: that nothing closed ever changes. */
final class Reading {
    private final Map<String, Moments> cells = new TreeMap<>();
    private final Map<String, ArmCounts> arms = new TreeMap<>();
    private final Map<String, ExposureCounts> exposures = new TreeMap<>();
    private final Map<OutcomeClass, Long> classes = new EnumMap<>(OutcomeClass.class);
    private final Map<String, Long> late = new TreeMap<>();
    private final Map<String, Long> unmatched = new TreeMap<>();
    private final Map<String, Duration> lengths = new HashMap<>();
    private long predictions;

    static Verdict of(World world, List<List<UnitEvent>> logs) {
        var definitions = new Definitions(Duration.ZERO);
        world.definitions().forEach(definitions::accept);
        var reading = new Reading();
        world.definitions().forEach(d -> reading.lengths.put(d.experiment() + d.epoch(), d.cohort()));
        for (int p = 0; p < logs.size(); p++) {
            reading.read(p, logs, definitions);
        }
        return new Verdict(
                reading.cells,
                reading.arms,
                reading.exposures,
                reading.predictions,
                reading.classes,
                reading.late,
                reading.unmatched);
    }

    private void read(int partition, List<List<UnitEvent>> logs, Definitions definitions) {
        var state = new MemoryState();
        var attribution = new Attribution(partition, logs.size(), state, definitions, 2000);
        Map<String, Moments> closedCells = new HashMap<>();
        Map<String, KpiMessage.Arm> lastArms = new HashMap<>();
        KpiMessage.Snapshot last = null;
        Instant horizon = Instant.MIN;
        long offset = 0;
        for (UnitEvent event : logs.get(partition)) {
            if (offset % 37 == 0) {
                attribution = new Attribution(partition, logs.size(), state, definitions, 2000);
            }
            Emissions emissions = attribution.accept(event, offset);
            for (KpiMessage message : emissions.messages()) {
                assertNull(last != null && last.offset() == offset ? last : null, "nothing follows the snapshot");
                switch (message) {
                    case KpiMessage.Cell cell -> {
                        String key = cell.key().text();
                        assertNull(closedCells.get(key), () -> "said after it had closed: " + cell);
                        if (cell.closed()) {
                            closedCells.put(key, cell.moments());
                        }
                    }
                    case KpiMessage.Arm arm -> {
                        KpiMessage.Arm before = lastArms.put(arm.key().text(), arm);
                        if (before != null && before.closed()) {
                            assertEquals(withoutLate(before.counts()), withoutLate(arm.counts()));
                            assertTrue(arm.closed());
                        }
                        if (before != null && before.complete()) {
                            assertEquals(before.exposures(), arm.exposures(), "exposures of a cohort that is complete");
                            assertTrue(arm.complete());
                        }
                    }
                    case KpiMessage.Snapshot snapshot -> {
                        assertTrue(snapshot.horizon().isAfter(horizon), "the horizon moves forward only");
                        horizon = snapshot.horizon();
                        for (KpiMessage.Arm arm : lastArms.values()) {
                            Instant end = arm.key()
                                    .cohort()
                                    .plus(lengths.get(
                                            arm.key().experiment() + arm.key().epoch()));
                            assertEquals(!end.isAfter(horizon), arm.complete(), arm::toString);
                        }
                        last = snapshot;
                    }
                }
            }
            emissions.late().forEach(o -> late.merge(o.toString(), 1L, Long::sum));
            for (DeadLetter letter : emissions.deadLetters()) {
                unmatched.merge(Objects.requireNonNull(letter.event()).toString(), 1L, Long::sum);
            }
            offset++;
        }
        assertTrue(last != null, "every partition reached the end");
        closedCells.forEach((key, moments) -> cells.merge(key, moments, Moments::plus));
        // A cell or arm that all units have left again is as good as none.
        cells.values().removeIf(Moments.NONE::equals);
        lastArms.forEach((key, arm) -> {
            assertTrue(arm.closed(), () -> "not closed at the end: " + arm);
            arms.merge(key, arm.counts(), ArmCounts::plus);
            exposures.merge(key, Objects.requireNonNull(arm.exposures()), ExposureCounts::plus);
        });
        exposures.values().removeIf(ExposureCounts.NONE::equals);
        arms.values().removeIf(ArmCounts.NONE::equals);
        assertEquals(0, last.totals().refused());
        predictions += last.totals().predictions();
        last.totals().outcomes().forEach((as, count) -> classes.merge(as, count, Long::sum));
    }

    private static ArmCounts withoutLate(ArmCounts c) {
        return new ArmCounts(c.units(), c.crossed(), c.fellBack(), c.withOutcome(), 0, 0, c.unitHashSum());
    }
}
