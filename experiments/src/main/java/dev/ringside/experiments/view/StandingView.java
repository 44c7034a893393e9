package dev.ringside.experiments.view;

import dev.ringside.contract.routing.RoutingRow;
import dev.ringside.experiments.Refusal;
import dev.ringside.experiments.experiment.Act;
import dev.ringside.experiments.experiment.EndedRegion;
import dev.ringside.experiments.experiment.Ending;
import dev.ringside.experiments.experiment.Holdback;
import dev.ringside.experiments.experiment.PastRun;
import dev.ringside.experiments.experiment.Proof;
import dev.ringside.experiments.experiment.Region;
import dev.ringside.experiments.experiment.RowEpoch;
import dev.ringside.experiments.view.RegionView.KpiView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is proven of a region, what serves there, and what can be done: three things, none of which follows from another.
 *
 * @param evidence what its looks have proven
 * @param serving what its segment's requests get; null while there is no champion
 * @param acts what can be done to it now
 * @param attempt which attempt of the same two models its comparison is; null if it never ran
 * @param warnings proofs of harm elsewhere of the version that it tries, or that serves
 * @param holdback what keeps the old champion for some after a promotion; null if nothing ever did
 * @param pausedAt when it was paused, event time; null unless it is
 * @param runs its runs, the first first; the last is the present one
 */
public record StandingView(
        EvidenceView evidence,
        @Nullable ServingView serving,
        List<Act> acts,
        @Nullable Integer attempt,
        List<String> warnings,
        @Nullable HoldbackView holdback,
        @Nullable Instant pausedAt,
        List<RunView> runs) {

    /**
     * What is proven.
     *
     * @param proven {@code better}, {@code worse} or {@code not_proven}
     * @param look the look that proved it; null if none did
     */
    public record EvidenceView(String proven, @Nullable String look) {
        static EvidenceView of(@Nullable Proof proof) {
            return proof == null
                    ? new EvidenceView("not_proven", null)
                    : new EvidenceView(proof.proven().name().toLowerCase(Locale.ROOT), proof.look());
        }
    }

    /**
     * What serves.
     *
     * @param version the champion
     * @param by {@code policy}, or who made it champion
     * @param forced whether a person made it champion without, or against, what the region has proven
     * @param since since when, event time; null if a replay's clock had not been set
     * @param act how: {@code set}, {@code first}, {@code promote} or {@code roll_back}; null if that was not kept
     * @param why in their own words
     */
    public record ServingView(
            String version,
            String by,
            boolean forced,
            @Nullable Instant since,
            @Nullable String act,
            @Nullable String why) {}

    /**
     * A holdback.
     *
     * @param epoch of its own
     * @param share of all units that keep the old champion, 0 to 1
     * @param version the old champion
     * @param endsAt when it ends by itself, event time
     * @param endedAt when it ended, event time; null while it lasts
     * @param promotedBy the primary KPI as the look knew it that promoted; null if a person did
     * @param since the primary KPI of the new champion less that of those held back, as their last look knew it; null before
     */
    public record HoldbackView(
            int epoch,
            double share,
            String version,
            Instant startedAt,
            Instant endsAt,
            @Nullable Instant endedAt,
            boolean open,
            @Nullable String endedBy,
            @Nullable KpiView promotedBy,
            @Nullable KpiView since) {
        static HoldbackView of(Holdback holdback, @Nullable KpiView promotedBy, @Nullable KpiView since) {
            RoutingRow.Arm control = holdback.epoch().arms().getFirst();
            Ending ended = holdback.ended();
            return new HoldbackView(
                    holdback.epoch().epoch(),
                    (double) control.weight() / RoutingRow.ALL,
                    control.version(),
                    holdback.epoch().openedAt(),
                    holdback.endsAt(),
                    ended == null ? null : ended.at(),
                    holdback.open(),
                    ended == null ? null : ended.by().name(),
                    promotedBy,
                    since);
        }
    }

    /**
     * A run of a region: from one start to the next.
     *
     * @param run its number, 1 for the first
     * @param firstEpoch the first epoch of its last comparison
     * @param attempt which attempt of the same two models that was
     * @param endedAt null while it goes on
     * @param state how it ended, or stands
     * @param by who ended it; null while it goes on
     */
    public record RunView(
            int run,
            int firstEpoch,
            int attempt,
            Instant startedAt,
            @Nullable Instant endedAt,
            String state,
            EvidenceView evidence,
            @Nullable String by,
            @Nullable String why) {}

    static List<RunView> runs(Region region, String state) {
        Region.Running ran = region.ran();
        if (ran == null) {
            return List.of();
        }
        List<RunView> runs = new ArrayList<>();
        for (PastRun past : ran.earlier()) {
            runs.add(run(
                    runs.size() + 1,
                    ran,
                    past.firstEpoch(),
                    past.startedAt(),
                    past.state(),
                    past.proof(),
                    past.ending()));
        }
        RowEpoch first = ran.comparison().getFirst();
        Ending ending = region instanceof EndedRegion ended ? ended.ending() : null;
        runs.add(run(runs.size() + 1, ran, first.epoch(), first.openedAt(), state, region.proof(), ending));
        return List.copyOf(runs);
    }

    /**
     * The first epoch of a run's comparison.
     *
     * @param run its number; null for the present one
     * @throws Refusal if the region has no such run
     */
    public static int firstEpoch(Region region, @Nullable Long run) {
        List<RunView> runs = runs(region, "");
        if (runs.isEmpty() || (run != null && run > runs.size())) {
            throw Refusal.unknown("region '" + region.segment() + "' has " + runs.size() + " runs"
                    + (run == null ? "" : ", found run=" + run));
        }
        return (run == null ? runs.getLast() : runs.get((int) (run - 1))).firstEpoch();
    }

    private static RunView run(
            int number,
            Region.Running ran,
            int firstEpoch,
            Instant startedAt,
            String state,
            @Nullable Proof proof,
            @Nullable Ending ending) {
        int attempt = ran.epochs().stream()
                .filter(epoch -> epoch.epoch() == firstEpoch)
                .map(RowEpoch::attempt)
                .findFirst()
                .orElse(1);
        return new RunView(
                number,
                firstEpoch,
                attempt,
                startedAt,
                ending == null ? null : ending.at(),
                state,
                EvidenceView.of(proof),
                ending == null ? null : ending.by().name(),
                ending == null ? null : ending.why());
    }
}
