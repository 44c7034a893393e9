package dev.ringside.experiments.look;

import dev.ringside.contract.json.Json;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Collects in sentences what differs between a look and what it should be.
 *
 * @param problems takes them
 */
record Differences(List<String> problems) {
    /** Compares a field with what follows from the look before and from the experiment. */
    void same(String field, @Nullable Object expected, @Nullable Object found) {
        if (!Objects.equals(expected, found)) {
            problems.add("'" + field + "': the look before it and the experiment give " + text(expected) + ", found "
                    + text(found));
        }
    }

    /** Compares what the log gives. */
    void evidence(Object kept, Object again) {
        if (!again.equals(kept)) {
            problems.add("the log gives other evidence: expected " + Json.write(kept) + ", found " + Json.write(again));
        }
    }

    private static String text(@Nullable Object value) {
        return value == null ? "none" : Json.write(value);
    }
}
