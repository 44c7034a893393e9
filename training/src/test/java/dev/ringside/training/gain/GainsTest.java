package dev.ringside.training.gain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GainsTest {
    private static Group group(long rows, double pairs, double scratch, double tuned, double before, double after) {
        return new Group(
                rows,
                pairs,
                new LinkedHashMap<>(Map.of("scratch", scratch, "tuned", tuned)),
                new LinkedHashMap<>(Map.of("scratch", before, "tuned", after)));
    }

    /** The interval is that of a ratio estimate, by hand, with SciPy 1.17's t.ppf(0.975, 2) = 4.302652729696142. */
    @Test
    void aGainIsPooledOverGroupsWithGroupsAsUnits() {
        var gains = new Gains(List.of(
                group(100, 10, 50, 45, 6, 7), group(200, 20, 90, 92, 13, 14), group(300, 40, 130, 111, 30, 33)));

        Map<String, Double> metrics = gains.metrics("scratch", "scratch");

        assertEquals(3, metrics.get("groups"));
        assertEquals(600, metrics.get("test_rows"));
        assertEquals(0.41333333333333333, metrics.get("tuned_log_loss"), 1e-12);
        assertEquals(0.03666666666666667, metrics.get("tuned_gain"), 1e-12);
        assertEquals(0.03666666666666667 - 0.10859720220334108, metrics.get("tuned_gain_low"), 1e-7);
        assertEquals(0.03666666666666667 + 0.10859720220334108, metrics.get("tuned_gain_high"), 1e-7);
        assertEquals(0.7714285714285715, metrics.get("tuned_auc"), 1e-12);
        assertEquals(0.07142857142857142, metrics.get("tuned_auc_gain"), 1e-12);
        assertEquals(0.07142857142857142 - 0.04023924861824682, metrics.get("tuned_auc_gain_low"), 1e-7);
        assertEquals(0, metrics.get("scratch_gain"));
    }

    @Test
    void oneGroupHasNoInterval() {
        assertThrows(IllegalArgumentException.class, () -> new Gains(List.of(group(100, 10, 50, 45, 6, 7))));
    }
}
