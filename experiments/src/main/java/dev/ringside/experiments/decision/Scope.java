package dev.ringside.experiments.decision;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** Whose units a look sums. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Scope.Region.class, name = "region"),
    @JsonSubTypes.Type(value = Scope.Wave.class, name = "wave"),
    @JsonSubTypes.Type(value = Scope.Holdback.class, name = "holdback")
})
public sealed interface Scope {
    /** The regions that it sums. */
    List<String> segments();

    /** As it stands in sentences and in the store: the region's name, or {@code wave 2}. */
    default String text() {
        return switch (this) {
            case Region region -> region.segment();
            case Wave wave -> "wave " + wave.wave();
            case Holdback holdback -> holdback.segment();
        };
    }

    /** One region while its experiment runs: gate and harm, and promotion where regions are decided one by one. */
    record Region(String segment) implements Scope {
        @Override
        public List<String> segments() {
            return List.of(segment);
        }
    }

    /**
     * The regions of a wave together: promotion only.
     *
     * @param wave its number, 1 for the first
     */
    record Wave(int wave, List<String> segments) implements Scope {
        /** Copies the list. */
        public Wave {
            segments = List.copyOf(segments);
        }
    }

    /** A region after its promotion, against those held back on the old champion: harm only. */
    record Holdback(String segment) implements Scope {
        @Override
        public List<String> segments() {
            return List.of(segment);
        }
    }
}
