package dev.ringside.benchmarks.serving;

import dev.ringside.contract.InvalidInput;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A measure that people choose by its key. */
public interface Keyed {
    /** Its name in the code. */
    String name();

    /** Its name in the report. */
    default String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it is. */
    String about();

    /** What it should be; null where it is only told. */
    default @Nullable Goal goal() {
        return null;
    }

    /**
     * Some, in the order of all.
     *
     * @throws InvalidInput naming the keys that are none
     */
    static <M extends Keyed> List<M> chosen(List<M> all, List<String> keys) {
        List<String> known = all.stream().map(Keyed::key).toList();
        List<String> unknown =
                keys.stream().filter(key -> !known.contains(key)).distinct().toList();
        InvalidInput.require(
                unknown.isEmpty(),
                "--only",
                "expected some of " + String.join(", ", known) + ", found " + String.join(", ", unknown));
        return all.stream().filter(measure -> keys.contains(measure.key())).toList();
    }
}
