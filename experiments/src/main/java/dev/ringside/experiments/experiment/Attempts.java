package dev.ringside.experiments.experiment;

import dev.ringside.experiments.registry.Versions;
import dev.ringside.experiments.store.Tx;
import java.time.Duration;
import java.time.Instant;

/**
 * Counts how often the same two models were compared in a segment: who tries often enough finds what is not there, so the
 * k-th attempt within {@link #REMEMBERED} gets α / 2^(k − 1), and all of them together less than 2 α.
 */
public final class Attempts {
    /** How long a start is remembered. */
    public static final Duration REMEMBERED = Duration.ofDays(90);

    private static final int MOST = 60;

    private Attempts() {}

    /** Counts the start of a comparison; returns which attempt it is, 1 for the first. */
    static int count(Tx tx, ExperimentDocument document, String segment, RowEpoch row, Instant now) {
        String control = digest(tx, document, row.controlVersion());
        String challenger = digest(tx, document, row.challengerVersion());
        tx.update("""
                INSERT INTO attempts (slot, segment, control_sha256, challenger_sha256, experiment, epoch, started_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)""", document.slot(), segment, control, challenger, document.name(), row.epoch(), now);
        return number(tx, document.slot(), segment, control, challenger, now);
    }

    /** Which attempt a start of a version against the champion would be now. */
    public static int next(Tx tx, String slot, String segment, String champion, String challenger, Instant now) {
        return 1
                + number(
                        tx,
                        slot,
                        segment,
                        Versions.route(tx, slot, champion).modelSha256(),
                        Versions.route(tx, slot, challenger).modelSha256(),
                        now);
    }

    private static String digest(Tx tx, ExperimentDocument document, String version) {
        return Versions.route(tx, document.slot(), version).modelSha256();
    }

    private static int number(Tx tx, String slot, String segment, String control, String challenger, Instant now) {
        long starts = tx.one("""
                        SELECT count(*) AS starts FROM attempts
                        WHERE slot = ? AND segment = ? AND control_sha256 = ? AND challenger_sha256 = ? AND started_at > ?""", c -> c.number("starts"), slot, segment, control, challenger, now.minus(REMEMBERED))
                .orElse(0L);
        return (int) Math.min(starts, MOST);
    }
}
