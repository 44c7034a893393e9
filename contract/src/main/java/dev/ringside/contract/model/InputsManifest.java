package dev.ringside.contract.model;

import dev.ringside.contract.InvalidInput;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What lies beside a Parquet file of a platform's logged requests, and says how they are found again.
 *
 * @param log which requests, with the offsets that were read
 * @param sha256 digest of the Parquet file
 * @param rows how many rows it has, a request each
 * @param leftOut how many requests are no rows, by reason
 * @param from the first request
 * @param through the last request
 * @param inputs the columns with their types, as DuckDB calls them, such as {@code BIGINT} or {@code VARCHAR[]}
 */
public record InputsManifest(
        LoggedInputs log,
        String sha256,
        long rows,
        Map<String, Long> leftOut,
        Instant from,
        Instant through,
        Map<String, String> inputs) {
    /** Copies the maps; the offsets must be there. */
    public InputsManifest {
        Digests.check("sha256", sha256);
        InvalidInput.require(log.offsets() != null, "log.offsets", "missing: expected the offsets that were read");
        leftOut = Collections.unmodifiableSortedMap(new TreeMap<>(leftOut));
        inputs = Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
    }
}
