package dev.ringside.app.command.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.app.terminal.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Slots as people read them on a terminal. */
final class SlotPages {
    private SlotPages() {}

    /** All slots, a line each. */
    static String list(JsonNode slots) {
        var table = Table.of("SLOT", "UNIT", "SEGMENT BY", "SEGMENTS", "DEFAULT CHAMPION", "DEADLINE");
        for (JsonNode slot : slots) {
            table.row(
                    slot.path("name").asText(),
                    Cells.text(slot.path("unit_type")),
                    Cells.text(slot.path("segment_attribute")),
                    Cells.joined(slot.path("segments")),
                    Cells.text(slot.path("default_champion")),
                    Cells.text(slot.path("deadline")));
        }
        return table.isEmpty() ? "no slot yet: declare one with 'ringside slots apply -f FILE'" : table.toString();
    }

    /** One slot: who is champion where, what goes in and comes out, which versions there are. */
    static String page(JsonNode slot) {
        var text = new StringBuilder();
        text.append(summary(slot)).append('\n');
        text.append("deadline ").append(slot.path("deadline").asText());
        List<String> versions = Cells.texts(slot.path("versions"));
        text.append("; versions: ")
                .append(versions.isEmpty() ? "none yet" : String.join(", ", versions))
                .append('\n')
                .append(traffic(slot))
                .append('\n');
        text.append(champions(slot)).append('\n').append(tensors(slot.path("signature")));
        if (!slot.path("overrides").isEmpty()) {
            text.append('\n').append(overrides(slot.path("overrides")));
        }
        return text.toString();
    }

    /** What Redis is asked for with each request, a line each; nothing where it is not. */
    private static String traffic(JsonNode slot) {
        var text = new StringBuilder();
        JsonNode features = slot.path("features");
        if (!features.path("key").isMissingNode()) {
            text.append("features: ")
                    .append(features.path("key").asText())
                    .append(" of Redis, waited for ")
                    .append(features.path("budget").asText())
                    .append('\n');
        }
        JsonNode limits = slot.path("limits");
        if (!limits.path("requests_per_second").isMissingNode()) {
            text.append("limits: ")
                    .append(limits.path("requests_per_second").asText())
                    .append(" requests a second, ")
                    .append(limits.path("burst").asText())
                    .append(" at once, by ")
                    .append(limits.path("by").asText())
                    .append('\n');
        }
        JsonNode cache = slot.path("cache");
        if (!cache.path("ttl").isMissingNode()) {
            text.append("cache: an answer is given again for ")
                    .append(cache.path("ttl").asText())
                    .append('\n');
        }
        return text.toString();
    }

    /** What a document has made of a slot. */
    static String applied(JsonNode slot) {
        String champion = Cells.text(slot.path("default_champion"));
        return "slot " + summary(slot)
                + (champion == null ? "; it has no champion yet" : "; its default champion is " + champion);
    }

    private static String summary(JsonNode slot) {
        List<String> segments = Cells.texts(slot.path("segments"));
        return slot.path("name").asText() + ": a " + slot.path("unit_type").asText() + " is the unit, "
                + (segments.isEmpty()
                        ? "no segments"
                        : "the segment is the parameter '"
                                + slot.path("segment_attribute").asText() + "', one of " + String.join(", ", segments)
                                + " or else other");
    }

    private static Table champions(JsonNode slot) {
        var table = Table.of("SEGMENT", "CHAMPION", "");
        String byDefault = Cells.text(slot.path("default_champion"));
        for (String segment : Cells.texts(slot.path("segments"))) {
            row(table, segment, Cells.text(slot.path("champions").path(segment)), byDefault);
        }
        row(table, "other", Cells.text(slot.path("champions").path("other")), byDefault);
        return table;
    }

    private static void row(Table table, String segment, @Nullable String own, @Nullable String byDefault) {
        table.row(
                segment,
                own == null ? byDefault : own,
                own != null ? "its own" : byDefault == null ? "none yet" : "the slot's default");
    }

    /** The tensors of a signature, a line each. */
    static Table tensors(JsonNode signature) {
        var table = Table.of("", "TENSOR", "TYPE", "SHAPE");
        for (String side : List.of("input", "output")) {
            for (JsonNode tensor : signature.path(side + "s")) {
                table.row(
                        side,
                        tensor.path("name").asText(),
                        tensor.path("datatype").asText(),
                        "[" + Cells.joined(tensor.path("shape")) + "]");
            }
        }
        return table;
    }

    private static Table overrides(JsonNode overrides) {
        var table = Table.of("UNIT", "ALWAYS GETS");
        overrides.forEach(override -> table.row(
                override.path("unit").asText(), override.path("version").asText()));
        return table;
    }
}
