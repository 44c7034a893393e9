package dev.ringside.app.demo.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringside.contract.model.RowsManifest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of the challenger that was trained from the platform's own log.
 *
 * @param rows which rows it was trained on, and how many are none for which reason
 * @param sha256 of the model's file
 * @param proposed the experiment that was proposed and run; null if none was
 * @param notProposed why none was; null if one was
 * @param regions of its experiment, as they stood at the end
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Retrained(
        RowsManifest rows,
        String sha256,
        @Nullable ObjectNode proposed,
        @Nullable String notProposed,
        List<Result.Region> regions) {
    public Retrained {
        regions = List.copyOf(regions);
    }

    /** The same, with what came of it. */
    public Retrained with(List<Result.Region> concluded) {
        return new Retrained(rows, sha256, proposed, notProposed, concluded);
    }

    /** The name of its experiment; null if none was run. */
    public @Nullable String experiment() {
        return proposed == null ? null : proposed.path("name").asText();
    }
}
