package dev.ringside.experiments.experiment;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a region stands with the champion that its segment has now: what the region says, and which acts are legal. Where
 * an experiment ended and somebody changed the champion since, against what came of it, the region is {@value #SUPERSEDED}.
 *
 * @param region the region
 * @param champion the version that its segment's requests get now; null if there is none
 */
public record Standing(Region region, @Nullable String champion) {
    /** The word for a region whose outcome was overruled by another champion. */
    public static final String SUPERSEDED = "superseded";

    /** The word for its state. */
    public String state() {
        return superseded() ? SUPERSEDED : region.state();
    }

    /** Whether what serves is not what the region ended with: its promoted challenger is not champion, or another's is. */
    public boolean superseded() {
        return switch (region) {
            case Region.Waiting w -> false;
            case Region.Running r -> false;
            case Region.Paused p -> false;
            case EndedRegion.Promoted promoted -> !challengerServes();
            case EndedRegion.RolledBack r -> challengerServes();
            case EndedRegion.Inconclusive i -> challengerServes();
            case EndedRegion.Stopped s -> challengerServes();
        };
    }

    private boolean challengerServes() {
        Region.Running ran = region.ran();
        return ran != null && ran.current().challengerVersion().equals(champion);
    }

    /** Whether it counts as promoted for the waves after it. */
    public boolean isPromoted() {
        return region instanceof EndedRegion.Promoted && !superseded();
    }

    /** Whether the challenger went, or was taken out after it was promoted. */
    public boolean isRolledBack() {
        return region instanceof EndedRegion.RolledBack || (region instanceof EndedRegion.Promoted && superseded());
    }

    /** The acts that its state allows; what else may stand against one is for {@link Starting} and readiness to say. */
    public Set<Act> acts() {
        return switch (region) {
            case Region.Waiting w -> EnumSet.of(Act.START, Act.STOP);
            case Region.Running r -> EnumSet.of(Act.STOP, Act.PROMOTE, Act.ROLL_BACK, Act.PAUSE);
            case Region.Paused p -> EnumSet.of(Act.STOP, Act.PROMOTE, Act.ROLL_BACK, Act.RESUME);
            case EndedRegion.Promoted promoted ->
                superseded()
                        ? EnumSet.of(Act.START, Act.PROMOTE)
                        : promoted.watchesHoldback()
                                ? EnumSet.of(Act.ROLL_BACK, Act.END_HOLDBACK)
                                : EnumSet.of(Act.ROLL_BACK);
            case EndedRegion.RolledBack r -> afterChampionStayed();
            case EndedRegion.Inconclusive i -> afterChampionStayed();
            case EndedRegion.Stopped stopped -> stopped.last() == null ? EnumSet.of(Act.START) : afterChampionStayed();
        };
    }

    private Set<Act> afterChampionStayed() {
        return challengerServes() ? EnumSet.of(Act.ROLL_BACK) : EnumSet.of(Act.START, Act.PROMOTE);
    }
}
