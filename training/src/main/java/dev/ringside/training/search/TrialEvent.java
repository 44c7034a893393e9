package dev.ringside.training.search;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A line of a search's log. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TrialEvent.Opened.class, name = "opened"),
    @JsonSubTypes.Type(value = TrialEvent.Started.class, name = "started"),
    @JsonSubTypes.Type(value = TrialEvent.Reported.class, name = "reported"),
    @JsonSubTypes.Type(value = TrialEvent.Finished.class, name = "finished"),
    @JsonSubTypes.Type(value = TrialEvent.Pruned.class, name = "pruned"),
    @JsonSubTypes.Type(value = TrialEvent.Failed.class, name = "failed")
})
sealed interface TrialEvent {
    /**
     * The search was started, for the first time or again.
     *
     * @param format of the log
     * @param search digest of what decides the trials: the document, the space, method, seed and pruner
     * @param parallel how many trials run at once
     */
    record Opened(int format, String search, int parallel) implements TrialEvent {}

    /**
     * A trial starts, for the first time or again.
     *
     * @param parameters its values by path, those that are active
     * @param document SHA-256 of its document
     */
    record Started(int trial, int attempt, long seed, Map<String, JsonNode> parameters, String document)
            implements TrialEvent {}

    /** A trial reported a value at a step. */
    record Reported(int trial, int step, double value) implements TrialEvent {}

    /** A trial ended well. */
    record Finished(
            int trial,
            double value,
            Map<String, Double> metrics,
            @Nullable String digest,
            double seconds) implements TrialEvent {}

    /** A trial was stopped because of what it reported. */
    record Pruned(int trial, int step, double value, double seconds) implements TrialEvent {}

    /** A trial ended without a value. */
    record Failed(int trial, String reason, double seconds) implements TrialEvent {}
}
