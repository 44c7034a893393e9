package dev.ringside.app.retraining;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.file.WholeFile;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.kpi.Names;
import dev.ringside.contract.model.Digests;
import dev.ringside.contract.model.LoggedRows;
import dev.ringside.contract.model.RowsManifest;
import dev.ringside.metrics.trainingset.TrainingSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes the rows that a training's document asks of a platform's log, as a file for the trainer: {@code rows.parquet} in
 * the version's folder, and {@code rows.json}, which says how far the log was read. Where that is there already it holds:
 * so the same command gives the same rows for ever, however the log has grown.
 */
public final class LogExport {
    private static final String ROWS = "rows.parquet";
    private static final String MANIFEST = "rows.json";

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
        JsonNode tree;
        LoggedRows asked;
        Path folder;
        try {
            tree = Json.readYaml(Files.readString(document), JsonNode.class);
            if (!LoggedRows.isAskedFor(tree.path("data"))) {
                return null;
            }
            asked = LoggedRows.read(tree.path("data"));
            folder = models.resolve(Names.check("slot", tree.path("slot").asText()))
                    .resolve(Names.check("version", tree.path("version").asText()));
        } catch (InvalidInput | IOException e) {
            return null;
        }
        Path file = folder.resolve(ROWS);
        RowsManifest before = before(folder.resolve(MANIFEST), asked);
        if (before != null && Files.isRegularFile(file) && Digests.sha256(file).equals(before.sha256())) {
            words.accept("rows as the log was read before: " + told(before) + " (" + folder.resolve(MANIFEST)
                    + "; without that file the log is read anew)");
            return new Exported(file, before);
        }
        Path archive = archive(document, tree.path("data"), dataFolder);
        words.accept("reading the log of slot '" + asked.slot() + "' in " + archive);
        Files.createDirectories(folder);
        RowsManifest made = new TrainingSet(archive, unitOutcomes).write(before == null ? asked : before.log(), file);
        WholeFile.write(folder.resolve(MANIFEST), Json.pretty(made) + "\n");
        words.accept(told(made));
        return new Exported(file, made);
    }

    /** What was read before for the same question; null if nothing was. */
    private static @Nullable RowsManifest before(Path manifest, LoggedRows asked) throws IOException {
        if (!Files.isRegularFile(manifest)) {
            return null;
        }
        try {
            RowsManifest before = Json.read(Files.readAllBytes(manifest), RowsManifest.class);
            LoggedRows read = before.log();
            boolean same =
                    Objects.requireNonNullElse(asked.offsets(), read.offsets()).equals(read.offsets())
                            && read.at(null).equals(asked.at(null));
            return same ? before : null;
        } catch (InvalidInput e) {
            throw new IOException(
                    manifest + " cannot be read: " + e.getMessage() + "; remove it to read the log anew", e);
        }
    }

    /**
     * The archive that a question is put to.
     *
     * @param asked the question, as it stands in the document
     * @param dataFolder of the platform, where the question does not name one
     */
    static Path archive(Path document, JsonNode asked, Path dataFolder) {
        JsonNode named = asked.path(LoggedRows.DATA_FOLDER);
        Path folder = dataFolder;
        if (named.isValueNode() && !named.isNull()) {
            String text = named.asText();
            folder = text.startsWith("~/")
                    ? Path.of(System.getProperty("user.home"), text.substring(2))
                    : document.toAbsolutePath().resolveSibling(text);
        }
        return folder.resolve("archive").normalize();
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
