package dev.ringside.experiments.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the audit trail.
 *
 * @param id counts up
 * @param at when, in event time; null if a replay's clock had not been set
 * @param wallAt when, by the machine's clock
 * @param actor who
 * @param verified whether the name was proven
 * @param action what, such as {@code experiment.start}
 * @param subject to what, such as {@code experiment/better/PDX}
 * @param why in the actor's words
 * @param detail what changed, by action
 */
public record AuditEntry(
        long id,
        @Nullable Instant at,
        Instant wallAt,
        String actor,
        boolean verified,
        String action,
        String subject,
        @Nullable String why,
        JsonNode detail) {}
