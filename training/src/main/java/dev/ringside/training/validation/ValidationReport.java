package dev.ringside.training.validation;

import dev.ringside.contract.json.Json;
import dev.ringside.training.dataset.InvalidData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
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
    /** The name of the file that is this report as JSON. */
    public static final String FILE = "validation.json";

    /** The name of the file that people read. */
    public static final String PAGE = "validation.md";

    /** The name of the file with the histograms. */
    public static final String PICTURE = "drift.svg";

    public ValidationReport {
        columns = List.copyOf(columns);
        anomalies = List.copyOf(anomalies);
        associations = List.copyOf(associations);
        overlaps = List.copyOf(overlaps);
        drift = List.copyOf(drift);
    }

    /** How far each column moved from the training part, as a table for a terminal. */
    public String driftTable() {
        return new DriftTable(drift).text();
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
        files.put(FILE, Json.pretty(this) + "\n");
        files.put(PAGE, page.markdown());
        files.put(PICTURE, page.svg());
        return files;
    }

    /** What stops nothing and should be known of whatever is made of the rows, one sentence each. */
    public List<String> cautions() {
        List<String> cautions = new ArrayList<>();
        associations.stream()
                .filter(association -> association.allowed() != null && association.value() >= association.limit())
                .forEach(association -> cautions.add("Feature '" + association.feature()
                        + "' by itself predicts the label (" + association.measure() + " "
                        + Words.figure(association.value()) + "), which is allowed: " + association.allowed() + "."));
        Double custom = DriftLimits.DEFAULT.psi();
        drift.stream()
                .filter(moved -> moved.excesses().isEmpty()
                        && moved.p() < DriftCheck.BY_CHANCE
                        && custom != null
                        && moved.psi() > custom)
                .forEach(moved -> cautions.add("Column '" + moved.column() + "' moved between train and " + moved.part()
                        + " (PSI " + Words.figure(moved.psi()) + "), for which no limit was set or another."));
        return cautions;
    }

    /** The greatest figures by name: of drift, and of what one feature tells of the label. */
    public Map<String, Double> metrics() {
        Map<String, Double> metrics = new TreeMap<>();
        drift.forEach(moved -> metrics.merge("drift_largest_psi", moved.psi(), Math::max));
        associations.forEach(association ->
                metrics.merge("single_feature_largest_" + association.measure(), association.value(), Math::max));
        return metrics;
    }

    /**
     * Ends a training that cannot go on.
     *
     * @param shown where the report can be read, in words; empty for nowhere
     * @throws InvalidData listing everything that stops a training
     */
    public void requireSound(String shown) {
        List<String> problems = problems();
        if (!problems.isEmpty()) {
            throw new InvalidData("the rows do not pass validation, and nothing was fitted" + shown, problems);
        }
    }
}
