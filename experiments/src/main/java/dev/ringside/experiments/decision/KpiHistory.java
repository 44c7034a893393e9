package dev.ringside.experiments.decision;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The promotion looks of a KPI so far, oldest first.
 *
 * @param kpi its name
 * @param looks those at which it was tested
 */
public record KpiHistory(String kpi, List<PromotionLook> looks) {
    /** Copies the list. */
    public KpiHistory {
        looks = List.copyOf(looks);
    }

    KpiHistory plus(PromotionLook look) {
        return new KpiHistory(
                kpi, Stream.concat(looks.stream(), Stream.of(look)).toList());
    }

    @Nullable
    PromotionLook latest() {
        return looks.isEmpty() ? null : looks.getLast();
    }

    /** Whether all looks so far know their time; those of policy region/1 do not. */
    boolean timed() {
        return looks.stream().allMatch(look -> look.time() != null);
    }

    double alphaSpent() {
        return looks.isEmpty() ? 0 : looks.getLast().alphaSpent();
    }

    boolean everCrossed() {
        return looks.stream().anyMatch(PromotionLook::crossed);
    }

    /**
     * Whether the KPI counts as proven: its latest look crossed. An earlier crossing that later data did not uphold counts
     * no more, so that what is promoted is never at odds with the interval beside it.
     */
    boolean proven() {
        return !looks.isEmpty() && looks.getLast().crossed();
    }
}
