package dev.ringside.training.evaluation;

import static dev.ringside.training.SharedFolder.numbers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.training.SharedFolder;
import java.io.IOException;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against pROC 1.18.0 and scikit-learn 1.2.1, within the 1e-10 that the oracle states. */
@SharedFolder.OraclesNeeded
class OracleTest {
    private static final double TOLERANCE = 1e-10;

    private static void eachCase(ThrowingConsumer<JsonNode> check) throws IOException {
        List<JsonNode> cases = StreamSupport.stream(
                        SharedFolder.oracle("auc.json").path("cases").spliterator(), false)
                .toList();
        assertTrue(cases.size() >= 7, "found " + cases.size() + " cases");
        for (JsonNode test : cases) {
            try {
                check.accept(test);
            } catch (Throwable e) {
                throw new AssertionError(test.path("name").asText(), e);
            }
        }
    }

    private static ScoredRows rows(JsonNode test, String score, boolean weighted) {
        double[] numbers = numbers(test.path("label"));
        boolean[] labels = new boolean[numbers.length];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = numbers[row] == 1;
        }
        return new ScoredRows(labels, numbers(test.path(score)), weighted ? numbers(test.path("weight")) : null);
    }

    private static Auc area(JsonNode test, String score) {
        return Auc.of(rows(test, score, false)).orElseThrow();
    }

    private static double number(JsonNode node) {
        assertTrue(node.isNumber(), () -> "found " + node);
        return node.asDouble();
    }

    @ParameterizedTest
    @ValueSource(strings = {"score", "score2"})
    void theAreaItsVarianceAndItsPlainIntervalArePRocsAlsoWithTies(String score) throws IOException {
        eachCase(test -> {
            JsonNode expected = test.path("pROC").path(score);
            Auc found = area(test, score);
            assertEquals(number(expected.path("auc")), found.value(), TOLERANCE);
            assertEquals(number(expected.path("var_delong")), found.variance(), TOLERANCE);
            assertEquals(
                    number(expected.path("ci_0_95").path(0)),
                    found.plainInterval(0.95).low(),
                    TOLERANCE);
            assertEquals(
                    number(expected.path("ci_0_95").path(1)),
                    found.plainInterval(0.95).high(),
                    TOLERANCE);
        });
    }

    @Test
    void thePairedTestIsPRocs() throws IOException {
        eachCase(test -> {
            JsonNode expected = test.path("pROC").path("paired_test");
            Auc first = area(test, "score");
            Auc second = area(test, "score2");
            AucDifference found = AucDifference.between(first, second, 0.95);
            assertEquals(number(test.path("pROC").path("covariance_delong")), first.covariance(second), TOLERANCE);
            assertEquals(number(expected.path("z")), found.z(), TOLERANCE);
            assertEquals(number(expected.path("p_two_sided")), found.p(), TOLERANCE);
            assertEquals(number(expected.path("difference_ci_0_95").path(0)), found.low(), TOLERANCE);
            assertEquals(number(expected.path("difference_ci_0_95").path(1)), found.high(), TOLERANCE);
        });
    }

    private static void asScikitLearn(String metric, ToDoubleFunction<ScoredRows> found) throws IOException {
        eachCase(test -> {
            for (String score : List.of("score", "score2")) {
                JsonNode expected = test.path("sklearn").path(score);
                assertEquals(number(expected.path(metric)), found.applyAsDouble(rows(test, score, false)), TOLERANCE);
                assertEquals(
                        number(expected.path(metric + "_weighted")),
                        found.applyAsDouble(rows(test, score, true)),
                        TOLERANCE);
            }
        });
    }

    @Test
    void theAreaIsScikitLearnsAlsoWithWeights() throws IOException {
        asScikitLearn("auc", rows -> Auc.of(rows).orElseThrow().value());
    }

    @Test
    void theAveragePrecisionIsScikitLearnsAlsoWithWeights() throws IOException {
        asScikitLearn("average_precision", rows -> AveragePrecision.of(rows).orElseThrow());
    }

    @Test
    void theLogLossIsScikitLearnsAlsoWithWeights() throws IOException {
        asScikitLearn("log_loss", LogLoss::of);
    }

    @Test
    void theBrierScoreIsScikitLearnsAlsoWithWeights() throws IOException {
        asScikitLearn("brier", Brier::of);
    }

    @Test
    void theCalibrationErrorInTenEqualWidthsIsTheOracles() throws IOException {
        eachCase(test -> {
            for (String score : List.of("score", "score2")) {
                JsonNode expected = test.path("own_ece_10_equal_width").path(score);
                assertEquals(
                        number(expected.path("ece")),
                        Calibration.equalWidth(rows(test, score, false), 10).error(),
                        TOLERANCE);
                assertEquals(
                        number(expected.path("ece_weighted")),
                        Calibration.equalWidth(rows(test, score, true), 10).error(),
                        TOLERANCE);
            }
        });
    }
}
