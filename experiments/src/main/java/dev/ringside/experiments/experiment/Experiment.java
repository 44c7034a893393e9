package dev.ringside.experiments.experiment;

import dev.ringside.experiments.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An experiment as it stands.
 *
 * @param document its design
 * @param lastEpoch the number of the epoch opened last; 0 before the start
 * @param createdWall when its document was first put, by the machine's clock
 * @param startedAt when its first region began, event time; null while it is a draft
 * @param regions by wave, then in the order of the document
 */
public record Experiment(
        ExperimentDocument document,
        int lastEpoch,
        Instant createdWall,
        @Nullable Instant startedAt,
        List<Region> regions) {
    /** Copies the list. */
    public Experiment {
        regions = List.copyOf(regions);
    }

    /** Its name. */
    public String name() {
        return document.name();
    }

    /** Whether it has not been started. */
    public boolean isDraft() {
        return startedAt == null;
    }

    /** The regions that enrol units. */
    public Stream<Region.Running> running() {
        return regions.stream().filter(Region.Running.class::isInstance).map(Region.Running.class::cast);
    }

    /**
     * The region of a segment.
     *
     * @throws Refusal if the experiment has none
     */
    public Region region(String segment) {
        return regions.stream()
                .filter(r -> r.segment().equals(segment))
                .findFirst()
                .orElseThrow(() -> Refusal.unknown("experiment '" + name() + "' has no region '" + segment
                        + "'; it has "
                        + String.join(
                                ", ", regions.stream().map(Region::segment).toList())));
    }

    /**
     * Whether a wave is to begin: every region of the one before is decided and one is promoted. The first begins by the
     * order to start.
     */
    public boolean waveIsDue(int wave) {
        if (isDraft() || wave == 0) {
            return false;
        }
        List<Region> before = regions.stream().filter(r -> r.wave() == wave - 1).toList();
        return before.stream().allMatch(Region.Ended.class::isInstance)
                && before.stream().anyMatch(Region.Promoted.class::isInstance);
    }

    /** {@code draft}; {@code running} while a region runs or is about to begin; {@code ended}. */
    public String state() {
        if (isDraft()) {
            return "draft";
        }
        boolean goesOn = regions.stream()
                .anyMatch(r -> r instanceof Region.Running || (r instanceof Region.Waiting && waveIsDue(r.wave())));
        return goesOn ? "running" : "ended";
    }
}
