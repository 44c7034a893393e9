package dev.ringside.training.validation;

import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.Label;
import dev.ringside.training.dataset.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The step between reading rows and fitting: a schema that all rows hold to, features that tell no more of the label than
 * is believed, parts that are alike.
 */
public final class Validation {
    /** What the requests of a platform's log are called where parts are. */
    static final String REQUESTS = "serving log";

    private static final int MOST_ROWS = 1_000_000;

    private final ValidationSettings settings;
    private final List<FeatureSpec> features;
    private final Label label;
    private final long seed;

    /**
     * @param features the columns that a model is to read
     * @param seed where the folds come from in which texts are compared with the label
     */
    public Validation(ValidationSettings settings, List<FeatureSpec> features, Label label, long seed) {
        this.settings = settings;
        this.features = List.copyOf(features);
        this.label = label;
        this.seed = seed;
    }

    /**
     * What a platform was asked.
     *
     * @param rows a row each
     * @param columns the features as they are read there, with what stands for a missing whole number
     */
    public record Requests(Table rows, List<FeatureSpec> columns) {
        /** Keeps the list as it is. */
        public Requests {
            columns = List.copyOf(columns);
        }
    }

    /** Looks at everything but a platform's log. */
    ValidationReport report(Table rows, Table train, SequencedMap<String, Table> later) {
        return report(rows, train, later, null);
    }

    /**
     * Looks at everything and stops nothing.
     *
     * @param rows all that were read
     * @param train the rows that teach
     * @param later the other parts by their name, in order
     * @param requests what a platform was asked; null where the document does not want to know
     */
    public ValidationReport report(
            Table rows, Table train, SequencedMap<String, Table> later, @Nullable Requests requests) {
        Schema schema = settings.schema();
        return new ValidationReport(
                schema == null ? null : schema.sha256(),
                rows.size(),
                features.stream()
                        .map(feature -> ColumnSummary.of(feature, rows.column(feature.name())))
                        .toList(),
                schema == null ? List.of() : new SchemaCheck(schema).anomalies(rows, features),
                new LeakCheck(settings.leaks(), label, seed).associations(train, features),
                overlaps(train, later),
                drift(train, later, requests));
    }

    /** What the schema alone says of rows, one sentence each: all that can be known of rows that make no parts. */
    public List<String> anomalies(Table rows) {
        Schema schema = settings.schema();
        return schema == null
                ? List.of()
                : new SchemaCheck(schema)
                        .anomalies(rows, features).stream().map(Anomaly::words).toList();
    }

    private List<Overlap> overlaps(Table train, SequencedMap<String, Table> later) {
        long[] known = RowDigests.of(train, features);
        Arrays.sort(known);
        List<Overlap> found = new ArrayList<>();
        later.forEach((part, rows) -> {
            long repeated = Arrays.stream(RowDigests.of(rows, features))
                    .filter(row -> Arrays.binarySearch(known, row) >= 0)
                    .count();
            found.add(new Overlap(
                    part, (int) repeated, rows.size(), settings.leaks().overlap()));
        });
        return found;
    }

    private List<ColumnDrift> drift(Table allTrain, SequencedMap<String, Table> allLater, @Nullable Requests requests) {
        Table train = Sample.of(allTrain, MOST_ROWS, seed);
        SequencedMap<String, Table> later = new LinkedHashMap<>();
        allLater.forEach((part, rows) -> later.put(part, Sample.of(rows, MOST_ROWS, seed)));
        Table asked = requests == null ? null : Sample.of(requests.rows(), MOST_ROWS, seed);
        var check = new DriftCheck(settings.drift());
        List<ColumnDrift> found = new ArrayList<>();
        for (FeatureSpec feature : features) {
            Items reference = Items.of(feature, train.column(feature.name()));
            later.forEach((part, rows) -> found.add(
                    check.measure(feature.name(), part, reference, Items.of(feature, rows.column(feature.name())))));
            if (asked != null && requests != null) {
                FeatureSpec logged = requests.columns().get(features.indexOf(feature));
                found.add(check.measure(
                        feature.name(), REQUESTS, reference, Items.of(logged, asked.column(feature.name()))));
            }
        }
        later.forEach((part, rows) -> found.add(check.measure(label.column(), part, labels(train), labels(rows))));
        return found;
    }

    private Items labels(Table rows) {
        return switch (label.kind()) {
            case BINARY ->
                new Items.Texts(
                        List.of("no", "yes"),
                        Arrays.stream(rows.targets()).mapToInt(y -> (int) y).toArray(),
                        null);
            case NUMBER -> new Items.Numbers(rows.targets(), null, false);
            case CLASSES -> new Items.Texts(label.classes(), rows.classes(), null);
        };
    }
}
