package dev.ringside.metrics.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.duckdb.DuckDBResultSet;

/** Reads an archive, after checking that every file is as it was published and that no offset is missing. */
public final class ArchiveReader {
    private final List<ArchiveFile> files;

    /** What takes the records, in the order of a partition's offsets. */
    @FunctionalInterface
    public interface Receiver {
        /** Takes one; the bytes are not used again. */
        void record(int partition, long offset, byte[] value) throws IOException;
    }

    /**
     * How many different events an archive holds.
     *
     * @param predictions different pairs of unit and request id; a prediction without a request id counts by its own id
     * @param outcomes outcome records, copies too
     * @param events different event ids among them
     */
    public record Distinct(long predictions, long outcomes, long events) {}

    private ArchiveReader(List<ArchiveFile> files) {
        this.files = files;
    }

    /**
     * Opens an archive.
     *
     * @param folder of an {@link Archiver}
     * @throws ArchiveDamage naming the file that was changed, or the gap
     */
    public static ArchiveReader open(Path folder) throws IOException {
        List<ArchiveFile> files = gapless(ArchiveFile.list(folder));
        for (ArchiveFile file : files) {
            file.verify();
        }
        return new ArchiveReader(files);
    }

    static List<ArchiveFile> gapless(List<ArchiveFile> files) throws ArchiveDamage {
        var next = new TreeMap<Integer, Long>();
        for (ArchiveFile file : files) {
            long expected = next.getOrDefault(file.partition(), 0L);
            if (file.first() != expected) {
                throw new ArchiveDamage("archive of partition " + file.partition() + ": offsets " + expected + " to "
                        + (file.first() - 1) + " are missing before " + file.path() + "; restore the file from a copy");
            }
            next.put(file.partition(), file.last() + 1);
        }
        return files;
    }

    /** The offset after the last one, by partition. */
    public Map<Integer, Long> ends() {
        var ends = new TreeMap<Integer, Long>();
        files.forEach(file -> ends.put(file.partition(), file.last() + 1));
        return ends;
    }

    /** Reads everything once, partition by partition, in the order of offsets. */
    public void read(Receiver receiver) throws IOException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (ArchiveFile file : files) {
                read(statement, file, receiver);
            }
        } catch (SQLException e) {
            throw new IOException("the archive cannot be read: " + e.getMessage(), e);
        }
    }

    private static void read(Statement statement, ArchiveFile file, Receiver receiver)
            throws SQLException, IOException {
        long expected = file.first();
        try (ResultSet rows =
                statement.executeQuery("SELECT \"offset\", coalesce(encode(value), bytes) FROM read_parquet("
                        + literal(file.path()) + ") ORDER BY \"offset\"")) {
            while (rows.next()) {
                long offset = rows.getLong(1);
                if (offset != expected) {
                    throw new ArchiveDamage(
                            "archive file " + file.path() + ": expected offset " + expected + ", found " + offset);
                }
                receiver.record(file.partition(), offset, bytes(rows));
                expected++;
            }
        }
        if (expected != file.last() + 1) {
            throw new ArchiveDamage("archive file " + file.path() + ": expected offsets up to " + file.last()
                    + ", found up to " + (expected - 1));
        }
    }

    private static byte[] bytes(ResultSet rows) throws SQLException {
        DuckDBResultSet.DuckDBBlobResult blob = (DuckDBResultSet.DuckDBBlobResult) rows.getBlob(2);
        return blob.getBytes(1, (int) blob.length());
    }

    /** Counts what the archive holds. */
    public Distinct distinct() throws IOException {
        if (files.isEmpty()) {
            return new Distinct(0, 0, 0);
        }
        String all = files.stream().map(file -> literal(file.path())).collect(Collectors.joining(", ", "[", "]"));
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(DISTINCT CASE WHEN schema = 'prediction' THEN"
                        + " {'unit': unit, 'request': coalesce(request_id, prediction_id)} END),"
                        + " count(*) FILTER (schema = 'outcome'), count(DISTINCT event_id)"
                        + " FROM read_parquet(" + all + ")")) {
            row.next();
            return new Distinct(row.getLong(1), row.getLong(2), row.getLong(3));
        } catch (SQLException e) {
            throw new IOException("the archive cannot be read: " + e.getMessage(), e);
        }
    }

    /** The files' paths, by partition and offset. */
    public List<Path> paths() {
        var paths = new ArrayList<Path>();
        files.forEach(file -> paths.add(file.path()));
        return paths;
    }

    private static String literal(Path path) {
        return "'" + path.toString().replace("'", "''") + "'";
    }

    private static Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET threads = 1");
            statement.execute("SET memory_limit = '512MB'");
        }
        return connection;
    }
}
