package dev.ringside.contract.model;

import dev.ringside.contract.InvalidInput;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What lies beside a Parquet file of rows that were made of a platform's log, and says how they are made again.
 *
 * @param log which rows, with the offsets that were read
 * @param sha256 digest of the Parquet file
 * @param rows how many rows it has
 * @param leftOut how many units are no rows, by reason
 * @param closedThrough the horizon: rows whose outcomes were not final by then are left out
 * @param unitsPerDay new units of a segment in a day, rows or not
 */
public record RowsManifest(
        LoggedRows log,
        String sha256,
        long rows,
        Map<String, Long> leftOut,
        Instant closedThrough,
        Map<String, Double> unitsPerDay) {
    /** Copies the maps; the offsets must be there. */
    public RowsManifest {
        Digests.check("sha256", sha256);
        InvalidInput.require(log.offsets() != null, "log.offsets", "missing: expected the offsets that were read");
        leftOut = new TreeMap<>(leftOut);
        unitsPerDay = new TreeMap<>(unitsPerDay);
    }
}
