package dev.ringside.metrics.trainingset;

import dev.ringside.contract.event.Prediction;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.json.Json;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * A slot's requests put aside while the log is read, in a DuckDB that spills to a folder: when the last one was is known only
 * at the end.
 */
final class StagedRequests implements AutoCloseable {
    private static final String SEVERAL = "of_several_rows";
    private static final String UNLOGGED = "without_inputs";

    private final DuckDBConnection duckdb;
    private final Statement statement;
    private final DuckDBAppender requests;

    /** @param spill a folder of its own */
    StagedRequests(Path spill) throws SQLException {
        duckdb = Spilling.open(spill);
        statement = duckdb.createStatement();
        statement.execute(
                "CREATE TABLE request (id VARCHAR, unit VARCHAR, predicted TIMESTAMP, missing VARCHAR, inputs VARCHAR)");
        requests = duckdb.createAppender("request");
    }

    /**
     * Puts a request aside.
     *
     * @param logged what was asked; null if it was not logged
     */
    void add(Prediction prediction, @Nullable List<Tensor> logged) throws SQLException {
        List<Tensor> row = InputColumns.ofOneRow(logged);
        requests.beginRow();
        requests.append(prediction.predictionId().text()).append(prediction.unit());
        requests.append(Spilling.utc(prediction.time()));
        if (row == null) {
            requests.append(logged == null ? UNLOGGED : SEVERAL);
            requests.appendNull();
        } else {
            requests.appendNull();
            requests.append(Json.write(row));
        }
        requests.endRow();
    }

    /**
     * Chooses those of the period; nothing is added afterwards.
     *
     * @param from the earliest
     */
    void choose(Instant from) throws SQLException {
        requests.close();
        statement.execute("CREATE TABLE chosen AS SELECT DISTINCT ON (id) * FROM request WHERE predicted >= TIMESTAMP '"
                + Spilling.utc(from) + "' ORDER BY id, predicted");
    }

    /** How many requests are no rows, by reason. */
    Map<String, Long> leftOut() throws SQLException {
        Map<String, Long> counts = new TreeMap<>(Map.of(UNLOGGED, 0L, SEVERAL, 0L));
        try (ResultSet row = statement.executeQuery(
                "SELECT missing, count(*) FROM chosen WHERE missing IS NOT NULL GROUP BY missing")) {
            while (row.next()) {
                counts.put(row.getString(1), row.getLong(2));
            }
        }
        return counts;
    }

    /** Lets columns see the inputs of every row. */
    void show(InputColumns columns) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT inputs FROM chosen WHERE inputs IS NOT NULL")) {
            while (row.next()) {
                columns.see(List.of(Json.read(row.getString(1), Tensor[].class)));
            }
        }
    }

    /** Writes the rows in order of time, and of units where times are equal: ids differ between replays of the same events. */
    long write(Path file, InputColumns columns) throws SQLException {
        statement.execute(
                "CREATE TABLE made (prediction_id VARCHAR, predicted_at TIMESTAMP" + columns.definitions() + ")");
        long rows = 0;
        try (DuckDBConnection reading = duckdb.duplicate().unwrap(DuckDBConnection.class);
                Statement chosen = reading.createStatement();
                ResultSet row = chosen.executeQuery("SELECT id, predicted, inputs FROM chosen WHERE inputs IS NOT NULL"
                        + " ORDER BY predicted, unit, id");
                DuckDBAppender made = duckdb.createAppender("made")) {
            for (; row.next(); rows++) {
                made.beginRow();
                made.append(row.getString(1)).append(row.getObject(2, LocalDateTime.class));
                columns.append(made, List.of(Json.read(row.getString(3), Tensor[].class)));
                made.endRow();
            }
        }
        statement.execute("COPY made TO '" + file.toString().replace("'", "''")
                + "' (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)");
        return rows;
    }

    /** When the first and the last of the rows were asked; there is one at least. */
    List<Instant> period() throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT min(predicted_at), max(predicted_at) FROM made")) {
            row.next();
            return List.of(
                    row.getObject(1, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                    row.getObject(2, LocalDateTime.class).toInstant(ZoneOffset.UTC));
        }
    }

    @Override
    public void close() throws SQLException {
        statement.close();
        duckdb.close();
    }
}
