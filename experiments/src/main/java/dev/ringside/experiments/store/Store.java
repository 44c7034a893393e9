package dev.ringside.experiments.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL as the control plane uses it. Every write holds one advisory lock until it is committed, so writes of all
 * control planes on this database come one after the other: what a write has read cannot change before it commits, two
 * control planes never decide at once, and the outbox's ids are in the order of the commits.
 */
public final class Store {
    private static final long WRITE_LOCK = 0x72_69_6e_67_73_69_64_65L;
    private static final String LOCK =
            "SET LOCAL lock_timeout = '30s'; SELECT pg_advisory_xact_lock(" + WRITE_LOCK + ")";
    private static final String READ_ONLY = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

    private final DataSource source;
    private final Changes changes;
    private final List<Consumer<Tx>> beforeCommit;

    /**
     * @param changes is told after each committed write
     * @param beforeCommit run at the end of each write's transaction: what is derived from the rest is made anew here, so
     *     that no writer can forget it
     */
    public Store(DataSource source, Changes changes, List<Consumer<Tx>> beforeCommit) {
        this.source = source;
        this.changes = changes;
        this.beforeCommit = List.copyOf(beforeCommit);
    }

    /** What happens within a transaction. */
    public interface Work<T extends @Nullable Object> {
        /** Does it; whatever is thrown rolls back. */
        T in(Tx tx);
    }

    /** Reads, all of it as of one moment. */
    public <T extends @Nullable Object> T read(Work<T> work) {
        return run(READ_ONLY, work);
    }

    /** Writes, all of it or nothing. */
    public <T extends @Nullable Object> T write(Work<T> work) {
        var used = new Tx[1];
        T result = run(LOCK, tx -> {
            used[0] = tx;
            T value = work.in(tx);
            beforeCommit.forEach(hook -> hook.accept(tx));
            return value;
        });
        changes.signal(used[0].touched());
        return result;
    }

    /** Works without the writers' lock, for the relay, which must not hold up anybody while Kafka is slow. */
    <T extends @Nullable Object> T aside(Work<T> work) {
        return run("SET LOCAL lock_timeout = '5s'", work);
    }

    /** A connection that cannot roll back says so beside what went wrong first, not in its place. */
    private static void rollBack(Connection connection, Throwable first) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            first.addSuppressed(e);
        }
    }

    private <T extends @Nullable Object> T run(String first, Work<T> work) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(first);
                }
                T result = work.in(new Tx(connection));
                connection.commit();
                connection.setAutoCommit(true);
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                rollBack(connection, e);
                throw e;
            }
        } catch (SQLException e) {
            throw new StoreFailure("PostgreSQL: " + e.getMessage(), e);
        }
    }
}
