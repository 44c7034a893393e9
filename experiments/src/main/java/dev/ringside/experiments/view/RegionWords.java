package dev.ringside.experiments.view;

import dev.ringside.experiments.decision.Verdict;
import dev.ringside.experiments.experiment.EndedRegion;
import dev.ringside.experiments.experiment.Ending;
import dev.ringside.experiments.experiment.Experiment;
import dev.ringside.experiments.experiment.ExperimentDocument.NextWave;
import dev.ringside.experiments.experiment.Region;
import dev.ringside.experiments.experiment.Starting;
import dev.ringside.experiments.look.Awaited;
import dev.ringside.experiments.look.Look;
import dev.ringside.experiments.look.Standstill;
import dev.ringside.experiments.slot.Champions;
import dev.ringside.experiments.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says in words how a region stands, and why it does not go on where it does not. */
final class RegionWords {
    private final Starting starting;
    private final Standstill standstill;
    private final Duration patience;

    RegionWords(Starting starting, Standstill standstill, Duration patience) {
        this.starting = starting;
        this.standstill = standstill;
        this.patience = patience;
    }

    /** The verdict's name, a sentence, more reasons, and when the next look is due. */
    record Words(
            String verdict,
            String sentence,
            List<String> reasons,
            @Nullable Instant nextLookAt) {}

    Words of(Tx tx, Experiment experiment, Region region, Optional<Look> look, @Nullable Instant now) {
        return switch (region) {
            case Region.Waiting waiting -> waiting(tx, experiment, waiting);
            case Region.Running running -> running(tx, experiment, running, look, now);
            case Region.Paused paused -> paused(paused, look);
            case EndedRegion.Promoted promoted -> since(tx, experiment, promoted, ended(promoted, "Promoted", look));
            case EndedRegion.RolledBack rolledBack ->
                since(tx, experiment, rolledBack, ended(rolledBack, "Rolled back", look));
            case EndedRegion.Inconclusive inconclusive ->
                since(tx, experiment, inconclusive, ended(inconclusive, "Ended inconclusive", look));
            case EndedRegion.Stopped stopped -> since(tx, experiment, stopped, ended(stopped, "Stopped", look));
        };
    }

    /** What somebody has made champion since, where that is not what the region ended with. */
    private static Words since(Tx tx, Experiment experiment, EndedRegion region, Words words) {
        if (!experiment.standing(region).superseded()) {
            return words;
        }
        return Champions.at(tx, experiment.document().slot(), region.segment(), Instant.MAX)
                .map(champion -> new Words(
                        words.verdict(),
                        words.sentence() + (words.sentence().endsWith(".") ? " " : "; ") + "since then "
                                + champion.actor() + " made " + champion.version() + " champion"
                                + (champion.why() == null ? "" : ": " + champion.why()),
                        words.reasons(),
                        words.nextLookAt()))
                .orElse(words);
    }

    private Words waiting(Tx tx, Experiment experiment, Region.Waiting region) {
        List<String> reasons;
        if (experiment.isDraft()) {
            reasons = List.of("The experiment is a draft");
        } else if (region.wave() == 0) {
            reasons = List.of("The experiment was started without it; start it by its name");
        } else if (experiment.waveIsDue(region.wave())) {
            reasons = starting.obstacles(tx, experiment.document(), region.segment());
        } else {
            reasons = List.of(waveBefore(experiment, region.wave()));
        }
        return new Words("not_started", "Not started: " + join(reasons), reasons, null);
    }

    private static String waveBefore(Experiment experiment, int wave) {
        List<Region> before =
                experiment.regions().stream().filter(r -> r.wave() == wave - 1).toList();
        List<String> open = before.stream()
                .filter(r -> !(r instanceof EndedRegion))
                .map(Region::segment)
                .toList();
        if (!open.isEmpty()) {
            return "wave " + wave + " is not decided yet in " + String.join(", ", open);
        }
        if (experiment.document().nextWave() == NextWave.MANUAL) {
            return "its waves are started by hand";
        }
        List<String> rolledBack = before.stream()
                .filter(r -> experiment.standing(r).isRolledBack())
                .map(Region::segment)
                .toList();
        boolean promoted = before.stream().anyMatch(r -> experiment.standing(r).isPromoted());
        return promoted && !rolledBack.isEmpty()
                ? "wave " + wave + " rolled back in " + String.join(", ", rolledBack)
                        + ", so a person decides whether this one starts"
                : "wave " + wave + " promoted nowhere";
    }

    private Words running(
            Tx tx, Experiment experiment, Region.Running region, Optional<Look> look, @Nullable Instant now) {
        Awaited awaited = Awaited.of(tx, experiment, region);
        Instant next = awaited.look();
        List<String> stands = new ArrayList<>(standstill.spools());
        stands.addAll(standstill.held(experiment.name(), region.segment()));
        if (now != null && next != null && !next.plus(patience).isAfter(now)) {
            standstill.before(next).forEach(reason -> stands.add("the look for " + next + " waits: " + reason));
        }
        var reasons = new ArrayList<>(stands);
        Instant end = region.countsUntil(experiment.document().maxDuration());
        if (now != null && !now.isBefore(end)) {
            reasons.add("The region's time was up at " + end
                    + "; units keep their arms until the last window is over, and who came by then is still"
                    + " being counted.");
        }
        Verdict verdict = look.map(l -> l.record().decision().verdict()).orElse(null);
        if (verdict != null) {
            reasons.addAll(verdict.reasons());
        }
        if (!stands.isEmpty()) {
            return new Words("blocked", "Blocked: " + stands.getFirst(), reasons, next);
        }
        return verdict == null
                ? new Words(
                        "continue",
                        "Continue: nothing was looked at yet, the first look is at " + next
                                + (awaited.promotion() == null
                                        ? ""
                                        : ", a promotion comes at the earliest at " + awaited.promotion()),
                        reasons,
                        next)
                : new Words(verdict.name(), verdict.sentence(), reasons, next);
    }

    private static Words paused(Region.Paused region, Optional<Look> look) {
        Words words = act(region.pause(), "Paused, everybody gets the champion,", "paused", look);
        return new Words("paused", words.sentence(), words.reasons(), null);
    }

    private static Words ended(EndedRegion region, String what, Optional<Look> look) {
        return act(region.ending(), what, region.last() == null ? "not_started" : "continue", look);
    }

    private static Words act(Ending ending, String what, String without, Optional<Look> look) {
        Optional<Verdict> verdict = look.map(l -> l.record().decision().verdict());
        List<String> reasons = verdict.map(Verdict::reasons).orElse(List.of());
        String name = verdict.map(Verdict::name).orElse(without);
        if (ending.byLook() && verdict.isPresent()) {
            return new Words(name, verdict.get().sentence(), reasons, null);
        }
        String sentence = what + " by " + ending.by().name() + (ending.why() == null ? "" : ": " + ending.why());
        return new Words(name, sentence, reasons, null);
    }

    private static String join(List<String> reasons) {
        return reasons.isEmpty() ? "it is about to" : String.join("; ", reasons);
    }
}
