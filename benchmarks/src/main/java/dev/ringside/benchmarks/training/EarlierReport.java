package dev.ringside.benchmarks.training;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an earlier run of the bench found, so that another goes on with it. */
public final class EarlierReport {
    private final Map<String, JsonNode> measures = new HashMap<>();

    private EarlierReport() {}

    /** Nothing was found before. */
    public static EarlierReport none() {
        return new EarlierReport();
    }

    /**
     * Reads the file that a report wrote; nothing was found before where there is none.
     *
     * @throws InvalidInput if it is no such file
     */
    public static EarlierReport read(Path file) throws IOException {
        var earlier = new EarlierReport();
        if (Files.exists(file)) {
            JsonNode report;
            try {
                report = Json.read(Files.readAllBytes(file), JsonNode.class);
            } catch (InvalidInput e) {
                throw new InvalidInput("--resume", file + " is no report of this bench: " + e.getMessage());
            }
            InvalidInput.require(
                    report.path("measures").isArray(),
                    "--resume",
                    file + " is no report of this bench, expected a list 'measures'; name another --json");
            report.path("measures")
                    .forEach(measure -> earlier.measures.put(measure.path("key").asText(), measure));
        }
        return earlier;
    }

    /** Whether there is something of a measure. */
    boolean has(Measure measure) {
        return measures.containsKey(measure.key());
    }

    /**
     * What was found of a measure; null where it was not measured, or failed, or of another document or data, or with
     * another number of seeds.
     *
     * @param digest that of the document and of all that it reads
     */
    @Nullable
    Measured of(Measure measure, String digest, int seeds) {
        JsonNode found = measures.get(measure.key());
        if (found == null
                || !found.path("digest").asText().equals(digest)
                || found.path("values").size() != seeds) {
            return null;
        }
        List<Double> values = new ArrayList<>();
        found.path("values").forEach(value -> values.add(value.doubleValue()));
        return Measured.of(
                measure,
                digest,
                values,
                number(found.path("beside")),
                number(found.path("peak_gb")),
                found.path("seconds").doubleValue());
    }

    private static @Nullable Double number(JsonNode node) {
        return node.isNumber() ? (Double) node.doubleValue() : null;
    }
}
