package dev.ringside.app.retraining;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.file.WholeFile;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.kpi.Names;
import dev.ringside.contract.model.Digests;
import dev.ringside.contract.model.InputsManifest;
import dev.ringside.contract.model.LoggedInputs;
import dev.ringside.metrics.trainingset.ServedInputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the requests that a training's document wants its rows to be held beside ({@code drift.log}) in a platform's log,
 * as a file for the trainer: {@code served.parquet} in the version's folder, and {@code served.json}, which says how far
 * the log was read. Where that is there already it holds, so the same command sees the same requests for ever.
 */
public final class ServedExport {
    private static final String REQUESTS = "served.parquet";
    private static final String MANIFEST = "served.json";

    private final Path dataFolder;
    private final Consumer<String> words;

    /**
     * @param dataFolder of the platform, where a document does not name one
     * @param words where it is told what is done
     */
    public ServedExport(Path dataFolder, Consumer<String> words) {
        this.dataFolder = dataFolder;
        this.words = words;
    }

    /**
     * Finds them, or takes those that were found before.
     *
     * @param document of a training
     * @param models the folder for models
     * @return the file; null where the document asks for no log, or cannot be read: that is for the trainer to say
     * @throws IOException if they cannot be found, saying why
     */
    public @Nullable Path export(Path document, Path models) throws IOException {
        JsonNode log;
        LoggedInputs asked;
        Path folder;
        try {
            JsonNode tree = Json.readYaml(Files.readString(document), JsonNode.class);
            log = tree.path("drift").path("log");
            if (!log.isObject()) {
                return null;
            }
            asked = LoggedInputs.read(log);
            folder = models.resolve(Names.check("slot", tree.path("slot").asText()))
                    .resolve(Names.check("version", tree.path("version").asText()));
        } catch (InvalidInput | IOException e) {
            return null;
        }
        Path file = folder.resolve(REQUESTS);
        Path manifest = folder.resolve(MANIFEST);
        InputsManifest before = before(manifest, asked);
        if (before != null && Files.isRegularFile(file) && Digests.sha256(file).equals(before.sha256())) {
            words.accept("requests as the log was read before: " + told(before) + " (" + manifest
                    + "; without that file the log is read anew)");
            return file;
        }
        Path archive = LogExport.archive(document, log, dataFolder);
        words.accept("reading what slot '" + asked.slot() + "' was asked, in " + archive);
        Files.createDirectories(folder);
        InputsManifest made = new ServedInputs(archive).write(before == null ? asked : before.log(), file);
        WholeFile.write(manifest, Json.pretty(made) + "\n");
        words.accept(told(made));
        return file;
    }

    /** What was read before for the same question; null if nothing was. */
    private static @Nullable InputsManifest before(Path manifest, LoggedInputs asked) throws IOException {
        if (!Files.isRegularFile(manifest)) {
            return null;
        }
        try {
            InputsManifest before = Json.read(Files.readAllBytes(manifest), InputsManifest.class);
            LoggedInputs read = before.log();
            boolean same =
                    Objects.requireNonNullElse(asked.offsets(), read.offsets()).equals(read.offsets())
                            && read.at(null).equals(asked.at(null));
            return same ? before : null;
        } catch (InvalidInput e) {
            throw new IOException(
                    manifest + " cannot be read: " + e.getMessage() + "; remove it to read the log anew", e);
        }
    }

    private static String told(InputsManifest made) {
        return String.format(Locale.ROOT, "%,d requests from %s through %s", made.rows(), made.from(), made.through());
    }
}
