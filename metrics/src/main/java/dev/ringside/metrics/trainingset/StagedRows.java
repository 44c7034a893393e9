package dev.ringside.metrics.trainingset;

import dev.ringside.contract.event.Prediction;
import dev.ringside.contract.id.PredictionId;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.json.Json;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * A slot's predictions of a period put aside while the log is read, in a DuckDB that spills to a folder: what each unit
 * was asked first is known only at the end.
 */
final class StagedRows implements AutoCloseable {
    private static final String CHOSEN = """
            CREATE TABLE chosen AS
            WITH eligible AS (
                SELECT DISTINCT ON (id) * FROM prediction WHERE NOT in_experiment
                AND unit_hash NOT IN (SELECT unit_hash FROM prediction WHERE in_experiment)
            ),
            first AS (
                SELECT *, row_number() OVER (PARTITION BY unit_hash ORDER BY predicted, id) AS place FROM eligible
            )
            SELECT first.*, "value".micros, first.closes > horizon.reached AS open
            FROM first JOIN horizon USING ("partition") LEFT JOIN "value" USING (id)
            WHERE place = 1""";

    private final DuckDBConnection duckdb;
    private final Statement statement;
    private final DuckDBAppender predictions;
    private final DuckDBAppender values;

    /** @param spill a folder of its own */
    StagedRows(Path spill) throws SQLException {
        duckdb = Spilling.open(spill);
        statement = duckdb.createStatement();
        statement.execute("CREATE TABLE prediction (\"partition\" INTEGER, id VARCHAR, unit_hash BIGINT, unit VARCHAR,"
                + " predicted TIMESTAMP, segment VARCHAR, version VARCHAR, in_experiment BOOLEAN, closes TIMESTAMP,"
                + " inputs VARCHAR)");
        statement.execute("CREATE TABLE \"value\" (id VARCHAR, micros BIGINT)");
        statement.execute("CREATE TABLE horizon (\"partition\" INTEGER, reached TIMESTAMP)");
        predictions = duckdb.createAppender("prediction");
        values = duckdb.createAppender("value");
    }

    /**
     * Puts a prediction aside.
     *
     * @param inExperiment whether its unit is no row for it
     * @param closes when its outcomes are final
     * @param inputs what was asked; null if it was not logged
     */
    void add(int partition, Prediction prediction, boolean inExperiment, Instant closes, @Nullable List<Tensor> inputs)
            throws SQLException {
        predictions.beginRow();
        predictions.append(partition).append(prediction.predictionId().text()).append(prediction.unitHash());
        predictions
                .append(prediction.unit())
                .append(Spilling.utc(prediction.time()))
                .append(prediction.segment());
        predictions.append(prediction.servedVersion()).append(inExperiment).append(Spilling.utc(closes));
        if (inputs == null) {
            predictions.appendNull();
        } else {
            predictions.append(Json.write(inputs));
        }
        predictions.endRow();
    }

    /** Keeps the final value of the unit whose first prediction that is. */
    void value(PredictionId first, long micros) throws SQLException {
        values.beginRow();
        values.append(first.text()).append(micros);
        values.endRow();
    }

    /** Up to when a partition was counted. */
    void horizon(int partition, Instant at) throws SQLException {
        statement.execute("INSERT INTO horizon VALUES (" + partition + ", TIMESTAMP '" + Spilling.utc(at) + "')");
    }

    /** Chooses each unit's first prediction; nothing is added afterwards. */
    void choose() throws SQLException {
        predictions.close();
        values.close();
        statement.execute(CHOSEN);
    }

    /** How many units are no rows, by reason. */
    Map<String, Long> leftOut() throws SQLException {
        Map<String, Long> counts = new TreeMap<>();
        counts.put("in_experiment", count("(SELECT DISTINCT unit_hash FROM prediction WHERE in_experiment)"));
        counts.put("open", count("chosen WHERE micros IS NULL AND open"));
        counts.put("without_outcome", count("chosen WHERE micros IS NULL AND NOT open"));
        counts.put("without_inputs", count("chosen WHERE micros IS NOT NULL AND inputs IS NULL"));
        return counts;
    }

    /** New units of each segment in a day, rows or not. */
    Map<String, Double> unitsPerDay(Instant from, Instant to) throws SQLException {
        double days = (double) Duration.between(from, to).toMillis()
                / Duration.ofDays(1).toMillis();
        Map<String, Double> units = new TreeMap<>();
        try (ResultSet row = statement.executeQuery("SELECT segment, count(*) FROM (SELECT DISTINCT ON (unit_hash)"
                + " segment FROM prediction ORDER BY unit_hash, predicted, id) GROUP BY segment")) {
            while (row.next()) {
                units.put(row.getString(1), row.getLong(2) / days);
            }
        }
        return units;
    }

    private long count(String from) throws SQLException {
        try (ResultSet count = statement.executeQuery("SELECT count(*) FROM " + from)) {
            count.next();
            return count.getLong(1);
        }
    }

    /**
     * Writes the rows in order of time, and of units where times are equal: ids differ between replays of the same events.
     *
     * @param file to be written
     * @param outcome the name of the column with the values
     * @return how many rows there are
     */
    long write(Path file, String outcome, InputColumns inputs) throws SQLException {
        statement.execute("CREATE TABLE made (prediction_id VARCHAR, predicted_at TIMESTAMP, predicted_for VARCHAR,"
                + " predicted_in VARCHAR, predicted_by VARCHAR, \"" + outcome.replace("\"", "\"\"") + "\" DOUBLE"
                + inputs.definitions() + ")");
        long rows = 0;
        try (DuckDBConnection reading = duckdb.duplicate().unwrap(DuckDBConnection.class);
                Statement chosen = reading.createStatement();
                ResultSet row =
                        chosen.executeQuery("SELECT id, predicted, unit, segment, version, micros, inputs FROM chosen"
                                + " WHERE micros IS NOT NULL AND inputs IS NOT NULL ORDER BY predicted, unit, id");
                DuckDBAppender made = duckdb.createAppender("made")) {
            for (; row.next(); rows++) {
                made.beginRow();
                made.append(row.getString(1)).append(row.getObject(2, LocalDateTime.class));
                made.append(row.getString(3)).append(row.getString(4)).append(row.getString(5));
                made.append(row.getLong(6) / 1e6);
                inputs.append(made, List.of(Json.read(row.getString(7), Tensor[].class)));
                made.endRow();
            }
        }
        statement.execute("COPY made TO '" + file.toString().replace("'", "''")
                + "' (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)");
        return rows;
    }

    @Override
    public void close() throws SQLException {
        statement.close();
        duckdb.close();
    }
}
