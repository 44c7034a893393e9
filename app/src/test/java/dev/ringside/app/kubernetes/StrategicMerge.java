package dev.ringside.app.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A patch laid over a manifest, as far as the patches of this repository go: objects are merged by key, lists of named
 * things by their name, those of the patch first, and any other list is replaced.
 */
final class StrategicMerge {
    private static final Map<String, String> NAMED_BY = Map.of(
            "containers", "name",
            "initContainers", "name",
            "env", "name",
            "volumes", "name",
            "volumeMounts", "mountPath");

    private StrategicMerge() {}

    static JsonNode merge(JsonNode base, JsonNode patch) {
        if (!(base instanceof ObjectNode) || !(patch instanceof ObjectNode)) {
            return patch;
        }
        ObjectNode merged = base.deepCopy();
        patch.properties().forEach(field -> {
            String name = field.getKey();
            JsonNode value = field.getValue();
            JsonNode before = merged.get(name);
            String key = NAMED_BY.get(name);
            if (value.isNull()) {
                merged.remove(name);
            } else if (before instanceof ArrayNode list && key != null) {
                merged.set(name, named(list, value, key));
            } else {
                merged.set(name, before == null ? value : merge(before, value));
            }
        });
        return merged;
    }

    private static ArrayNode named(ArrayNode base, JsonNode patch, String key) {
        ArrayNode merged = base.arrayNode();
        List<JsonNode> left = new ArrayList<>();
        base.forEach(left::add);
        for (JsonNode item : patch) {
            JsonNode before = left.stream()
                    .filter(each -> each.path(key).equals(item.path(key)))
                    .findFirst()
                    .orElse(null);
            merged.add(before == null ? item : merge(before, item));
            left.remove(before);
        }
        return merged.addAll(left);
    }
}
