package dev.ringside.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("B10: what one throws keeps none of the others open")
class ClosingTest {
    @Test
    void allAreClosedAndTheFailuresComeOutTogether() {
        var closed = new ArrayList<String>();
        var first = new IOException("a");
        var second = new IllegalStateException("b");
        var closing = new Closing();
        closing.close(() -> {
            throw first;
        });
        closing.close(null);
        closing.close(() -> closed.add("between"));
        closing.close(() -> {
            throw second;
        });
        closing.run(() -> closed.add("last"));
        assertEquals(List.of("between", "last"), closed);
        IOException thrown = assertThrows(IOException.class, () -> closing.end("it"));
        assertEquals(first, thrown);
        assertArrayEquals(new Throwable[] {second}, thrown.getSuppressed());
    }

    @Test
    void nothingIsThrownWhereNothingFailed() {
        var closing = new Closing();
        closing.run(() -> {});
        assertDoesNotThrow(() -> closing.end("it"));
    }
}
