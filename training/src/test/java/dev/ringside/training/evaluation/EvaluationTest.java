package dev.ringside.training.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvaluationTest {
    private static final PayOff WARNING = new PayOff("warning_value", 0.2, 1, -0.25);
    private static final boolean[] LABELS = {true, false, false, true};
    private static final double[] SCORES = {0.9, 0.3, 0.2, 0.1};

    @Test
    void aPayOffCountsOnlyScoresAboveTheThreshold() {
        assertEquals((1 - 0.25) / 4, WARNING.of(LABELS, SCORES), 1e-15);
    }

    @Test
    void metricsAreRepeatedForEachGroupAndLeftOutWhereUndefined() {
        Map<String, Double> metrics =
                new Evaluation(List.of(WARNING)).metrics("test", LABELS, SCORES, new String[] {"a", "a", "b", "a"});

        assertEquals(0.5, metrics.get("test_auc"), 1e-15);
        assertEquals(0.5, metrics.get("test_auc/a"), 1e-15);
        assertEquals(0.0, metrics.get("test_warning_value/b"), 1e-15);
        assertEquals(1.0, metrics.get("test_rows/b"), 1e-15);
        assertFalse(metrics.containsKey("test_auc/b"), "one class has no area");
    }
}
