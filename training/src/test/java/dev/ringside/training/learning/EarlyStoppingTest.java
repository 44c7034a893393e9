package dev.ringside.training.learning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class EarlyStoppingTest {
    @Test
    void knowsTheLeastLossAndGivesUpAfterItsPatience() {
        var stopping = new EarlyStopping(2, 0);

        assertTrue(stopping.observe(0.5));
        assertTrue(stopping.observe(0.4));
        assertFalse(stopping.observe(0.45));
        assertFalse(stopping.exhausted());
        assertFalse(stopping.observe(0.4), "an equal loss is no better one");

        assertTrue(stopping.exhausted());
        assertEquals(2, stopping.bestEpoch());
    }

    @Test
    void lessThanTheLeastGainIsNoGain() {
        var stopping = new EarlyStopping(2, 0.01);

        assertTrue(stopping.observe(0.5));
        assertFalse(stopping.observe(0.495));
        assertTrue(stopping.observe(0.489), "measured from the best, not from the pass before");
    }

    @Test
    void oneThatWasEndedInMidPatienceGivesUpWhenItWouldHave() throws IOException {
        var stopping = new EarlyStopping(3, 0);
        stopping.observe(0.5);
        stopping.observe(0.6);
        var bytes = new ByteArrayOutputStream();
        stopping.write(new DataOutputStream(bytes));

        var again = new EarlyStopping(3, 0);
        again.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        again.observe(0.6);
        assertFalse(again.exhausted());
        again.observe(0.6);

        assertTrue(again.exhausted());
        assertEquals(1, again.bestEpoch());
    }
}
