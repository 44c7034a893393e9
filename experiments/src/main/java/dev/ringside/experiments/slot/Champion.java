package dev.ringside.experiments.slot;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a champion's history: the version that a segment's pointer named from then on.
 *
 * @param segment a segment, or {@link Champions#DEFAULT}
 * @param counter counts the changes of this pointer, 1 for the first
 * @param version the version
 * @param since since when, in event time; null if a replay's clock had not been set
 * @param sinceWall since when, by the machine's clock
 * @param actor who pointed it there
 * @param why in their own words
 * @param act how: {@code set}, {@code first}, {@code promote} or {@code roll_back}; null for what the first release did
 * @param followsDefault whether the segment has had the slot's default champion again from then on, whichever that is
 */
public record Champion(
        String segment,
        long counter,
        String version,
        @Nullable Instant since,
        Instant sinceWall,
        String actor,
        @Nullable String why,
        @Nullable String act,
        boolean followsDefault) {}
