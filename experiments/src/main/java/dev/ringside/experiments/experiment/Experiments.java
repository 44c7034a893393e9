package dev.ringside.experiments.experiment;

import dev.ringside.contract.json.Json;
import dev.ringside.contract.kpi.EpochDefinition;
import dev.ringside.experiments.Refusal;
import dev.ringside.experiments.slot.Champions;
import dev.ringside.experiments.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Experiments and their regions in the store. */
public final class Experiments {
    private Experiments() {}

    private record Row(
            ExperimentDocument document,
            int lastEpoch,
            Instant createdWall,
            @Nullable Instant startedAt) {}

    /** A region and its experiment. */
    public record Held(String experiment, Region region) {}

    /** A running region and its experiment. */
    public record RunningRow(String experiment, Region.Running region) {}

    /** All experiments, by name. */
    public static List<Experiment> all(Tx tx) {
        return tx.list("SELECT name FROM experiments ORDER BY name", c -> c.text("name")).stream()
                .map(name -> get(tx, name))
                .toList();
    }

    /** The experiment of that name. */
    public static Optional<Experiment> find(Tx tx, String name) {
        return tx.one(
                        "SELECT * FROM experiments WHERE name = ?",
                        c -> new Row(
                                Json.read(c.text("document"), ExperimentDocument.class),
                                (int) c.number("last_epoch"),
                                c.instant("created_wall"),
                                c.instantOrNull("started_at")),
                        name)
                .map(row -> new Experiment(
                        row.document(),
                        row.lastEpoch(),
                        row.createdWall(),
                        row.startedAt(),
                        regions(tx, row.document()),
                        Champions.pointers(tx, row.document().slot())));
    }

    /** The document of an experiment that there is. */
    public static ExperimentDocument document(Tx tx, String name) {
        return tx.one(
                        "SELECT document FROM experiments WHERE name = ?",
                        c -> Json.read(c.text("document"), ExperimentDocument.class),
                        name)
                .orElseThrow();
    }

    /**
     * The experiment of that name.
     *
     * @throws Refusal if there is none, with the names of those that there are
     */
    public static Experiment get(Tx tx, String name) {
        return find(tx, name).orElseThrow(() -> {
            List<String> names = tx.list("SELECT name FROM experiments ORDER BY name", c -> c.text("name"));
            return Refusal.unknown("experiment '" + name + "' does not exist; "
                    + (names.isEmpty() ? "there are none yet" : "there are " + String.join(", ", names)));
        });
    }

    private static List<Region> regions(Tx tx, ExperimentDocument document) {
        List<String> order = document.segments().toList();
        var regions = new ArrayList<>(tx.list(
                "SELECT body FROM regions WHERE experiment = ?",
                c -> Json.read(c.text("body"), Region.class),
                document.name()));
        regions.sort(Comparator.comparingInt(r -> order.indexOf(r.segment())));
        return regions;
    }

    /** The running rows of a slot, by segment. */
    public static List<RunningRow> running(Tx tx, String slot) {
        return tx.list(
                "SELECT experiment, body FROM regions WHERE slot = ? AND state = 'running' ORDER BY segment",
                c -> new RunningRow(c.text("experiment"), (Region.Running) Json.read(c.text("body"), Region.class)),
                slot);
    }

    /** The regions of a slot whose segment no other experiment may begin in: they run, are paused, or hold back. */
    public static List<Held> holding(Tx tx, String slot) {
        return tx.list(
                "SELECT experiment, body FROM regions WHERE slot = ? AND holds_segment ORDER BY segment",
                c -> new Held(c.text("experiment"), Json.read(c.text("body"), Region.class)),
                slot);
    }

    /** The experiments with a region that runs, is paused or holds back, by name: the looks go by them. */
    public static List<String> holding(Tx tx) {
        return tx.list(
                "SELECT DISTINCT experiment FROM regions WHERE holds_segment ORDER BY experiment",
                c -> c.text("experiment"));
    }

    /** Promoted regions behind which the old champion is held back, or what was held back is still looked at. */
    public static List<Held> holdingBack(Tx tx) {
        return tx.list("""
            SELECT experiment, body FROM regions WHERE state = 'promoted' AND holds_segment
            ORDER BY slot, segment\
            """, c -> new Held(c.text("experiment"), Json.read(c.text("body"), Region.class)));
    }

    /** The documents of a slot's drafts, and of its experiments that go on. */
    public static List<ExperimentDocument> planned(Tx tx, String slot) {
        return tx.list(
                "SELECT document FROM experiments WHERE slot = ? AND state IN ('draft', 'running')",
                c -> Json.read(c.text("document"), ExperimentDocument.class),
                slot);
    }

