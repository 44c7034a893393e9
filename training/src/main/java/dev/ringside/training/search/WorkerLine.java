package dev.ringside.training.search;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a trial's process writes to its standard output, one JSON object a line: {@code {"trial":"report","step":3,
 * "value":0.81}}, answered on its standard input by the line {@code go} or {@code stop}, and at its end {@code
 * {"trial":"result","value":0.83,"metrics":{},"digest":"…"}}. Every other line is taken as words for the log.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "trial")
@JsonSubTypes({
    @JsonSubTypes.Type(value = WorkerLine.Report.class, name = "report"),
    @JsonSubTypes.Type(value = WorkerLine.Result.class, name = "result")
})
sealed interface WorkerLine {
    String GO = "go";
    String STOP = "stop";

    /** A value on the way. */
    record Report(int step, double value) implements WorkerLine {}

    /** The value at the end. */
    record Result(
            double value,
            @Nullable Map<String, Double> metrics,
            @Nullable String digest) implements WorkerLine {}

    /**
     * Reads a line.
     *
     * @return empty if it is none of these
     * @throws TrialFailure if it begins like one and cannot be read
     */
    static Optional<WorkerLine> read(String line) throws TrialFailure {
        if (!line.startsWith("{\"trial\":")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.read(line, WorkerLine.class));
        } catch (InvalidInput e) {
            throw new TrialFailure("its process wrote a line that cannot be read: " + e.getMessage());
        }
    }
}
