package dev.ringside.serving.repository;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Which versions of a model are served. */
public sealed interface VersionPolicy {
    /** Numbers as versions are written, without a zero in front. */
    Pattern NUMBER = Pattern.compile("[1-9][0-9]*");

    /** The best first: greater numbers, then other names from the last to the first. */
    Comparator<String> BEST_FIRST = Comparator.<String, Boolean>comparing(VersionPolicy::isNumber)
            .thenComparingInt(version -> isNumber(version) ? version.length() : 0)
            .thenComparing(Comparator.naturalOrder())
            .reversed();

    /**
     * The greatest numbers; of a model without numbers the last names.
     *
     * @param count how many
     */
    record Latest(int count) implements VersionPolicy {}

    /** Every version. */
    record All() implements VersionPolicy {}

    /**
     * These versions.
     *
     * @param versions by name
     */
    record Specific(List<String> versions) implements VersionPolicy {
        /** Copies the list. */
        public Specific {
            versions = List.copyOf(versions);
        }
    }

    /** Those of some versions that are served, the best first. */
    default List<String> select(Collection<String> versions) {
        List<String> sorted = versions.stream().sorted(BEST_FIRST).toList();
        return switch (this) {
            case Latest(int count) -> {
                boolean numbered = !sorted.isEmpty() && isNumber(sorted.getFirst());
                yield sorted.stream()
                        .filter(version -> isNumber(version) == numbered)
                        .limit(count)
                        .toList();
            }
            case All() -> sorted;
            // One that is not there is a failure that somebody should see.
            case Specific(List<String> wanted) ->
                wanted.stream().distinct().sorted(BEST_FIRST).toList();
        };
    }

    /** As Triton's model configuration writes it. */
    default Map<String, Map<String, Object>> document() {
        return switch (this) {
            case Latest(int count) -> Map.of("latest", Map.of("num_versions", count));
            case All() -> Map.of("all", Map.of());
            case Specific(List<String> versions) -> Map.of("specific", Map.of("versions", versions));
        };
    }

    /** Whether a version is called by a number. */
    static boolean isNumber(String version) {
        return NUMBER.matcher(version).matches();
    }
}
