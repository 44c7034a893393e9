package dev.ringside.router.feature;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Where features are kept: hashes of texts under keys. Called by many threads at once. */
public interface FeatureStore {
    /**
     * Asks for fields of hashes, of all of them in one go. Returns at once, whatever the store does, and is not told when
     * nobody waits for the answer any more.
     *
     * @param keys each once
     * @return for each key what was found; fails where the store cannot be asked
     */
    CompletableFuture<List<Found>> read(List<String> keys, List<String> fields);

    /** What stands under a key. */
    sealed interface Found {
        /**
         * A hash; one without any field if nothing stands there.
         *
         * @param values of the fields, in the order in which they were asked for; null for one that it does not have
         */
        record Hash(List<@Nullable String> values) implements Found {}

        /** Something else than a hash. */
        record NoHash(String why) implements Found {}
    }
}
