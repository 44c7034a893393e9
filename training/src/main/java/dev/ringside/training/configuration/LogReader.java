package dev.ringside.training.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.Digests;
import dev.ringside.contract.model.LoggedRows;
import dev.ringside.contract.model.RowsManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code data} that asks for rows of a platform's own log. The trainer does not know a log: whoever starts it makes a
 * Parquet file of the rows, with a {@code .json} of the same name beside it that says which they are.
 */
final class LogReader {
    private LogReader() {}

    /**
     * Reads it, and checks that the file has the rows that it asks for.
     *
     * @param rows the Parquet file; null if nobody made one
     * @return which rows, with the offsets that were read; null after a problem
     */
    static @Nullable LoggedRows read(JsonNode data, @Nullable Path rows, List<String> problems) {
        LoggedRows asked;
        try {
            asked = LoggedRows.read(data);
        } catch (InvalidInput e) {
            problems.add(e.within("data").getMessage());
            return null;
        }
        if (rows == null) {
            problems.add("data: asks for rows of a platform's log, of which somebody has to make a file first:"
                    + " './ringside train' does, the trainer alone needs it with --data");
            return null;
        }
        Path beside = beside(rows);
        try {
            RowsManifest made = Json.read(Files.readAllBytes(beside), RowsManifest.class);
            boolean same = asked.offsets() == null
                    ? made.log().at(null).equals(asked)
                    : made.log().equals(asked);
            if (!same) {
                problems.add("data: " + beside + " says that the rows are others: " + Json.write(made.log()));
            } else if (!Digests.sha256(rows).equals(made.sha256())) {
                problems.add("data: " + rows + " is another file than " + beside + " says");
            }
            return made.log();
        } catch (IOException | InvalidInput e) {
            problems.add("data: which rows " + rows + " has is said by " + beside + ", which cannot be read: " + e);
            return null;
        }
    }

    /** What says which rows a file has. */
    static Path beside(Path rows) {
        return rows.resolveSibling(rows.getFileName().toString().replaceFirst("\\.[^.]*$", "") + ".json");
    }
}
