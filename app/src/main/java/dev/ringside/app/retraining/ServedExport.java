package dev.ringside.app.retraining;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.model.InputsManifest;
import dev.ringside.contract.model.LoggedInputs;
import dev.ringside.metrics.trainingset.ServedInputs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the requests that a training's document wants its rows to be held beside ({@code drift.log}) in a platform's log,
 * as a file for the trainer: {@code served.parquet} in the version's folder, and {@code served.json}, which says how far
 * the log was read. Where that is there already it holds, so the same command sees the same requests for ever.
 */
public final class ServedExport {
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
        VersionDocument training;
        JsonNode log;
        LoggedInputs asked;
        try {
            training = VersionDocument.read(document, models);
            log = training.tree().path("drift").path("log");
            if (!log.isObject()) {
                return null;
            }
            asked = LoggedInputs.read(log);
        } catch (InvalidInput | IOException e) {
            return null;
        }
        var kept = new KeptReading<>(training.folder(), "served", InputsManifest.class, InputsManifest::sha256);
        InputsManifest before = kept.before(manifest -> asked.isAnsweredBy(manifest.log()));
        if (before != null && kept.isWhole(before)) {
            words.accept(kept.words("requests", told(before)));
            return kept.file();
        }
        Path archive = training.archive(log, dataFolder);
        words.accept("reading what slot '" + asked.slot() + "' was asked, in " + archive);
        kept.makeFolder();
        InputsManifest made = new ServedInputs(archive).write(before == null ? asked : before.log(), kept.file());
        kept.keep(made);
        words.accept(told(made));
        return kept.file();
    }

    private static String told(InputsManifest made) {
        return String.format(Locale.ROOT, "%,d requests from %s through %s", made.rows(), made.from(), made.through());
    }
}
