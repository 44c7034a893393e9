package dev.ringside.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ErrorsTest {
    @Test
    void whoIsToAskAgainIsToldAWholeSecondThatIsNotTooSoon() {
        assertEquals(1, Errors.wholeSeconds(Duration.ofNanos(1)));
        assertEquals(1, Errors.wholeSeconds(Duration.ofSeconds(1)));
        assertEquals(2, Errors.wholeSeconds(Duration.ofMillis(1_001)));
    }

    @Test
    void aClientThatClosesItsConnectionIsNoFailureOfOurs() {
        var closed = new IOException(new IOException(new HttpClosedException("Connection was closed")));

        assertTrue(Errors.isOfAClientThatLeft(closed));
        assertTrue(Errors.isOfAClientThatLeft(new ClosedChannelException()));
        assertFalse(Errors.isOfAClientThatLeft(new IOException("No space left on device")));
        assertFalse(Errors.isOfAClientThatLeft(new IllegalStateException(new IOException())));
    }
}
