package dev.ringside.experiments.look;

import dev.ringside.experiments.experiment.Region;
import dev.ringside.experiments.experiment.RowEpoch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one region compares: its epochs from one that began afresh up to the next that did. Splits may differ between
 * them, versions do not.
 *
 * @param segment the region
 * @param wave the wave that it belongs to, 0 for the first
 * @param epochs the first first
 * @param endedAt when the next comparison of the region began, event time; null for the last one
 */
record Comparison(
        String segment,
        int wave,
        List<RowEpoch> epochs,
        @Nullable Instant endedAt) {
    Comparison {
        epochs = List.copyOf(epochs);
    }

    /** The comparisons of a region, the first first; none if it never ran. */
    static List<Comparison> all(Region region) {
        Region.Running ran = region.ran();
        var all = new ArrayList<Comparison>();
        if (ran == null) {
            return all;
        }
        List<RowEpoch> epochs = ran.epochs();
        int first = 0;
        for (int next = 1; next <= epochs.size(); next++) {
            if (next == epochs.size() || epochs.get(next).fresh()) {
                Instant endedAt =
                        next == epochs.size() ? null : epochs.get(next).openedAt();
                all.add(new Comparison(region.segment(), region.wave(), epochs.subList(first, next), endedAt));
                first = next;
            }
        }
        return all;
    }

    /** The one that a region which has run makes now, or made last. */
    static Comparison last(Region region) {
        return all(region).getLast();
    }

    /** The number of its first epoch. */
    int firstEpoch() {
        return epochs.getFirst().epoch();
    }

    /** When it began, event time. */
    Instant startedAt() {
        return epochs.getFirst().openedAt();
    }

    /** Which attempt of the same two models it is, 1 for the first. */
    int attempt() {
        Integer attempt = epochs.getFirst().attempt();
        return attempt == null ? 1 : attempt;
    }

    /** Whether it began apart from its wave, and so is promoted with its share of α. */
    boolean apart() {
        return Boolean.TRUE.equals(epochs.getFirst().apart());
    }

    /** Whether another one was begun by the same act, so that both may be decided together. */
    boolean beganWith(Comparison other) {
        return wave == other.wave
                && firstEpoch() == other.firstEpoch()
                && startedAt().equals(other.startedAt());
    }

    /** When the units of an epoch lost what they were assigned, event time; null while they have it. */
    @Nullable
    Instant closedAt(RowEpoch epoch) {
        Instant closed = epoch.closedAt();
        if (closed != null) {
            return closed;
        }
        // Epochs of the first release do not say it.
        int next = epochs.indexOf(epoch) + 1;
        return next < epochs.size() ? epochs.get(next).openedAt() : endedAt;
    }
}
