package dev.ringside.experiments.experiment;

import dev.ringside.experiments.Refusal;
import dev.ringside.experiments.slot.Champions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
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
 * @param champions the champions of its slot by segment; {@link Champions#DEFAULT} for all that have none of their own
 */
public record Experiment(
        ExperimentDocument document,
        int lastEpoch,
        Instant createdWall,
        @Nullable Instant startedAt,
        List<Region> regions,
        Map<String, String> champions) {
    /** Copies the collections. */
    public Experiment {
        regions = List.copyOf(regions);
        champions = Map.copyOf(champions);
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

    /** How a region stands with its segment's present champion. */
    public Standing standing(Region region) {
        String own = champions.get(region.segment());
        return new Standing(region, own == null ? champions.get(Champions.DEFAULT) : own);
    }

    /**
     * Whether a wave is to begin by itself: every region of the one before is decided, and as many of them are promoted and
     * rolled back as the document asks for. The first begins by the order to start.
     */
    public boolean waveIsDue(int wave) {
        return isDue(wave, r -> standing(r).isPromoted(), r -> standing(r).isRolledBack());
    }

    /**
     * Whether regions that begin together by one act do so apart from their wave: not with all of it, not in its turn, or
     * again.
     *
     * @param wave 0 for the first
     * @param together what the act begins
     */
    public boolean beginsApart(int wave, List<? extends Region> together) {
        boolean turn = wave == 0 || waveIsDue(wave);
        boolean first = wave(wave).stream().allMatch(region -> region.ran() == null);
        return !(turn && first && isWholeWave(wave, together));
    }

    /** Whether these are all regions of a wave, and maybe others. */
    boolean isWholeWave(int wave, List<? extends Region> regions) {
        List<String> segments = regions.stream().map(Region::segment).toList();
        return wave(wave).stream().allMatch(region -> segments.contains(region.segment()));
    }

    private boolean isDue(int wave, Predicate<Region> promoted, Predicate<Region> rolledBack) {
        if (isDraft() || wave == 0) {
            return false;
        }
        List<Region> before = wave(wave - 1);
        return before.stream().allMatch(EndedRegion.class::isInstance)
                && switch (document.nextWave()) {
                    case ONE_PROMOTED_NONE_ROLLED_BACK ->
                        before.stream().anyMatch(promoted) && before.stream().noneMatch(rolledBack);
                    case ONE_PROMOTED -> before.stream().anyMatch(promoted);
                    case MANUAL -> false;
                };
    }

    /**
     * Whether the control loop must look at it: as {@link #state()}, but whoever is champion, so that it is enough to say it
     * anew when a region changes.
     */
    boolean mayGoOn() {
        return regions.stream().anyMatch(r -> switch (r) {
            case Region.Waiting waiting ->
                isDue(waiting.wave(), EndedRegion.Promoted.class::isInstance, EndedRegion.RolledBack.class::isInstance);
            case Region.Running running -> true;
            case Region.Paused paused -> true;
            case EndedRegion ended -> false;
        });
    }

    /** The regions of a wave, 0 for the first. */
    public List<Region> wave(int wave) {
        return regions.stream().filter(r -> r.wave() == wave).toList();
    }

    /** {@code draft}; {@code running} while a region runs, is paused or is about to begin; {@code ended}. */
    public String state() {
        if (isDraft()) {
            return "draft";
        }
        boolean goesOn = regions.stream().anyMatch(r -> switch (r) {
            case Region.Waiting waiting -> waveIsDue(waiting.wave());
            case Region.Running running -> true;
            case Region.Paused paused -> true;
            case EndedRegion ended -> false;
        });
        return goesOn ? "running" : "ended";
    }
}
