package dev.ringside.app.demo.report;

import dev.ringside.app.demo.client.Answers;
import dev.ringside.app.demo.client.OutcomeReport;
import dev.ringside.app.demo.client.Questions;
import dev.ringside.app.demo.flights.Flights;
import dev.ringside.metrics.archive.ArchiveReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.BitSet;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** The archive's records held against what the client knows that it sent. */
public final class ArchivedEvents {
    private final Questions questions;
    private final Answers answers;

    public ArchivedEvents(Questions questions, Answers answers) {
        this.questions = questions;
        this.answers = answers;
    }

    /**
     * Compares them one by one.
     *
     * @param folder the archive
     */
    public Books.Logged compare(Path folder) throws IOException {
        String files = ArchiveReader.open(folder).paths().stream()
                .map(path -> "'" + path.toString().replace("'", "''") + "'")
                .collect(Collectors.joining(", ", "[", "]"));
        try (DuckDBConnection duckdb =
                        DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
                Statement statement = duckdb.createStatement()) {
            statement.execute("CREATE TABLE answered (unit VARCHAR, request_id VARCHAR)");
            statement.execute("CREATE TABLE accepted (event_id VARCHAR)");
            appendAnswered(duckdb);
            appendAccepted(duckdb);
            statement.execute("CREATE TABLE event AS SELECT schema, unit, request_id, event_id,"
                    + " assigned_version <> served_version AS fell_back FROM read_parquet(" + files + ")"
                    + " WHERE schema IN ('prediction', 'outcome')");
            statement.execute("CREATE VIEW logged AS SELECT DISTINCT unit, request_id FROM event"
                    + " WHERE schema = 'prediction'");
            return new Books.Logged(
                    count(statement, "FROM logged"),
                    count(statement, "FROM answered ANTI JOIN logged USING (unit, request_id)"),
                    count(statement, "FROM logged ANTI JOIN answered USING (unit, request_id)"),
                    count(statement, "FROM event WHERE schema = 'outcome'"),
                    count(statement, "FROM accepted ANTI JOIN event USING (event_id)"),
                    count(statement, "FROM event WHERE fell_back"));
        } catch (SQLException e) {
            throw new IOException("the archive in " + folder + " cannot be compared: " + e.getMessage(), e);
        }
    }

    private void appendAnswered(DuckDBConnection duckdb) throws SQLException {
        Flights flights = questions.flights();
        BitSet answered = answers.answered();
        try (DuckDBAppender rows = duckdb.createAppender("answered")) {
            for (int flight = answered.nextSetBit(0); flight >= 0; flight = answered.nextSetBit(flight + 1)) {
                rows.beginRow();
                rows.append(flights.unit(flight)).append(questions.requestId(flight));
                rows.endRow();
            }
        }
    }

    private void appendAccepted(DuckDBConnection duckdb) throws SQLException {
        BitSet reported = answers.reported();
        try (DuckDBAppender rows = duckdb.createAppender("accepted")) {
            for (int flight = reported.nextSetBit(0); flight >= 0; flight = reported.nextSetBit(flight + 1)) {
                for (String event : OutcomeReport.eventIds(questions.flights(), flight)) {
                    rows.beginRow();
                    rows.append(event);
                    rows.endRow();
                }
            }
        }
    }

    private static long count(Statement statement, String from) throws SQLException {
        try (ResultSet result = statement.executeQuery("SELECT count(*) " + from)) {
            result.next();
            return result.getLong(1);
        }
    }
}
