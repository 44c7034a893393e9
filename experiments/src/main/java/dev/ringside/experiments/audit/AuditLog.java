package dev.ringside.experiments.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import dev.ringside.experiments.Cause;
import dev.ringside.experiments.clock.EventClock;
import dev.ringside.experiments.store.Tx;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The audit trail: written in the transaction of the change itself, never changed afterwards. */
public final class AuditLog {
    private final EventClock events;
    private final Clock wall;

    /** @param wall the machine's clock */
    public AuditLog(EventClock events, Clock wall) {
        this.events = events;
        this.wall = wall;
    }

    /** Adds a line. */
    public void record(Tx tx, Cause cause, String action, String subject, Map<String, ? extends Object> detail) {
        tx.update(
                """
                INSERT INTO audit (at, wall_at, actor, verified, action, subject, why, detail)
                VALUES (?::timestamptz, ?, ?, ?, ?, ?, ?, ?::jsonb)""",
                events.now(tx),
                wall.instant(),
                cause.actor().name(),
                cause.actor().verified(),
                action,
                subject,
                cause.why(),
                // jsonb cannot hold the character NUL.
                Json.write(detail).replace("\\u0000", "\\ufffd"));
    }

    /**
     * The newest lines first.
     *
     * @param subject only of this subject and what lies under it; null for all
     * @param before only lines with a smaller id; null for all
     */
    public List<AuditEntry> list(Tx tx, @Nullable String subject, @Nullable Long before, int limit) {
        return tx.list(
                """
                SELECT * FROM audit
                WHERE (?::text IS NULL OR subject = ? OR starts_with(subject, ? || '/')) AND id < coalesce(?::bigint, 9223372036854775807)
                ORDER BY id DESC LIMIT ?""",
                c -> new AuditEntry(
                        c.number("id"),
                        c.instantOrNull("at"),
                        c.instant("wall_at"),
                        c.text("actor"),
                        c.truth("verified"),
                        c.text("action"),
                        c.text("subject"),
                        c.textOrNull("why"),
                        Json.read(c.text("detail"), JsonNode.class)),
                subject,
                subject,
                subject,
                before,
                limit);
    }
}
