package dev.ringside.training.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A place of the document that is searched.
 *
 * @param path where
 * @param domain the values that it can take
 * @param when it is searched only while each of these places has one of its values; otherwise its field is taken out of
 *     the document
 */
record Parameter(DocumentPath path, Domain domain, Map<DocumentPath, List<JsonNode>> when) {
    Parameter {
        when = Collections.unmodifiableMap(new LinkedHashMap<>(when));
    }

    /** The path as it was written; the parameter's name. */
    String name() {
        return path.toString();
    }

    /** Whether the document, as far as it is decided, asks for it. */
    boolean active(JsonNode document) {
        return when.entrySet().stream().allMatch(condition -> {
            String found = condition.getKey().in(document).asText();
            return condition.getValue().stream()
                    .anyMatch(value -> value.asText().equals(found));
        });
    }

    /** Whether what is put at the other changes this one, or whether it is active. */
    boolean dependsOn(Parameter other) {
        boolean below = path.steps().size() > other.path.steps().size() && path.meets(other.path);
        return below || when.keySet().stream().anyMatch(other.path::meets);
    }
}
