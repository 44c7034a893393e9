package dev.ringside.training.preparation;

import dev.ringside.training.dataset.DataSource;
import dev.ringside.training.dataset.DatasetReader;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.FeatureType;
import dev.ringside.training.dataset.Label;
import dev.ringside.training.dataset.Roles;
import dev.ringside.training.validation.ServingLog;
import dev.ringside.training.validation.Validation.Requests;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the requests of a platform's log as the columns of a training. What a request does not carry is missing in it, as it
 * is for the version that answers; a feature that no request carries is missing in all of them.
 */
final class ServedRows {
    /** What stands for a whole number that a request does not carry, where the document has none for it. */
    private static final long MISSING = Long.MIN_VALUE + 1;

    private static final String LABEL = "ringside_no_label";

    private ServedRows() {}

    /** @param memory how much memory DuckDB may take */
    static Requests read(ServingLog log, List<FeatureSpec> features, String memory) throws IOException {
        Map<String, String> inputs = log.manifest().inputs();
        List<FeatureSpec> columns =
                features.stream().map(ServedRows::mayBeMissing).toList();
        String query = columns.stream()
                .map(column -> value(column, inputs.get(column.name())) + " AS " + quoted(column.name()))
                .collect(Collectors.joining(
                        ", ", "SELECT ", ", 0 AS " + LABEL + " FROM read_parquet(getvariable('data'))"));
        return new Requests(
                new DatasetReader(
                                new DataSource(log.file(), Map.of(), query),
                                new Roles(null, new Label(LABEL, Label.Kind.NUMBER, null), null),
                                columns,
                                memory)
                        .read(null)
                        .rows(),
                columns);
    }

    private static FeatureSpec mayBeMissing(FeatureSpec feature) {
        return feature.type() == FeatureType.INTEGER && feature.missing() == null
                ? new FeatureSpec(feature.name(), feature.type(), MISSING)
                : feature;
    }

    /** A list that has one value in every request is logged as that value. */
    private static String value(FeatureSpec feature, @Nullable String logged) {
        boolean list = feature.type() == FeatureType.NUMBERS || feature.type() == FeatureType.CATEGORIES;
        if (logged == null) {
            return "CAST(NULL AS " + type(feature.type()) + ")";
        }
        String name = quoted(feature.name());
        return list && !logged.endsWith("[]") ? "CASE WHEN " + name + " IS NOT NULL THEN [" + name + "] END" : name;
    }

    private static String type(FeatureType type) {
        return switch (type) {
            case NUMBER -> "FLOAT";
            case INTEGER -> "BIGINT";
            case CATEGORY -> "VARCHAR";
            case NUMBERS -> "FLOAT[]";
            case CATEGORIES -> "VARCHAR[]";
        };
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
