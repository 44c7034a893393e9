package dev.ringside.experiments.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringside.contract.InvalidInput;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A connection that fails, as none of a real server does on demand. */
class TxFailureTest {
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private Object statement() {
        opened.incrementAndGet();
        return fake(PreparedStatement.class, (_, method, _) -> switch (method.getName()) {
            case "close" -> {
                closed.incrementAndGet();
                yield null;
            }
            case "execute" -> false;
            default -> null;
        });
    }

    private Store store() {
        Connection connection = fake(Connection.class, (_, method, _) -> switch (method.getName()) {
            case "createStatement", "prepareStatement" -> (Statement) statement();
            case "rollback" -> throw new SQLException("the connection is gone");
            default -> null;
        });
        DataSource source = fake(DataSource.class, (_, _, _) -> connection);
        return new Store(source, new Changes(), List.of());
    }

    @Test
    @DisplayName("B10: a rollback that fails does not mask what went wrong first")
    void aRollbackDoesNotMaskTheFirstFailure() {
        var thrown = assertThrows(
                IllegalStateException.class,
                () -> store().read(tx -> {
                    throw new IllegalStateException("first");
                }));
        assertEquals("first", thrown.getMessage());
        assertEquals("the connection is gone", thrown.getSuppressed()[0].getMessage());
    }

    @Test
    @DisplayName("B10: an argument that is refused leaves no statement open")
    void aRefusedArgumentLeavesNoStatementOpen() {
        assertThrows(InvalidInput.class, () -> store().read(tx -> tx.update("UPDATE x SET y = ?", "a\0")));
        assertEquals(2, opened.get());
        assertEquals(opened.get(), closed.get());
    }
}
