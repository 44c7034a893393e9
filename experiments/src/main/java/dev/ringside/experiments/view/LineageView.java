package dev.ringside.experiments.view;

import dev.ringside.contract.model.Digests;
import dev.ringside.contract.model.LoggedRows;
import dev.ringside.contract.model.ModelManifest;
import dev.ringside.contract.model.ModelManifest.GateResult;
import dev.ringside.contract.routing.RoutingRow;
import dev.ringside.contract.routing.SlotRoutes;
import dev.ringside.experiments.experiment.EndedRegion;
import dev.ringside.experiments.experiment.Ending;
import dev.ringside.experiments.experiment.Experiment;
import dev.ringside.experiments.experiment.ExperimentDocument;
import dev.ringside.experiments.experiment.Experiments;
import dev.ringside.experiments.experiment.Region;
import dev.ringside.experiments.experiment.RowEpoch;
import dev.ringside.experiments.experiment.Standing;
import dev.ringside.experiments.registry.RegisteredVersion;
import dev.ringside.experiments.registry.Versions;
import dev.ringside.experiments.slot.Champion;
import dev.ringside.experiments.slot.Champions;
import dev.ringside.experiments.slot.SlotDocument;
import dev.ringside.experiments.store.Tx;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A version from its data to where it served: data, run, file, gates, comparisons and their verdicts, reigns as champion.
 *
 * @param run how it was trained; null for a model that was made elsewhere
 * @param gates what each gate said before it was registered; empty where none was asked, or that was not kept
 * @param comparisons in which it was an arm, region by region
 * @param reigns when it was champion, and of what
 */
public record LineageView(
        String slot,
        String version,
        String sha256,
        String manifestSha256,
        @Nullable RunView run,
        List<GateResult> gates,
        Instant registeredAt,
        String registeredBy,
        List<ComparisonView> comparisons,
        List<ReignView> reigns) {

    /**
     * How it was trained.
     *
     * @param dataSha256 of the data file
     * @param log which rows of a platform's log that file was made of; null for a file of other origin
     * @param configurationSha256 of the training's document, which the version's view has whole
     * @param parent the version that it was fine-tuned from
     */
    public record RunView(
            String dataSha256,
            @Nullable LoggedRows log,
            String configurationSha256,
            @Nullable Long seed,
            @Nullable String parent,
            @Nullable String software) {}

    /**
     * What it was compared with in a region.
     *
     * @param variant its arm
     * @param against the version of the other arm
     * @param state of the region
     * @param proven what the looks have proven of the challenger: {@code better}, {@code worse} or {@code not_proven}
     * @param look the look that proved it; null if none did
     * @param endedAt event time; null while it goes on
     * @param endedBy {@code policy}, or who
     */
    public record ComparisonView(
            String experiment,
            String segment,
            String variant,
            String against,
            String state,
            String proven,
            @Nullable String look,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable String endedBy) {}

    /**
     * A time as champion.
     *
     * @param segment of which; {@code default} for all without a champion of their own
     * @param since event time; null if a replay's clock had not been set
     * @param until event time; null while it lasts
     * @param lasts whether it is champion there now
     * @param by {@code policy}, or who made it champion
     * @param act how
     */
    public record ReignView(
            String segment,
            @Nullable Instant since,
            @Nullable Instant until,
            boolean lasts,
            String by,
            @Nullable String act,
            @Nullable String why) {}

    /** The lineage of a version. */
    public static LineageView of(Tx tx, SlotDocument slot, String version) {
        RegisteredVersion registered = Versions.get(tx, slot.name(), version);
        ModelManifest manifest = registered.manifest();
        ModelManifest.Lineage lineage = manifest.lineage();
        List<GateResult> gates = lineage == null ? null : lineage.gates();
        return new LineageView(
                slot.name(),
                version,
                manifest.sha256(),
                registered.manifestSha256(),
                lineage == null ? null : run(lineage, manifest.seed()),
                gates == null ? List.of() : gates,
                registered.registeredWall(),
                registered.registeredBy(),
                comparisons(tx, slot, version),
                reigns(tx, slot, version));
    }

    private static RunView run(ModelManifest.Lineage lineage, @Nullable Long seed) {
        return new RunView(
                lineage.dataSha256(),
                lineage.log(),
                Digests.sha256(lineage.configuration().getBytes(StandardCharsets.UTF_8)),
                seed,
                lineage.parent(),
                lineage.software());
    }

    private static List<ComparisonView> comparisons(Tx tx, SlotDocument slot, String version) {
        var comparisons = new ArrayList<ComparisonView>();
        for (Experiment experiment : Experiments.all(tx)) {
            ExperimentDocument document = experiment.document();
            if (!document.slot().equals(slot.name())) {
                continue;
            }
            for (Region region : experiment.regions()) {
                Region.Running ran = region.ran();
                if (ran == null) {
                    continue;
                }
                for (RoutingRow.Arm arm : ran.current().arms()) {
                    if (arm.version().equals(version)) {
                        comparisons.add(comparison(tx, document, region, arm, ran));
                    }
                }
            }
        }
        return comparisons;
    }

    private static ComparisonView comparison(
            Tx tx, ExperimentDocument document, Region region, RoutingRow.Arm arm, Region.Running ran) {
        RowEpoch epoch = ran.current();
        Ending ending = region instanceof EndedRegion ended ? ended.ending() : null;
        StandingView.EvidenceView evidence = StandingView.EvidenceView.of(region.proof());
        return new ComparisonView(
                document.name(),
                region.segment(),
                arm.variant(),
                arm.version().equals(epoch.controlVersion()) ? epoch.challengerVersion() : epoch.controlVersion(),
                new Standing(region, Champions.current(tx, document.slot(), region.segment())).state(),
                evidence.proven(),
                evidence.look(),
                ran.comparison().getFirst().openedAt(),
                ending == null ? null : ending.at(),
                ending == null ? null : ending.by().name());
    }

    private static List<ReignView> reigns(Tx tx, SlotDocument slot, String version) {
        List<ReignView> reigns = new ArrayList<>();
        Stream.concat(
                        Stream.of(Champions.DEFAULT),
                        Stream.concat(slot.segments().stream(), Stream.of(SlotRoutes.OTHER)))
                .forEach(segment -> {
                    Champion next = null;
                    List<ReignView> here = new ArrayList<>();
                    for (Champion champion : Champions.history(tx, slot.name(), segment)) {
                        if (champion.version().equals(version)) {
                            here.add(new ReignView(
                                    segment.equals(Champions.DEFAULT) ? "default" : segment,
                                    champion.since(),
                                    next == null ? null : next.since(),
                                    next == null,
                                    champion.actor(),
                                    champion.act(),
                                    champion.why()));
                        }
                        next = champion;
                    }
                    reigns.addAll(here.reversed());
                });
        return reigns;
    }
}
