package dev.ringside.serving.catalog;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.ModelManifest;
import dev.ringside.serving.engine.ModelFailure;
import dev.ringside.serving.verification.Rehearsal;
import dev.ringside.serving.verification.Verification;
import java.io.IOException;
import java.nio.file.Files;

/** Makes a fetched version ready: verifies, opens, rehearses. On any failure nothing of it stays open. */
final class Loader {
    private final Sessions sessions;

    Loader(Sessions sessions) {
        this.sessions = sessions;
    }

    /**
     * Makes a version ready to be published. It may take as long as native code does; the caller's thread is given up for it.
     *
     * @param whenEmpty is run when the version has been closed and its last request has ended
     * @param whenVerified is run once it is right and only needs to be warmed
     * @return what answers; the caller gives it back by {@link #unload}
     */
    ServedVersion load(Desired desired, Fetch.Fetched files, Runnable whenEmpty, Runnable whenVerified)
            throws ModelFailure {
        ModelManifest manifest = manifest(files);
        Verification.manifest(
                manifest, desired.key().slot(), desired.key().version(), desired.modelSha256(), desired.slot());
        SharedModel model = sessions.acquire(desired.modelSha256(), manifest.format(), files.model());
        boolean ready = false;
        try {
            Verification.signature(manifest.signature(), model.model().signature());
            var rehearsal = new Rehearsal(manifest, model.model());
            rehearsal.golden();
            whenVerified.run();
            rehearsal.warm();
            var served = new ServedVersion(desired, manifest, model, new InFlight(whenEmpty));
            ready = true;
            return served;
        } finally {
            if (!ready) {
                sessions.release(model);
            }
        }
    }

    private static ModelManifest manifest(Fetch.Fetched files) throws ModelFailure {
        try {
            return Json.read(Files.readAllBytes(files.manifest()), ModelManifest.class);
        } catch (InvalidInput e) {
            throw new ModelFailure("manifest: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ModelFailure("manifest cannot be read: " + e.getMessage(), e);
        }
    }

    /** Gives back what a version had open; none of its requests is under way. */
    void unload(ServedVersion version) {
        sessions.release(version.model());
    }
}
