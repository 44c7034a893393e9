package dev.ringside.metrics.archive;

import dev.ringside.contract.event.Mark;
import dev.ringside.contract.event.Outcome;
import dev.ringside.contract.event.Prediction;
import dev.ringside.contract.event.UnitEvent;
import dev.ringside.contract.id.PredictionId;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Writes records as Parquet: their bytes as they are, and beside them the fields that people ask for, those of inputs and
 * outputs last.
 */
final class ParquetWriter implements AutoCloseable {
    private static final String TABLE = """
            CREATE OR REPLACE TABLE record (
                "partition" INTEGER, "offset" BIGINT, schema VARCHAR, time TIMESTAMP, received_at TIMESTAMP,
                unit_hash VARCHAR, unit VARCHAR, request_id VARCHAR, prediction_id VARCHAR, slot VARCHAR,
                segment VARCHAR, experiment VARCHAR, epoch INTEGER, variant VARCHAR, assigned_version VARCHAR,
                served_version VARCHAR, propensity DOUBLE, reason VARCHAR, event_id VARCHAR, revision INTEGER,
                retraction BOOLEAN, name VARCHAR, value_micros BIGINT, writer VARCHAR, boot BIGINT, sequence BIGINT,
                closed BOOLEAN, value VARCHAR, bytes BLOB""";

    private static final long NONE = -1;

    private final DuckDBConnection connection;

    ParquetWriter() throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET threads = 1");
            statement.execute("SET memory_limit = '256MB'");
        }
    }

    /**
     * Writes records. A record whose fields do not fit their columns stands there as unknown, with its bytes: none keeps
     * the others out.
     *
     * @throws SQLException if the file cannot be written
     */
    void write(int partition, List<Logged> records, Path file) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            List<@Nullable UnitEvent> events = new ArrayList<>(records.size());
            records.forEach(record -> events.add(record.event()));
            ContentColumns content = ContentColumns.of(events.stream()
                    .filter(Prediction.class::isInstance)
                    .map(Prediction.class::cast)
                    .toList());
            for (Set<Long> unfit = new HashSet<>(); ; ) {
                statement.execute(TABLE + content.definitions() + ")");
                long failed = append(partition, records, events, content, unfit);
                if (failed == NONE) {
                    break;
                }
                if (!unfit.add(failed)) {
                    throw new SQLException("the record at offset " + failed + " cannot be appended as bytes either");
                }
            }
            // The file is new and renamed when it is whole, so DuckDB need not do the same.
            statement.execute("COPY record TO '" + file.toString().replace("'", "''")
                    + "' (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)");
            statement.execute("DROP TABLE record");
        }
    }

    /** Appends all; says at which offset it failed. */
    private long append(
            int partition,
            List<Logged> records,
            List<@Nullable UnitEvent> events,
            ContentColumns content,
            Set<Long> unfit)
            throws SQLException {
        long offset = NONE;
        try (DuckDBAppender rows = connection.createAppender("record")) {
            for (int i = 0; i < records.size(); i++) {
                offset = records.get(i).offset();
                UnitEvent event = unfit.contains(offset) ? null : events.get(i);
                rows.beginRow();
                append(rows, partition, records.get(i), event);
                content.append(rows, event instanceof Prediction prediction ? prediction : null);
                rows.endRow();
            }
            offset = NONE;
        } catch (SQLException | RuntimeException e) {
            if (offset == NONE) {
                throw e;
            }
        }
        return offset;
    }

    private static void append(DuckDBAppender rows, int partition, Logged record, @Nullable UnitEvent event)
            throws SQLException {
        rows.append(partition).append(record.offset());
        switch (event) {
            case Prediction p -> {
                text(rows, "prediction");
                times(rows, p.time(), null);
                texts(
                        rows,
                        hash(p.unitHash()),
                        p.unit(),
                        p.requestId(),
                        p.predictionId().text(),
                        p.slot());
                texts(rows, p.segment(), p.experiment());
                number(rows, p.epoch());
                texts(rows, p.variant(), p.assignedVersion(), p.servedVersion());
                rows.append(p.propensity());
                texts(rows, p.reason(), null);
                nulls(rows, 4);
                text(rows, p.router());
                rows.append(p.boot()).append(p.sequence());
                nulls(rows, 1);
            }
            case Outcome o -> {
                text(rows, "outcome");
                times(rows, o.time(), o.receivedAt());
                PredictionId prediction = o.predictionId();
                texts(rows, hash(o.unitHash()), o.unit(), null, prediction == null ? null : prediction.text(), null);
                nulls(rows, 8);
                text(rows, o.eventId());
                rows.append(o.revision()).append(o.retraction());
                text(rows, o.name());
                rows.append(o.valueMicros());
                text(rows, o.ingest());
                nulls(rows, 3);
            }
            case Mark m -> {
                text(rows, "mark");
                times(rows, m.through(), null);
                nulls(rows, 18);
                text(rows, m.writer());
                rows.append(m.boot());
                nulls(rows, 1);
                rows.append(m.closed());
            }
            case null -> {
                text(rows, record.record() ? "unknown" : "none");
                nulls(rows, 24);
            }
        }
        String value = record.text();
        text(rows, value);
        if (value == null) {
            rows.append(record.value());
        } else {
            rows.appendNull();
        }
    }

    private static String hash(long unitHash) {
        return HexFormat.of().toHexDigits(unitHash);
    }

    private static void times(DuckDBAppender rows, @Nullable Instant time, @Nullable Instant receivedAt)
            throws SQLException {
        time(rows, time);
        time(rows, receivedAt);
    }

    private static void time(DuckDBAppender rows, @Nullable Instant time) throws SQLException {
        if (time == null) {
            rows.appendNull();
        } else {
            rows.append(LocalDateTime.ofInstant(time, ZoneOffset.UTC));
        }
    }

    private static void text(DuckDBAppender rows, @Nullable String text) throws SQLException {
        if (text == null) {
            rows.appendNull();
        } else {
            rows.append(text);
        }
    }

    private static void texts(DuckDBAppender rows, @Nullable String... texts) throws SQLException {
        for (String text : texts) {
            text(rows, text);
        }
    }

    private static void number(DuckDBAppender rows, @Nullable Integer number) throws SQLException {
        if (number == null) {
            rows.appendNull();
        } else {
            rows.append(number.intValue());
        }
    }

    private static void nulls(DuckDBAppender rows, int count) throws SQLException {
        for (int i = 0; i < count; i++) {
            rows.appendNull();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
