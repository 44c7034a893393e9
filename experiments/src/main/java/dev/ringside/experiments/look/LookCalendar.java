package dev.ringside.experiments.look;

import static dev.ringside.contract.InvalidInput.require;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which cohorts of a region complete a week since it started, and which is its last.
 *
 * @param startedAt when the region started
 * @param cohort the length of its cohorts, a week at most
 * @param maxDuration how long it may run
 */
public record LookCalendar(Instant startedAt, Duration cohort, Duration maxDuration) {
    private static final Duration WEEK = Duration.ofDays(7);

    public LookCalendar {
        require(
                cohort.isPositive() && cohort.compareTo(WEEK) <= 0,
                "cohort",
                "expected more than 0 and at most a week, found " + cohort);
        require(maxDuration.isPositive(), "max_duration", "expected more than 0, found " + maxDuration);
    }

    /** The number of the week that this cohort's end completes, 1 for the first; null if it completes none. */
    public @Nullable Integer week(Instant cohortStart) {
        long before = weeks(cohortStart);
        long after = weeks(cohortStart.plus(cohort));
        return after > before && after >= 1 ? Math.toIntExact(after) : null;
    }

    private long weeks(Instant time) {
        return Math.floorDiv(Duration.between(startedAt, time).toMillis(), WEEK.toMillis());
    }

    /** Whether the region's time is up within this cohort or at its end. */
    public boolean last(Instant cohortStart) {
        Instant end = startedAt.plus(maxDuration);
        return cohortStart.isBefore(end) && !cohortStart.plus(cohort).isBefore(end);
    }
}
