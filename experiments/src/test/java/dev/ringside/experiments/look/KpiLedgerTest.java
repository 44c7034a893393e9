package dev.ringside.experiments.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringside.contract.moments.ArmCounts;
import dev.ringside.contract.moments.ArmKey;
import dev.ringside.contract.moments.CellKey;
import dev.ringside.contract.moments.KpiMessage;
import dev.ringside.contract.moments.Moments;
import dev.ringside.experiments.store.Changes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KpiLedgerTest {
    private static final Instant DAY = Instant.parse("2001-04-01T00:00:00Z");
    private static final Instant NEXT = DAY.plus(Duration.ofDays(1));

    private final Changes changes = new Changes();
    private final KpiLedger ledger = new KpiLedger(2, changes);
    private long offset;

    private void accept(KpiMessage message) {
        ledger.accept(message, offset++);
    }

    private static KpiMessage.Cell cell(int partition, Instant cohort, long unit, boolean closed) {
        var key = new CellKey("x", 1, "PDX", "champion", "booked", cohort);
        return new KpiMessage.Cell(partition, key, Moments.ofUnit(unit, 1_000_000), closed);
    }

    private static KpiMessage.Arm arm(int partition, Instant cohort, long units, boolean closed) {
        var key = new ArmKey("x", 1, "PDX", "champion", cohort);
        return new KpiMessage.Arm(partition, key, new ArmCounts(units, 0, 0, 0, 0, 0, 0), closed);
    }

    private static KpiMessage.Snapshot snapshot(int partition, Instant horizon, long offset) {
        return new KpiMessage.Snapshot(partition, horizon, offset, List.of(), new KpiMessage.Totals(0, 0, 0, Map.of()));
    }

    private Moments closed(Instant first, Instant last) {
        return ledger.closed("x", 1, "PDX", "champion", "booked", first, last);
    }

    @Test
    void cellsCountFromTheSnapshotThatFollowsThemAndAddUpOverPartitions() {
        accept(cell(0, DAY, 1, true));
        accept(cell(1, DAY, 2, true));
        assertEquals(Moments.NONE, closed(DAY, DAY));
        accept(snapshot(0, NEXT, 10));
        assertEquals(Moments.ofUnit(1, 1_000_000), closed(DAY, DAY));
        accept(snapshot(1, NEXT, 20));
        assertEquals(2, closed(DAY, DAY).units());
        assertEquals(3, closed(DAY, DAY).unitHashSum());
    }

    @Test
    void aCellReplacesWhatWasSaidOfItBeforeAndOnlyCohortsAskedForAreSummed() {
        accept(cell(0, DAY, 1, false));
        accept(cell(0, DAY, 5, true));
        accept(cell(0, NEXT, 7, false));
        accept(snapshot(0, NEXT, 10));
        assertEquals(5, closed(DAY, DAY).unitHashSum());
        assertEquals(Moments.NONE, closed(DAY.plusSeconds(1), DAY));
        assertThrows(KpiLedger.NotClosed.class, () -> closed(DAY, NEXT));
    }

    @Test
    void openArmsAreCountedForShowOnly() {
        accept(arm(0, DAY, 3, true));
        accept(arm(0, NEXT, 4, false));
        accept(arm(1, NEXT, 5, false));
        accept(snapshot(0, NEXT, 10));
        accept(snapshot(1, NEXT, 10));
        assertEquals(12, ledger.all("x", 1, "PDX", "champion").units());
        assertEquals(3, ledger.closed("x", 1, "PDX", "champion", DAY, DAY).units());
        assertThrows(KpiLedger.NotClosed.class, () -> ledger.closed("x", 1, "PDX", "champion", DAY, NEXT));
        assertEquals(0, ledger.all("x", 2, "PDX", "champion").units());
    }

    @Test
    void theHorizonIsThatOfTheLastPartitionAndALookCitesTheFirstSnapshotPastItsTime() {
        assertEquals(Optional.empty(), ledger.horizon());
        accept(snapshot(0, DAY, 10));
        accept(snapshot(0, DAY.plusSeconds(2), 12));
        accept(snapshot(0, DAY.plusSeconds(4), 14));
        assertEquals(Optional.empty(), ledger.horizon());
        assertEquals(List.of(1), ledger.silentPartitions());
        accept(snapshot(1, DAY.plusSeconds(3), 33));
        assertEquals(Optional.of(DAY.plusSeconds(3)), ledger.horizon());
        assertEquals(Optional.of(List.of(12L, 33L)), ledger.offsets(DAY.plusSeconds(1)));
        assertEquals(Optional.of(List.of(14L, 33L)), ledger.offsets(DAY.plusSeconds(3)));
        assertEquals(Optional.empty(), ledger.offsets(DAY.plusSeconds(4)));
    }

    @Test
    void snapshotsBeforeTheTimeOfTheNextLookAreForgotten() {
        ledger.keepFrom(DAY.plusSeconds(2));
        ledger.keepFrom(DAY);
        for (int second = 0; second < 5; second++) {
            accept(snapshot(0, DAY.plusSeconds(second), second));
            accept(snapshot(1, DAY.plusSeconds(second), second));
        }
        assertEquals(Optional.of(List.of(2L, 2L)), ledger.offsets(DAY.plusSeconds(1)));
        ledger.keepFrom(DAY.plusSeconds(4));
        assertEquals(Optional.of(List.of(4L, 4L)), ledger.offsets(DAY.plusSeconds(1)));
        assertEquals(Optional.of(DAY.plusSeconds(4)), ledger.horizon());
    }

    @Test
    void aRecordThatComesAgainIsDropped() {
        ledger.accept(cell(0, DAY, 1, true), 5);
        ledger.accept(snapshot(0, NEXT, 10), 6);
        long rung = changes.count();
        ledger.accept(cell(0, DAY, 9, true), 5);
        ledger.accept(snapshot(0, NEXT, 10), 6);
        assertEquals(1, closed(DAY, DAY).unitHashSum());
        assertEquals(rung, changes.count());
    }

    @Test
    void aPartitionThatDoesNotExistIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> accept(snapshot(2, DAY, 1)));
    }
}
