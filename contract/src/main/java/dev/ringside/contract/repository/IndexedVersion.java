package dev.ringside.contract.repository;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * A line of the index of a model repository.
 *
 * @param name the model
 * @param version its version; null for a model of which no version was ever wanted
 * @param state where the version stands; null with the version
 * @param reason why it does not answer, or what else there is to know; null for nothing
 */
public record IndexedVersion(
        String name,
        @Nullable String version,
        @Nullable State state,
        @Nullable String reason) {

    /** Where a version stands, in Triton's words. */
    public enum State {
        /** It answers. */
        READY,
        /** It is about to. */
        LOADING,
        /** It finishes its requests and goes. */
        UNLOADING,
        /** It does not answer. */
        UNAVAILABLE
    }

    /** Whether it answers. */
    @JsonIgnore
    public boolean isReady() {
        return state == State.READY;
    }
}
