package dev.ringside.app.command.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.app.terminal.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The audit trail as people read it on a terminal: each act once, no wider than {@value #WIDTH} columns. */
final class AuditPages {
    private static final int WIDTH = 120;

    /** What one act writes in several lines is written in one transaction. */
    private static final Duration ONE_ACT = Duration.ofSeconds(1);

    private static final String CHAMPION = "champion.";

    private AuditPages() {}

    /** The entries of an answer, newest first. */
    static String list(JsonNode entries) {
        var table = Table.of("ID", "AT", "WHO", "ACT", "ON", "WHY").within(WIDTH);
        boolean unproven = false;
        for (JsonNode entry : eachActOnce(entries)) {
            unproven |= !entry.path("verified").asBoolean();
            String action = entry.path("action").asText();
            table.row(
                    entry.path("id").asText(),
                    Cells.time(entry.path("at").isTextual() ? entry.path("at") : entry.path("wall_at")),
                    entry.path("actor").asText(),
                    action,
                    subject(action, entry),
                    Cells.text(entry.path("why")));
        }
        if (table.isEmpty()) {
            return "nothing was done yet";
        }
        return unproven ? table + "\nWHO is as they said; nobody has proved it.\n" : table.toString();
    }

    /** A promotion moves the champion pointer too: the entry of the experiment says both. */
    private static List<JsonNode> eachActOnce(JsonNode entries) {
        List<JsonNode> all = new ArrayList<>();
        entries.forEach(all::add);
        return all.stream()
                .filter(entry -> all.stream().noneMatch(other -> isPartOf(entry, other)))
                .toList();
    }

    private static boolean isPartOf(JsonNode entry, JsonNode act) {
        return entry.path("action").asText().startsWith(CHAMPION)
                && (act.path("action").asText().startsWith("experiment.")
                        || act.path("action").asText().startsWith("region."))
                && act.path("subject")
                        .asText()
                        .endsWith("/" + entry.path("detail").path("segment").asText())
                && entry.path("actor").equals(act.path("actor"))
                && entry.path("why").equals(act.path("why"))
                && near(instant(entry.path("wall_at")), instant(act.path("wall_at")));
    }

    private static boolean near(@Nullable Instant one, @Nullable Instant other) {
        return one != null
                && other != null
                && Duration.between(one, other).abs().compareTo(ONE_ACT) < 0;
    }

    private static @Nullable Instant instant(JsonNode value) {
        try {
            return value.isTextual() ? Instant.parse(value.textValue()) : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** Where the action says of what kind the subject is, its name is enough. */
    private static String subject(String action, JsonNode entry) {
        String subject = entry.path("subject").asText();
        int slash = subject.indexOf('/');
        String kind = slash < 0 ? "" : subject.substring(0, slash);
        boolean told = action.startsWith(kind + ".") || action.startsWith("region.");
        String name = told ? subject.substring(slash + 1) : subject;
        String segment = entry.path("detail").path("segment").asText("");
        return action.startsWith(CHAMPION) && !segment.isEmpty() ? name + "/" + segment : name;
    }
}