    /** The experiments that go on, by name: what has ended is not read for it. */
    public static List<Experiment> open(Tx tx) {
        return tx
                .list("SELECT name FROM experiments WHERE state = 'running' ORDER BY name", c -> c.text("name"))
                .stream()
                .map(name -> get(tx, name))
                .toList();
    }

    /** Segments of a slot that a region of some experiment stands for, whatever its state. */
    static List<String> registeredSegments(Tx tx, String slot) {
        return tx.list(
                "SELECT DISTINCT segment FROM regions WHERE slot = ? AND state IN ('waiting', 'running', 'paused')",
                c -> c.text("segment"),
                slot);
    }

    /** The definitions of all epochs of all experiments, in the order in which they were opened. */
    public static List<EpochDefinition> definitions(Tx tx) {
        return tx.list(
                "SELECT definition FROM epochs ORDER BY experiment, epoch",
                c -> Json.read(c.text("definition"), EpochDefinition.class));
    }

    /** The same of those experiments that go on or hold back: nothing more is joined by what others have left. */
    public static List<EpochDefinition> openDefinitions(Tx tx) {
        return tx.list("""
            SELECT definition FROM epochs WHERE experiment IN
                (SELECT name FROM experiments WHERE state = 'running'
                 UNION SELECT experiment FROM regions WHERE holds_segment)
            ORDER BY experiment, epoch\
            """, c -> Json.read(c.text("definition"), EpochDefinition.class));
    }

    /** The names of the outcomes that the KPIs of all experiments read, drafts too. */
    public static Set<String> outcomes(Tx tx) {
        return Set.copyOf(tx.list("""
            SELECT DISTINCT kpi->>'outcome' AS outcome
            FROM experiments, jsonb_array_elements(document::jsonb->'kpis') kpi\
            """, c -> c.text("outcome")));
    }

    /** The definition of an epoch. */
    public static EpochDefinition definition(Tx tx, String experiment, int epoch) {
        return tx.one(
                        "SELECT definition FROM epochs WHERE experiment = ? AND epoch = ?",
                        c -> Json.read(c.text("definition"), EpochDefinition.class),
                        experiment,
                        epoch)
                .orElseThrow(() -> new IllegalStateException("experiment '" + experiment + "' has no epoch " + epoch));
    }

    static void create(Tx tx, ExperimentDocument document, Instant wall) {
        tx.update(
                "INSERT INTO experiments (name, slot, document, created_wall) VALUES (?, ?, ?, ?)",
                document.name(),
                document.slot(),
                Json.write(document),
                wall);
    }

    /** Removes a draft, which nothing else refers to. */
    static void delete(Tx tx, String name) {
        tx.update("DELETE FROM regions WHERE experiment = ?", name);
        tx.update("DELETE FROM experiments WHERE name = ?", name);
        tx.touched(name);
    }

    static void save(Tx tx, ExperimentDocument document) {
        tx.update(
                "UPDATE experiments SET document = ?, slot = ? WHERE name = ?",
                Json.write(document),
                document.slot(),
                document.name());
    }

    static void saveWaiting(Tx tx, ExperimentDocument document) {
        tx.update("DELETE FROM regions WHERE experiment = ?", document.name());
        for (int wave = 0; wave < document.waves().size(); wave++) {
            for (String segment : document.waves().get(wave)) {
                save(tx, document, new Region.Waiting(segment, wave));
            }
        }
    }

    static void save(Tx tx, ExperimentDocument document, Region region) {
        tx.update(
                """
                INSERT INTO regions (experiment, segment, slot, wave, state, holds_segment, body)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (experiment, segment)
                DO UPDATE SET state = excluded.state, holds_segment = excluded.holds_segment, body = excluded.body\
                """,
                document.name(),
                region.segment(),
                document.slot(),
                region.wave(),
                region.state(),
                holdsSegment(region),
                Json.write(region));
        saveState(tx, document.name());
        tx.touched(document.name());
    }

    private static void saveState(Tx tx, String name) {
        Experiment experiment = get(tx, name);
        String state = experiment.isDraft() ? "draft" : experiment.mayGoOn() ? "running" : "ended";
        tx.update("UPDATE experiments SET state = ? WHERE name = ?", state, name);
    }

    /** From now on it is no draft. */
    static void started(Tx tx, String name, Instant at) {
        tx.update("UPDATE experiments SET started_at = ? WHERE name = ?", at, name);
        saveState(tx, name);
    }

    private static boolean holdsSegment(Region region) {
        return switch (region) {
            case Region.Waiting w -> false;
            case Region.Running r -> true;
            case Region.Paused p -> true;
            case EndedRegion.Promoted promoted -> promoted.watchesHoldback();
            case EndedRegion.RolledBack r -> false;
            case EndedRegion.Inconclusive i -> false;
            case EndedRegion.Stopped s -> false;
        };
    }
}
