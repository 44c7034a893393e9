package dev.ringside.experiments.look;

import dev.ringside.contract.json.Json;
import dev.ringside.experiments.Refusal;
import dev.ringside.experiments.decision.Evidence;
import dev.ringside.experiments.decision.LookRecord;
import dev.ringside.experiments.experiment.Region;
import dev.ringside.experiments.store.Columns;
import dev.ringside.experiments.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Looks in the store: only ever added to, one for each closing of a cohort. */
public final class LookStore {
    private static final String COLUMNS = "SELECT id, experiment, segment, made_at, made_wall, record FROM looks ";

    private LookStore() {}

    /** Keeps a look and returns its id. */
    static String add(Tx tx, LookRecord record, Instant madeAt, Instant madeWall) {
        Evidence evidence = record.evidence();
        List<Integer> epochs =
                evidence.strata().stream().map(Evidence.Stratum::epoch).toList();
        return tx.one(
                        """
                        INSERT INTO looks (experiment, segment, first_epoch, epochs, cohort, at, made_at, made_wall, verdict, record)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id""",
                        c -> Long.toString(c.number("id")),
                        evidence.experiment(),
                        evidence.scope().text(),
                        epochs.getFirst(),
                        epochs.stream().map(String::valueOf).collect(Collectors.joining(",")),
                        evidence.cohort(),
                        evidence.at(),
                        madeAt,
                        madeWall,
                        record.decision().verdict().name(),
                        Json.write(record))
                .orElseThrow();
    }

    /** The last look of a region's present comparison. */
    public static Optional<Look> latest(Tx tx, String experiment, Region.Running region) {
        return tx.one(
                COLUMNS + "WHERE experiment = ? AND segment = ? AND first_epoch = ? ORDER BY cohort DESC LIMIT 1",
                LookStore::read,
                experiment,
                region.segment(),
                region.comparison().getFirst().epoch());
    }

    /** The looks of a region's present comparison, the first first. */
    public static List<Look> comparison(Tx tx, String experiment, Region.Running region) {
        return tx.list(
                COLUMNS + "WHERE experiment = ? AND segment = ? AND first_epoch = ? ORDER BY cohort",
                LookStore::read,
                experiment,
                region.segment(),
                region.comparison().getFirst().epoch());
    }

    /** The looks of the comparison that began with an epoch, the first first. */
    public static List<Look> from(Tx tx, String experiment, String segment, int firstEpoch) {
        return tx.list(
                COLUMNS + "WHERE experiment = ? AND segment = ? AND first_epoch = ? ORDER BY id",
                LookStore::read,
                experiment,
                segment,
                firstEpoch);
    }

    /** All looks at a region, the first first. */
    public static List<Look> all(Tx tx, String experiment, String segment) {
        return tx.list(
                COLUMNS + "WHERE experiment = ? AND segment = ? ORDER BY id", LookStore::read, experiment, segment);
    }

    /** All looks that were ever made, the first first. */
    public static List<Look> everything(Tx tx) {
        return tx.list(COLUMNS + "ORDER BY id", LookStore::read);
    }

    /** The looks that the step of a time has made. */
    public static List<Look> madeAt(Tx tx, Instant time) {
        return tx.list(COLUMNS + "WHERE made_at = ? ORDER BY id", LookStore::read, time);
    }

    /**
     * A look.
     *
     * @throws Refusal if there is none
     */
    public static Look get(Tx tx, String id) {
        Optional<Look> look = id.matches("\\d{1,18}")
                ? tx.one(COLUMNS + "WHERE id = ?", LookStore::read, Long.parseLong(id))
                : Optional.empty();
        return look.orElseThrow(() -> Refusal.unknown("look '" + id
                + "' does not exist; the looks of a region are at /api/experiments/{name}/regions/{segment}/looks"));
    }

    private static Look read(Columns c) {
        return new Look(
                Long.toString(c.number("id")),
                c.text("experiment"),
                c.text("segment"),
                c.instant("made_at"),
                c.instant("made_wall"),
                Json.read(c.text("record"), LookRecord.class));
    }
}
