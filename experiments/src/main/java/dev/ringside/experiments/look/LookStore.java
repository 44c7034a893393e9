package dev.ringside.experiments.look;

import dev.ringside.contract.json.Json;
import dev.ringside.experiments.Refusal;
import dev.ringside.experiments.decision.Evidence;
import dev.ringside.experiments.decision.KpiHistory;
import dev.ringside.experiments.decision.Scope;
import dev.ringside.experiments.experiment.Region;
import dev.ringside.experiments.store.Columns;
import dev.ringside.experiments.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Looks in the store: only ever added to, one of a series for each of its times. */
public final class LookStore {
    private static final String COLUMNS =
            "SELECT id, experiment, segment, question, made_at, made_wall, record FROM looks ";
    private static final String SERIES = "WHERE experiment = ? AND question = ? AND segment = ? AND first_epoch = ? ";

    /** Looks of policy region/1, which asked everything in one. */
    private static final String REGION_1 = "region";

    private LookStore() {}

    /**
     * A look without its record.
     *
     * @param verdict the name of its verdict
     */
    record Made(String id, Instant at, String verdict) {
        /** Whether nothing is left to be decided by its series. */
        boolean ends() {
            return verdict.equals("promote") || verdict.equals("roll_back") || verdict.equals("inconclusive");
        }
    }

    /** Keeps a look and returns its id. */
    static String add(Tx tx, Question question, LookRecord record, Instant madeAt, Instant madeWall) {
        Evidence evidence = record.evidence();
        List<Integer> epochs = evidence.strata().stream()
                .map(Evidence.Stratum::epoch)
                .distinct()
                .toList();
        Integer wave = evidence.scope() instanceof Scope.Wave of ? Integer.valueOf(of.wave()) : null;
        return tx.one(
                        """
                        INSERT INTO looks (experiment, segment, wave, question, first_epoch, epochs, started_at, cohort, at, made_at, made_wall, verdict, record)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?::timestamptz, ?, ?, ?, ?, ?) RETURNING id\
                        """,
                        c -> Long.toString(c.number("id")),
                        evidence.experiment(),
                        evidence.scope().text(),
                        wave,
                        question.text(),
                        epochs.getFirst(),
                        epochs.stream().map(String::valueOf).collect(Collectors.joining(",")),
                        evidence.startedAt(),
                        evidence.cohort(),
                        evidence.at(),
                        madeAt,
                        madeWall,
                        record.decision().verdict().name(),
                        Json.write(record))
                .orElseThrow();
    }

    /** The last look of a series. What policy region/1 looked at is gone on with from where it ended. */
    static Optional<Made> latest(Tx tx, Series.Key series) {
        Optional<Made> own = tx.one(
                "SELECT id, at, verdict FROM looks " + SERIES + "AND started_at = ? ORDER BY at DESC LIMIT 1",
                LookStore::made,
                series.experiment(),
                series.question().text(),
                series.place(),
                series.firstEpoch(),
                series.startedAt());
        return own.isPresent()
                ? own
                : tx.one(
                        "SELECT id, at, verdict FROM looks " + SERIES + "ORDER BY at DESC LIMIT 1",
                        LookStore::made,
                        series.experiment(),
                        REGION_1,
                        series.place(),
                        series.firstEpoch());
    }

    private static Made made(Columns c) {
        return new Made(Long.toString(c.number("id")), c.instant("at"), c.text("verdict"));
    }

    /** The promotion looks up to and with a look, by KPI. */
    static List<KpiHistory> history(Tx tx, Made look) {
        return get(tx, look.id()).record().history();
    }

    /** The last look at a region's present comparison, or at what was held back behind its promotion before. */
    public static Optional<Look> latest(Tx tx, String experiment, Region.Running region) {
        return tx.one(
                COLUMNS
                        + "WHERE experiment = ? AND segment = ? AND first_epoch = ? AND wave IS NULL AND question <>"
                        + " 'holdback' ORDER BY at DESC, id DESC LIMIT 1",
                LookStore::read,
                experiment,
                region.segment(),
                region.comparison().getFirst().epoch());
    }

    /**
     * The look that promoted a region's comparison, by itself or with its wave; empty if none did.
     *
     * @param wave the number of its wave, 1 for the first
     * @param firstEpoch of the comparison
     */
    public static Optional<Look> promotion(Tx tx, String experiment, String segment, int wave, int firstEpoch) {
        return tx
                .list(
                        COLUMNS
                                + "WHERE experiment = ? AND ((segment = ? AND wave IS NULL) OR wave = ?) AND"
                                + " first_epoch = ? AND verdict = 'promote' ORDER BY id DESC",
                        LookStore::read,
                        experiment,
                        segment,
                        wave,
                        firstEpoch)
                .stream()
                .filter(look -> look.record().evidence().scope().segments().contains(segment))
                .findFirst();
    }

    /** The last look at what is held back behind a promotion. */
    public static Optional<Look> latestHoldback(Tx tx, String experiment, String segment, int epoch) {
        return tx.one(
                COLUMNS + SERIES + "ORDER BY at DESC LIMIT 1",
                LookStore::read,
                experiment,
                Question.HOLDBACK.text(),
                segment,
                epoch);
    }

    /**
     * The looks at a region's comparison, or at what was held back behind its promotion, at which a cohort of the primary KPI
     * had closed, the first first.
     *
     * @param firstEpoch of the comparison, or of the holdback
     */
    public static List<Look> closings(Tx tx, String experiment, String segment, int firstEpoch) {
        return tx.list(
                COLUMNS
                        + "WHERE experiment = ? AND segment = ? AND first_epoch = ? AND cohort IS NOT NULL"
                        + " AND question IN ('watch', 'region', 'holdback') ORDER BY at",
                LookStore::read,
                experiment,
                segment,
                firstEpoch);
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

    /**
     * All looks at a region and at its wave, the first first.
     *
     * @param wave the number of its wave, 1 for the first
     */
    public static List<Look> all(Tx tx, String experiment, String segment, int wave) {
        return tx.list(
                COLUMNS + "WHERE experiment = ? AND ((segment = ? AND wave IS NULL) OR wave = ?) ORDER BY id",
                LookStore::read,
                experiment,
                segment,
                wave);
    }

    /** All looks that were ever made, the first first. */
    public static List<Look> everything(Tx tx) {
        return tx.list(COLUMNS + "ORDER BY id", LookStore::read);
    }

    /** The looks that the step of a time has made. */
    public static List<Look> madeAt(Tx tx, Instant time) {
        return tx.list(COLUMNS + "WHERE made_at = ? ORDER BY id", LookStore::read, time);
    }

    /** A look by its id. */
    public static Optional<Look> find(Tx tx, String id) {
        return id.matches("\\d{1,18}")
                ? tx.one(COLUMNS + "WHERE id = ?", LookStore::read, Long.parseLong(id))
                : Optional.empty();
    }

    /**
     * A look.
     *
     * @throws Refusal if there is none
     */
    public static Look get(Tx tx, String id) {
        return find(tx, id)
                .orElseThrow(() -> Refusal.unknown("look '" + id
                        + "' does not exist; the looks of a region are at"
                        + " /api/experiments/{name}/regions/{segment}/looks"));
    }

    private static Look read(Columns c) {
        return new Look(
                Long.toString(c.number("id")),
                c.text("experiment"),
                c.text("segment"),
                c.text("question"),
                c.instant("made_at"),
                c.instant("made_wall"),
                Json.read(c.text("record"), LookRecord.class));
    }
}
