package dev.ringside.app.retraining;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.app.client.ControlClient;
import dev.ringside.app.client.ControlFailure;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The regions of a slot in which an experiment could begin now.
 *
 * @param champions the champion of each region that no experiment holds
 */
public record Regions(Map<String, String> champions) {
    private static final Set<String> HELD = Set.of("waiting", "running", "paused");

    public Regions {
        champions = new LinkedHashMap<>(champions);
    }

    /** Asks a control plane. */
    public static Regions free(ControlClient control, String slot) throws ControlFailure, InterruptedException {
        JsonNode view = control.get("/api/slots/" + ControlClient.encode(slot));
        Set<String> held = new LinkedHashSet<>();
        for (JsonNode experiment : control.get("/api/experiments")) {
            if (experiment.path("slot").asText().equals(slot)
                    && experiment.path("started_at").isTextual()) {
                for (JsonNode region : experiment.path("regions")) {
                    if (holds(region)) {
                        held.add(region.path("segment").asText());
                    }
                }
            }
        }
        Map<String, String> champions = new LinkedHashMap<>();
        for (JsonNode segment : view.path("segments")) {
            JsonNode own = view.path("champions").path(segment.asText());
            JsonNode champion = own.isTextual() ? own : view.path("default_champion");
            if (champion.isTextual() && !held.contains(segment.asText())) {
                champions.put(segment.asText(), champion.asText());
            }
        }
        return new Regions(champions);
    }

    /** A region is held by what goes on or is still to begin, and by the old champion that is held back behind a promotion. */
    private static boolean holds(JsonNode region) {
        for (JsonNode act : region.path("acts")) {
            if (act.asText().equals("end_holdback")) {
                return true;
            }
        }
        return HELD.contains(region.path("state").asText());
    }
}
