package dev.ringside.serving.catalog;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.ModelManifest;
import dev.ringside.serving.catalog.VersionState.Fetching;
import dev.ringside.serving.catalog.VersionState.Verifying;
import dev.ringside.serving.catalog.VersionState.Warming;
import dev.ringside.serving.engine.ModelFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/** Makes a fetched version ready: verifies, opens, rehearses. On any failure nothing of it stays open. */
final class Loader {
    private final Sessions sessions;
    private final Steps steps;

    Loader(Sessions sessions, Steps steps) {
        this.sessions = sessions;
        this.steps = steps;
    }

    /**
     * Makes a version ready to be published, or takes it to state Failed.
     *
     * @param whenEmpty is run when the version has been closed and its last request has ended
     * @return its state, if it is ready
     */
    Optional<Warming> load(Load load, Fetching fetching, Fetch.Fetched files, Runnable whenEmpty) {
        Verifying verifying = fetching.toVerifying();
        steps.enter(load, verifying);
        try {
            ModelManifest manifest = manifest(files);
            Verification.manifest(manifest, load.desired());
            SharedModel model = sessions.acquire(load.desired().modelSha256(), manifest.format(), files.model());
            load.served(new ServedVersion(load.desired(), manifest, model, new Usage(whenEmpty)));
            return warm(load, verifying, verified(manifest, model));
        } catch (ModelFailure | RuntimeException e) {
            steps.enter(load, verifying.toFailed(String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    private Rehearsal verified(ModelManifest manifest, SharedModel model) throws ModelFailure {
        boolean verified = false;
        try {
            Verification.signature(manifest.signature(), model.model().signature());
            var rehearsal = new Rehearsal(manifest, model.model());
            rehearsal.golden();
            verified = true;
            return rehearsal;
        } finally {
            if (!verified) {
                sessions.release(model);
            }
        }
    }

    private Optional<Warming> warm(Load load, Verifying verifying, Rehearsal rehearsal) {
        Warming warming = verifying.toWarming();
        steps.enter(load, warming);
        try {
            rehearsal.warm();
            return Optional.of(warming);
        } catch (ModelFailure | RuntimeException e) {
            unload(load);
            steps.enter(load, warming.toFailed(String.valueOf(e.getMessage())));
            return Optional.empty();
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
    void unload(Load load) {
        sessions.release(load.served().model());
    }
}
