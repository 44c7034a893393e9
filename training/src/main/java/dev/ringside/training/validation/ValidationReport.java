package dev.ringside.training.validation;

import dev.ringside.contract.json.Json;
import dev.ringside.training.dataset.InvalidData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a validation found; plain data that can be written as JSON.
 *
 * @param schemaSha256 digest of the schema; null where there is none
 * @param rows how many rows were looked at
 * @param columns what each feature holds in all rows
 * @param anomalies where the rows break the schema
 * @param associations how much each feature by itself tells of the label in the training part
 * @param overlaps how many rows of the later parts stand in the training part too
 * @param drift how far each feature, and the label, moved from the training part to those after it
 */
public record ValidationReport(
        @Nullable String schemaSha256,
        int rows,
        List<ColumnSummary> columns,
        List<Anomaly> anomalies,
        List<Association> associations,
        List<Overlap> overlaps,
        List<ColumnDrift> drift) {
    public ValidationReport {
        columns = List.copyOf(columns);
        anomalies = List.copyOf(anomalies);
        associations = List.copyOf(associations);
        overlaps = List.copyOf(overlaps);
        drift = List.copyOf(drift);
    }

    /** Everything that stops a training, one sentence each. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        anomalies.forEach(anomaly -> problems.add(anomaly.words()));
        associations.stream().filter(Association::leaks).forEach(leak -> problems.add(leak.words()));
        overlaps.stream().filter(Overlap::leaks).forEach(overlap -> problems.add(overlap.words()));
        drift.stream().filter(moved -> !moved.excesses().isEmpty()).forEach(moved -> problems.add(moved.words()));
        return problems;
    }

    /**
     * What people and programs look at, by the name of the file: {@code validation.md} with its picture {@code drift.svg},
     * and this report as {@code validation.json}.
     */
    public SequencedMap<String, String> files() {
        var page = new ValidationPage(this);
        SequencedMap<String, String> files = new LinkedHashMap<>();
        files.put("validation.json", Json.pretty(this) + "\n");
        files.put("validation.md", page.markdown());
        files.put("drift.svg", page.svg());
        return files;
    }

    /** @throws InvalidData listing everything that stops a training */
    public void requireSound() {
        List<String> problems = problems();
        if (!problems.isEmpty()) {
            throw new InvalidData("the rows do not pass validation, and nothing was fitted", problems);
        }
    }
}
