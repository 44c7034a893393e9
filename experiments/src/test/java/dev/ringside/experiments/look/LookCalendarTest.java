package dev.ringside.experiments.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LookCalendarTest {
    private static final Instant MIDNIGHT = Instant.parse("2001-04-01T00:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void eachWeekIsCompletedByExactlyOneCohort() {
        for (int minutes = 0; minutes < 1440; minutes += 97) {
            var calendar = new LookCalendar(MIDNIGHT.plusSeconds(60L * minutes), DAY, Duration.ofDays(42));
            int next = 1;
            for (int day = 0; day < 50; day++) {
                Integer week = calendar.week(MIDNIGHT.plus(Duration.ofDays(day)));
                if (week != null) {
                    assertEquals(next, week);
                    assertEquals(minutes == 0 ? 7 * next - 1 : 7 * next, day);
                    next++;
                }
            }
            assertEquals(8, next);
        }
    }

    @Test
    void cohortBeforeTheStartCompletesNothing() {
        var calendar = new LookCalendar(MIDNIGHT, DAY, Duration.ofDays(42));
        assertNull(calendar.week(MIDNIGHT.minus(DAY)));
    }

    @Test
    void lastCohortHoldsTheEndOfTheLongestDuration() {
        var calendar = new LookCalendar(MIDNIGHT.plusSeconds(3600), DAY, Duration.ofDays(42));
        assertFalse(calendar.last(MIDNIGHT.plus(Duration.ofDays(41))));
        assertTrue(calendar.last(MIDNIGHT.plus(Duration.ofDays(42))));
        assertFalse(calendar.last(MIDNIGHT.plus(Duration.ofDays(43))));
        var aligned = new LookCalendar(MIDNIGHT, DAY, Duration.ofDays(42));
        assertTrue(aligned.last(MIDNIGHT.plus(Duration.ofDays(41))));
        assertEquals(6, aligned.week(MIDNIGHT.plus(Duration.ofDays(41))));
    }
}
