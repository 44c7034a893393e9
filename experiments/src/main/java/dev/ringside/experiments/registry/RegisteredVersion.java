package dev.ringside.experiments.registry;

import dev.ringside.contract.model.ModelManifest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version of a slot's model.
 *
 * @param manifest what it is
 * @param manifestSha256 digest of the manifest's canonical JSON, which is an artefact too
 * @param registeredWall when, by the machine's clock
 * @param registeredBy who registered it
 * @param retiredWall when it was taken out of the routing table, by the machine's clock, or registered as one that never
 *     enters; null while it is in
 * @param retiredBy who did that; {@code gates} of a version that was refused
 */
public record RegisteredVersion(
        ModelManifest manifest,
        String manifestSha256,
        Instant registeredWall,
        String registeredBy,
        @Nullable Instant retiredWall,
        @Nullable String retiredBy) {
    /** Its name within the slot. */
    public String version() {
        return manifest.version();
    }
}
