package dev.ringside.app.retraining;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.model.LoggedRows;
import dev.ringside.contract.model.RowsManifest;
import dev.ringside.metrics.trainingset.TrainingSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes the rows that a training's document asks of a platform's log, as a file for the trainer: {@code rows.parquet} in
 * the version's folder, and {@code rows.json}, which says how far the log was read. Where that is there already it holds:
 * so the same command gives the same rows for ever, however the log has grown.
 */
public final class LogExport {
    private final Path dataFolder;
    private final int unitOutcomes;
    private final Consumer<String> words;

    /**
     * @param dataFolder of the platform, where a document does not name one
     * @param unitOutcomes how many outcomes of one unit the aggregator keeps
     * @param words where it is told what is done
     */
    public LogExport(Path dataFolder, int unitOutcomes, Consumer<String> words) {
        this.dataFolder = dataFolder;
        this.unitOutcomes = unitOutcomes;
        this.words = words;
    }

    /**
     * The rows of a document.
     *
     * @param file the Parquet file
     * @param manifest what it is
     */
    public record Exported(Path file, RowsManifest manifest) {}

    /**
     * Makes them, or finds those that were made before.
     *
     * @param document of a training
     * @param models the folder for models
     * @return null where the document asks for no log, or cannot be read: that is for the trainer to say, with all else
     * @throws IOException if they cannot be made, saying why
     */
    public @Nullable Exported export(Path document, Path models) throws IOException {
        VersionDocument training;
        LoggedRows asked;
        try {
            training = VersionDocument.read(document, models);
            if (!LoggedRows.isAskedFor(training.tree().path("data"))) {
                return null;
            }
            asked = LoggedRows.read(training.tree().path("data"));
        } catch (InvalidInput | IOException e) {
            return null;
        }
        var kept = new KeptReading<>(training.folder(), "rows", RowsManifest.class, RowsManifest::sha256);
        RowsManifest before = kept.before(manifest -> asked.isAnsweredBy(manifest.log()));
        if (before != null && kept.isWhole(before)) {
            words.accept(kept.words("rows", told(before)));
            return new Exported(kept.file(), before);
        }
        Path archive = training.archive(training.tree().path("data"), dataFolder);
        words.accept("reading the log of slot '" + asked.slot() + "' in " + archive);
        kept.makeFolder();
        RowsManifest made =
                new TrainingSet(archive, unitOutcomes).write(before == null ? asked : before.log(), kept.file());
        kept.keep(made);
        words.accept(told(made));
        return new Exported(kept.file(), made);
    }

    private static String told(RowsManifest made) {
        return String.format(Locale.ROOT, "%,d rows; no rows are ", made.rows())
                + made.leftOut().entrySet().stream()
                        .map(reason -> String.format(
                                Locale.ROOT,
                                "%,d %s",
                                reason.getValue(),
                                reason.getKey().replace('_', ' ')))
                        .collect(Collectors.joining(", "));
    }
}
