package dev.ringside.experiments.look;

import dev.ringside.experiments.decision.Design;
import dev.ringside.experiments.experiment.EndedRegion;
import dev.ringside.experiments.experiment.Experiment;
import dev.ringside.experiments.experiment.Region;
import dev.ringside.experiments.store.Tx;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The looks at a region that are to come.
 *
 * @param look when it is looked at next, event time; null if nothing comes any more
 * @param promotion when its promotion is looked at next, alone or with its wave; null if that is over
 * @param lastPromotion whether that is the last time
 * @param firstClosing when the first of its outcomes close, event time; null where none do
 * @param promotionAlpha with which probability its promotion may err at most; null where it is not looked at
 */
public record Awaited(
        @Nullable Instant look,
        @Nullable Instant promotion,
        boolean lastPromotion,
        @Nullable Instant firstClosing,
        @Nullable Double promotionAlpha) {
    private static final Awaited NOTHING = of(null);

    private static Awaited of(@Nullable Instant look) {
        return new Awaited(look, null, false, null, null);
    }

    /** What a region waits for. */
    public static Awaited of(Tx tx, Experiment experiment, Region region) {
        return switch (region) {
            case Region.Running running -> {
                Comparison now = Comparison.last(running);
                Optional<DueLook> watch = watch(tx, experiment, now);
                Series series = Series.promotion(experiment, now, Looks.definitions(tx, experiment.name()));
                Optional<DueLook> promotion = Looks.due(tx, series);
                Instant first = promotion
                        .map(DueLook::at)
                        .filter(at -> watch.isEmpty() || at.isBefore(watch.get().at()))
                        .or(() -> watch.map(DueLook::at))
                        .orElse(null);
                yield new Awaited(
                        first,
                        promotion.map(DueLook::at).orElse(null),
                        promotion.map(DueLook::last).orElse(false),
                        new LookTimes(series).firstClosing().orElse(null),
                        alpha(series.design()));
            }
            case Region.Paused paused ->
                of(watch(tx, experiment, Comparison.last(paused))
                        .map(DueLook::at)
                        .orElse(null));
            case EndedRegion.Promoted promoted -> {
                var holdback = promoted.holdback();
                yield holdback == null || !promoted.watchesHoldback()
                        ? NOTHING
                        : of(Looks.due(
                                        tx,
                                        Series.holdback(
                                                experiment.document(),
                                                promoted,
                                                holdback,
                                                Looks.definitions(tx, experiment.name())))
                                .map(DueLook::at)
                                .orElse(null));
            }
            case Region.Waiting _ -> NOTHING;
            case EndedRegion.RolledBack _ -> NOTHING;
            case EndedRegion.Inconclusive _ -> NOTHING;
            case EndedRegion.Stopped _ -> NOTHING;
        };
    }

    private static double alpha(Design design) {
        return switch (design) {
            case Design.Unit unit -> unit.promotionAlpha();
        };
    }

    private static Optional<DueLook> watch(Tx tx, Experiment experiment, Comparison of) {
        return Looks.due(
                tx, Series.region(experiment.document(), Question.WATCH, of, Looks.definitions(tx, experiment.name())));
    }
}
