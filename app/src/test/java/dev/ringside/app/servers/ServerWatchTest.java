package dev.ringside.app.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerWatchTest {
    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

    private final List<String> said = new ArrayList<>();
    private Instant now = NOON;
    private boolean answers = true;
    private long leftOut;

    private final ServerWatch watch = new ServerWatch(
            "kafka",
            "127.0.0.1:7071",
            true,
            () -> {
                if (!answers) {
                    throw new IOException("refused");
                }
            },
            () -> now,
            said::add,
            () -> leftOut);

    /** B5. */
    @Test
    void oneLineIsSaidWhenAServerGoesAndOneWhenItIsBack() throws InterruptedException {
        watch.ask();
        answers = false;
        for (int second = 0; second < 30; second++) {
            watch.ask();
            now = now.plusSeconds(1);
        }
        assertEquals(NOON.plusSeconds(1), watch.state().awaySince());
        assertEquals("it does not answer (refused)", watch.state().why());
        answers = true;
        leftOut = 314;
        watch.ask();
        watch.ask();
        assertEquals(
                List.of(
                        "kafka at 127.0.0.1:7071 is away: it does not answer (refused)",
                        "kafka at 127.0.0.1:7071 is back after 29 s; 314 lines of its clients were left out of this log"),
                said);
        assertNull(watch.state().awaySince());
    }

    @Test
    void oneSlowAnswerIsNoAbsence() throws InterruptedException {
        answers = false;
        watch.ask();
        answers = true;
        watch.ask();
        answers = false;
        watch.ask();
        assertEquals(List.of(), said);
    }

    @Test
    void whoeverKeepsItsProcessIsBelievedAtOnceAndTheFirstTimeStays() {
        watch.gone("its process 7 has ended");
        now = now.plusSeconds(9);
        watch.gone("it does not start again");
        assertEquals(NOON, watch.state().awaySince());
        assertEquals("it does not start again", watch.state().why());
        assertEquals(List.of("kafka at 127.0.0.1:7071 is away: its process 7 has ended"), said);
    }
}
