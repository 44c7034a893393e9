package dev.ringside.training.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.Digests;
import dev.ringside.contract.model.InputsManifest;
import dev.ringside.contract.model.LoggedInputs;
import dev.ringside.training.validation.ServingLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code drift.log}, which asks for the requests of a platform's own log. The trainer does not know a log: whoever
 * starts it makes a Parquet file of them, with a {@code .json} of the same name beside it that says which they are.
 */
final class ServedReader {
    private ServedReader() {}

    /**
     * Reads it, and checks that the file has the requests that it asks for.
     *
     * @param file the Parquet file; null if nobody made one
     * @return the requests; null after a problem
     */
    static @Nullable ServingLog read(JsonNode log, @Nullable Path file, List<String> problems) {
        LoggedInputs asked;
        try {
            asked = LoggedInputs.read(log);
        } catch (InvalidInput e) {
            problems.add(e.within("drift.log").getMessage());
            return null;
        }
        if (file == null) {
            problems.add("drift.log: asks for requests of a platform's log, of which somebody has to make a file first:"
                    + " './ringside train' does, the trainer alone needs it with --served");
            return null;
        }
        Path beside = LogReader.beside(file);
        try {
            InputsManifest made = Json.read(Files.readAllBytes(beside), InputsManifest.class);
            boolean same = asked.offsets() == null
                    ? made.log().at(null).equals(asked)
                    : made.log().equals(asked);
            if (!same) {
                problems.add("drift.log: " + beside + " says that the requests are others: " + Json.write(made.log()));
            } else if (!Digests.sha256(file).equals(made.sha256())) {
                problems.add("drift.log: " + file + " is another file than " + beside + " says");
            }
            return new ServingLog(file, made);
        } catch (IOException | InvalidInput e) {
            problems.add(
                    "drift.log: which requests " + file + " has is said by " + beside + ", which cannot be read: " + e);
            return null;
        }
    }
}
