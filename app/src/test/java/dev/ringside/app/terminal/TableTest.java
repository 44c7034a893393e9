package dev.ringside.app.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void textsAreAlignedLeftNumbersRightAndNothingIsADash() {
        String table = Table.of("REGION", "UNITS", "DIFFERENCE")
                .row("PDX", 3011, "+0.0312")
                .row("CLEVELAND", 7, null)
                .toString();
        assertEquals("""
                REGION     UNITS  DIFFERENCE
                PDX         3011     +0.0312
                CLEVELAND      7           -
                """, table);
    }

    @Test
    void aRowHasAsManyCellsAsTheHeading() {
        assertThrows(IllegalArgumentException.class, () -> Table.of("A", "B").row("x"));
    }

    @Test
    void plainProgressIsALineEachFiveSecondsAndOneAtTheEnd() {
        var bytes = new ByteArrayOutputStream();
        var nanos = new AtomicLong();
        var terminal = new Terminal(new PrintStream(bytes, true, StandardCharsets.UTF_8), false, nanos::get);
        try (Progress progress = terminal.begin("predictions", 3000)) {
            progress.at(1000, "2001-04-01");
            nanos.addAndGet(6_000_000_000L);
            progress.at(2000, "2001-04-02");
            progress.at(3000, "2001-04-03");
        }
        assertEquals("""
                predictions: 2,000 of 3,000, 2001-04-02
                predictions: 3,000 of 3,000, 2001-04-03
                """, bytes.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aTableWithoutRowsSaysSo() {
        assertTrue(Table.of("A").isEmpty());
    }
}
