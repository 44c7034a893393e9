package dev.ringside.serving.catalog;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.Batching;
import dev.ringside.contract.model.ModelManifest;
import dev.ringside.contract.model.Signature;
import dev.ringside.engine.ModelFailure;
import dev.ringside.serving.batching.JoinTrial;
import dev.ringside.serving.verification.Rehearsal;
import dev.ringside.serving.verification.Verification;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes a fetched version ready: verifies, opens, rehearses. On any failure nothing of it stays open. */
final class Loader {
    private static final System.Logger LOG = System.getLogger(Loader.class.getName());

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
        ModelManifest declared = declared(desired, files);
        SharedModel model = sessions.acquire(
                desired.source().digest(), format(desired, declared), files.model(), batching(desired, declared));
        boolean ready = false;
        try {
            ModelManifest manifest = declared == null ? ofFile(desired, model) : declared;
            Verification.signature(manifest.signature(), model.model().signature());
            var rehearsal = new Rehearsal(manifest, model.model());
            rehearsal.golden();
            whenVerified.run();
            rehearsal.warm();
            model.begin(() -> joins(desired, rehearsal, model));
            var served = new ServedVersion(
                    desired.key(), promised(desired, manifest), manifest, model, new InFlight(whenEmpty));
            ready = true;
            return served;
        } finally {
            if (!ready) {
                sessions.release(model);
            }
        }
    }

    private static String format(Desired desired, @Nullable ModelManifest declared) {
        return desired.source() instanceof ModelFile found
                ? found.format()
                : Objects.requireNonNull(declared, "manifest").format();
    }

    private static Batching batching(Desired desired, @Nullable ModelManifest declared) {
        if (desired.source() instanceof ModelFile found) {
            return found.batching();
        }
        Batching said = declared == null ? null : declared.batching();
        return said == null ? Batching.NONE : said;
    }

    /**
     * Whether requests may be run together, which is tried only where anybody wants it. Who did not ask for it by {@code
     * max_batch_size} gets answers that are the same bit for bit whatever is run beside them, as a score that is counted
     * must not depend on who else asked.
     */
    private static boolean joins(Desired desired, Rehearsal rehearsal, SharedModel model) {
        if (model.settings().maxRows() <= 1) {
            return false;
        }
        boolean isAsked = model.key().batching().maxBatchSize() != null;
        Optional<String> objection =
                new JoinTrial(model.model(), model.settings().maxRows(), rehearsal.examples(), isAsked).objection();
        objection.ifPresent(reason -> LOG.log(
                Level.INFO,
                "{0} is run for one request at a time: {1}{2}",
                desired.key(),
                reason,
                isAsked ? "" : "; max_batch_size allows for rounding"));
        return objection.isEmpty();
    }

    /** What the registry says of a version, checked; null where there is none. */
    private static @Nullable ModelManifest declared(Desired desired, Fetch.Fetched files) throws ModelFailure {
        if (files.manifest() == null || !(desired.source() instanceof Desired.Registered registered)) {
            return null;
        }
        ModelManifest manifest = manifest(files.manifest());
        Verification.manifest(
                manifest, desired.key().slot(), desired.key().version(), registered.modelSha256(), registered.slot());
        return manifest;
    }

    /** What an open file says of itself. */
    private static ModelManifest ofFile(Desired desired, SharedModel model) {
        return new ModelManifest(
                desired.key().slot(),
                desired.key().version(),
                model.engine().format(),
                model.key().sha256(),
                model.model().signature(),
                List.of(),
                Map.of(),
                null,
                null,
                null);
    }

    private static Signature promised(Desired desired, ModelManifest manifest) {
        return switch (desired.source()) {
            case Desired.Registered registered -> registered.slot();
            case ModelFile _ -> manifest.signature();
        };
    }

    private static ModelManifest manifest(Path file) throws ModelFailure {
        try {
            return Json.read(Files.readAllBytes(file), ModelManifest.class);
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
