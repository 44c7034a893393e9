package dev.ringside.training.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class EarlyStoppingTest {
    private static Weights weights(float of) {
        var weights = new Weights();
        weights.put("all", new float[] {of}, true, 1);
        return weights;
    }

    @Test
    void keepsTheWeightsOfTheLeastLossAndGivesUpAfterItsPatience() {
        var stopping = new EarlyStopping(2);

        stopping.observe(0.5, () -> weights(1));
        stopping.observe(0.4, () -> weights(2));
        stopping.observe(0.45, () -> weights(3));
        assertFalse(stopping.exhausted());
        stopping.observe(0.4, () -> weights(4));

        assertTrue(stopping.exhausted(), "an equal loss is no better one");
        assertEquals(2, stopping.best().get("all").values()[0]);
        assertEquals(2, stopping.bestEpoch());
    }
}
