package dev.ringside.training.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** AUC and log loss against pROC and scikit-learn, within the 1e-10 that the oracle states. */
@EnabledIf(value = "present", disabledReason = "the oracles are not there; RINGSIDE_SHARED names their folder")
class OracleTest {
    private static final double TOLERANCE = 1e-10;

    private static Path oracle() {
        String shared = System.getenv("RINGSIDE_SHARED");
        return Path.of(shared == null ? "../../shared" : shared, "oracles", "auc.json");
    }

    static boolean present() {
        return Files.exists(oracle());
    }

    private static List<JsonNode> cases() throws IOException {
        List<JsonNode> cases = StreamSupport.stream(
                        Json.mapper().readTree(oracle().toFile()).path("cases").spliterator(), false)
                .toList();
        assertTrue(cases.size() >= 5, "found " + cases.size() + " cases");
        return cases;
    }

    private static boolean[] labels(JsonNode test) {
        boolean[] labels = new boolean[test.path("label").size()];
        IntStream.range(0, labels.length)
                .forEach(i -> labels[i] = test.path("label").path(i).asInt() == 1);
        return labels;
    }

    private static double[] scores(JsonNode test, String name) {
        return StreamSupport.stream(test.path(name).spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    @Test
    void theAreaEqualsPRocsAlsoWithTies() throws IOException {
        for (JsonNode test : cases()) {
            for (String score : List.of("score", "score2")) {
                assertEquals(
                        test.path("pROC").path(score).path("auc").asDouble(),
                        Auc.of(labels(test), scores(test, score)).orElseThrow(),
                        TOLERANCE,
                        test.path("name").asText());
            }
        }
    }

    @Test
    void theLogLossEqualsScikitLearns() throws IOException {
        for (JsonNode test : cases()) {
            for (String score : List.of("score", "score2")) {
                JsonNode expected = test.path("sklearn").path(score).path("log_loss");
                if (expected.isNumber()) {
                    assertEquals(
                            expected.asDouble(),
                            LogLoss.of(labels(test), scores(test, score)),
                            TOLERANCE,
                            test.path("name").asText());
                }
            }
        }
    }
}
