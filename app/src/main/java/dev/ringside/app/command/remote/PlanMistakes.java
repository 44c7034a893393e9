package dev.ringside.app.command.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.app.client.ControlClient;
import dev.ringside.app.client.ControlFailure;
import dev.ringside.contract.json.Spelling;
import dev.ringside.contract.routing.SlotRoutes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an experiment's document names that is not there: as it was written, whatever else is wrong with it. */
final class PlanMistakes {
    private static final int UNKNOWN = 404;

    private final JsonNode document;

    PlanMistakes(JsonNode document) {
        this.document = document;
    }

    /** Slot, segments and versions that a platform does not have. */
    List<String> against(ControlClient control) throws ControlFailure, InterruptedException {
        String name = document.path("slot").asText();
        if (name.isBlank()) {
            return List.of();
        }
        JsonNode slot;
        try {
            slot = control.get("/api/slots/" + ControlClient.encode(name));
        } catch (ControlFailure.Refused refused) {
            if (refused.status() == UNKNOWN) {
                return List.of("'slot': " + refused.getMessage());
            }
            throw refused;
        }
        var mistakes = new ArrayList<String>();
        var segments = new ArrayList<>(Cells.texts(slot.path("segments")));
        segments.add(SlotRoutes.OTHER);
        segments().forEach((place, segment) -> {
            if (!segments.contains(segment)) {
                mistakes.add("'" + place + "': slot '" + name + "' has no segment '" + segment + "'; its segments are "
                        + String.join(", ", segments));
            }
        });
        List<String> versions = Cells.texts(slot.path("versions"));
        for (int i = 0; i < document.path("arms").size(); i++) {
            String version = document.path("arms").path(i).path("version").asText("");
            if (!version.isEmpty() && !versions.contains(version)) {
                mistakes.add("'arms[" + i + "].version': slot '" + name + "' has no version '" + version + "'; "
                        + (versions.isEmpty()
                                ? "none is registered yet"
                                : "registered are " + String.join(", ", versions)));
            }
        }
        return mistakes;
    }

    /** Segments of an option that are not the document's. */
    List<String> segments(String option, Collection<String> said) {
        Collection<String> known = segments().values();
        return said.stream()
                .filter(segment -> !known.contains(segment))
                .sorted()
                .map(segment -> option + " " + segment + ": the experiment has no segment '" + segment + "'; it has "
                        + String.join(", ", known))
                .toList();
    }

    /** KPIs of an option that are not the document's. */
    List<String> kpis(String option, Collection<String> said) {
        List<String> known = new ArrayList<>();
        document.path("kpis").forEach(kpi -> known.add(kpi.path("name").asText()));
        return said.stream()
                .filter(kpi -> !known.contains(kpi))
                .sorted()
                .map(kpi -> option + " " + kpi + ": no such KPI; "
                        + Spelling.nearest(kpi, known)
                                .map(meant -> "did you mean " + meant + "?")
                                .orElse("there are " + String.join(", ", known)))
                .toList();
    }

    /** The document's segments by the place where they stand. */
    private Map<String, String> segments() {
        var segments = new LinkedHashMap<String, String>();
        for (int i = 0; i < document.path("segments").size(); i++) {
            segments.put(
                    "segments[" + i + "]", document.path("segments").path(i).asText());
        }
        for (int wave = 0; wave < document.path("waves").size(); wave++) {
            JsonNode of = document.path("waves").path(wave);
            for (int i = 0; i < of.size(); i++) {
                segments.put("waves[" + wave + "][" + i + "]", of.path(i).asText());
            }
        }
        return segments;
    }
}
