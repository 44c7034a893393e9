package dev.ringside.training.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EvaluationTest {
    private static final PayOff WARNING = new PayOff("warning_value", 0.2, 1, -0.25);
    private static final boolean[] LABELS = {true, false, false, true};
    private static final double[] SCORES = {0.9, 0.3, 0.2, 0.1};

    @Test
    void aPayOffCountsOnlyScoresAboveTheThreshold() {
        assertEquals((1 - 0.25) / 4, WARNING.of(new ScoredRows(LABELS, SCORES)), 1e-15);
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

    @Test
    void noAreaIsGivenWithoutItsInterval() {
        Map<String, Double> metrics =
                new Evaluation(List.of()).metrics("test", LABELS, SCORES, new String[] {"a", "a", "a", "b"});

        assertTrue(metrics.get("test_auc_low") < metrics.get("test_auc"));
        assertTrue(metrics.get("test_auc_high") > metrics.get("test_auc"));
        assertEquals(1.0, metrics.get("test_auc_high/a") - metrics.get("test_auc_low/a"), 0.03, "one positive");
    }

    private static ScoredRows random(int rows) {
        SplittableRandom random = new SplittableRandom(4);
        boolean[] labels = new boolean[rows];
        double[] scores = new double[rows];
        for (int row = 0; row < rows; row++) {
            scores[row] = random.nextDouble();
            labels[row] = random.nextDouble() < scores[row];
        }
        return new ScoredRows(labels, scores);
    }

    @Test
    void aReportHasEveryMetricWithItsIntervalForAllRowsAndForEachSegment() {
        ScoredRows rows = random(400);
        String[] segments = new String[400];
        for (int row = 0; row < 300; row++) {
            segments[row] = row % 3 == 0 ? "SLC" : "AUS";
        }

        List<PartReport> reports = new Evaluation(List.of(WARNING)).reports("test", rows, segments);

        assertEquals(3, reports.size());
        assertEquals(
                List.of(400L, 200L, 100L),
                reports.stream().map(PartReport::rows).toList());
        for (PartReport report : reports) {
            assertEquals(
                    Set.of("auc", "average_precision", "brier", "calibration_error", "log_loss", "warning_value"),
                    report.metrics().keySet());
            report.metrics().forEach((name, estimate) -> {
                if (!name.equals("calibration_error")) {
                    assertNotNull(estimate.low(), name);
                    assertTrue(estimate.low() < estimate.value() && estimate.value() < estimate.high(), name);
                }
            });
        }
    }

    @Test
    void aReportIsJson() {
        PartReport report = new PartReport(
                "test", null, 4, 2L, Map.of("auc", new Estimate(0.5, 0.25, 0.75), "brier", Estimate.of(0.125)));

        JsonNode json = Json.read(Json.write(report), JsonNode.class);

        assertEquals("test", json.path("part").asText());
        assertEquals(0.25, json.path("metrics").path("auc").path("low").asDouble());
        assertFalse(json.path("metrics").path("brier").has("low"));
        assertEquals(report, Json.read(Json.write(report), PartReport.class));
    }

    @Test
    void aPartOfOneClassHasNoAreaAndAnEmptyPartNothing() {
        Evaluation evaluation = new Evaluation(List.of(WARNING));

        Map<String, Estimate> negatives = evaluation
                .reports("test", new ScoredRows(new boolean[3], new double[] {0.1, 0.2, 0.3}), null)
                .getFirst()
                .metrics();

        assertEquals(Set.of("brier", "calibration_error", "log_loss", "warning_value"), negatives.keySet());
        assertEquals(
                Map.of(),
                evaluation
                        .reports("test", new ScoredRows(new boolean[0], new double[0]), null)
                        .getFirst()
                        .metrics());
    }
}
