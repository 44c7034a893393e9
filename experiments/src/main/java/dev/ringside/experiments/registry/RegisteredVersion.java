package dev.ringside.experiments.registry;

import dev.ringside.contract.model.ModelManifest;
import java.time.Instant;

/**
 * A version of a slot's model.
 *
 * @param manifest what it is
 * @param manifestSha256 digest of the manifest's canonical JSON, which is an artefact too
 * @param registeredWall when, by the machine's clock
 * @param registeredBy who registered it
 */
public record RegisteredVersion(
        ModelManifest manifest, String manifestSha256, Instant registeredWall, String registeredBy) {
    /** Its name within the slot. */
    public String version() {
        return manifest.version();
    }
}
