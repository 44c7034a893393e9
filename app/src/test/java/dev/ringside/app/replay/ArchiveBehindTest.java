package dev.ringside.app.replay;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** S20: seconds after a run the archive lags, and that is no difference. */
class ArchiveBehindTest {
    @Test
    void anArchiveThatHasNotReachedTheOffsetOfALookSaysSo() {
        var behind = assertThrows(
                ArchiveBehind.class, () -> ArchiveBehind.require(Map.of(0, 99L, 1, 50L), Map.of(0, 100L, 1, 50L)));
        assertEquals(
                "the archive has not reached offset 50 of partition 1, which the looks cite; it holds offsets up to 49."
                        + " It is written ringside.metrics.archive-after behind the events, and when the platform stops"
                        + " in order: try again then",
                behind.getMessage());
    }

    @Test
    void anEmptyArchiveHoldsNothing() {
        var behind = assertThrows(ArchiveBehind.class, () -> ArchiveBehind.require(Map.of(3, 0L), Map.of()));
        assertEquals(
                "the archive has not reached offset 0 of partition 3, which the looks cite; it holds nothing of it",
                behind.getMessage().split("\\.", 2)[0]);
    }

    @Test
    void anArchiveThatHoldsTheLastOffsetIsEnough() {
        assertDoesNotThrow(() -> ArchiveBehind.require(Map.of(0, 99L), Map.of(0, 100L, 7, 1L)));
    }
}
