package dev.ringside.app.retraining;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.kpi.Names;
import dev.ringside.contract.model.LoggedRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A training's document, as far as it must be read before the trainer does.
 *
 * @param path where it stands
 * @param tree what it says
 * @param folder of the version that is trained
 */
record VersionDocument(Path path, JsonNode tree, Path folder) {
    /**
     * Reads it.
     *
     * @param models the folder for models
     * @throws InvalidInput if it is no such document
     */
    static VersionDocument read(Path path, Path models) throws IOException {
        JsonNode tree = Json.readYaml(Files.readString(path), JsonNode.class);
        return new VersionDocument(
                path,
                tree,
                models.resolve(Names.check("slot", tree.path("slot").asText()))
                        .resolve(Names.check("version", tree.path("version").asText())));
    }

    /**
     * The archive that a question is put to.
     *
     * @param asked the question, as it stands in the document
     * @param dataFolder of the platform, where the question does not name one
     */
    Path archive(JsonNode asked, Path dataFolder) {
        JsonNode named = asked.path(LoggedRows.DATA_FOLDER);
        Path data = dataFolder;
        if (named.isValueNode() && !named.isNull()) {
            String text = named.asText();
            data = text.startsWith("~/")
                    ? Path.of(System.getProperty("user.home"), text.substring(2))
                    : path.toAbsolutePath().resolveSibling(text);
        }
        return data.resolve("archive").normalize();
    }
}
