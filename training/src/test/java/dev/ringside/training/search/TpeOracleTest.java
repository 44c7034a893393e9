package dev.ringside.training.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The best value after 60 trials, over the seeds 0 to 19, beside Optuna 3.1.0's on the same functions.
 *
 * <p>Tolerance: the oracle asks for a median of ours of at most the third quartile of the reference's and below the first
 * quartile of random search's, and none is added. If one run of ours is below the reference's third quartile with
 * probability p, the median of 20 is above it with P(Binomial(20, p) ≤ 10); over 40 other seeds p was at least .75 (the
 * third quartile of ours was below it for all three functions), which gives at most .014 for a choice of seeds.
 */
@Tag("slow")
@EnabledIf(value = "present", disabledReason = "the oracles are not there; RINGSIDE_SHARED names their folder")
class TpeOracleTest {
    private static final int SEEDS = 20;
    private static final int TRIALS = 60;
    private static final double[][] A = {
        {10, 3, 17, 3.5, 1.7, 8}, {0.05, 10, 17, 0.1, 8, 14}, {3, 3.5, 1.7, 10, 17, 8}, {17, 8, 0.05, 10, 0.1, 14}
    };
    private static final double[][] P = {
        {1312, 1696, 5569, 124, 8283, 5886},
        {2329, 4135, 8307, 3736, 1004, 9991},
        {2348, 1451, 3522, 2883, 3047, 6650},
        {4047, 8828, 8732, 5743, 1091, 381}
    };
    private static final double[] ALPHA = {1, 1.2, 3, 3.2};

    private static final Map<String, ToDoubleFunction<double[]>> FUNCTIONS = Map.of(
            "branin", TpeOracleTest::branin,
            "hartmann6", TpeOracleTest::hartmann,
            "rosenbrock4", TpeOracleTest::rosenbrock);
    private static final Map<String, double[][]> RANGES = Map.of(
            "branin", new double[][] {{-5, 10}, {0, 15}},
            "hartmann6", new double[][] {{0, 1}, {0, 1}, {0, 1}, {0, 1}, {0, 1}, {0, 1}},
            "rosenbrock4", new double[][] {{-2, 2}, {-2, 2}, {-2, 2}, {-2, 2}});

    private static Path oracle() {
        String shared = System.getenv("RINGSIDE_SHARED");
        return Path.of(shared == null ? "../../shared" : shared, "oracles", "tpe.json");
    }

    static boolean present() {
        return Files.exists(oracle());
    }

    private static double branin(double[] x) {
        double curve = x[1] - 5.1 / (4 * Math.PI * Math.PI) * x[0] * x[0] + 5 / Math.PI * x[0] - 6;
        return curve * curve + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x[0]) + 10;
    }

    private static double hartmann(double[] x) {
        double sum = 0;
        for (int i = 0; i < ALPHA.length; i++) {
            double inner = 0;
            for (int j = 0; j < x.length; j++) {
                inner += A[i][j] * Math.pow(x[j] - 1e-4 * P[i][j], 2);
            }
            sum += ALPHA[i] * Math.exp(-inner);
        }
        return -sum;
    }

    private static double rosenbrock(double[] x) {
        double sum = 0;
        for (int i = 0; i < x.length - 1; i++) {
            sum += 100 * Math.pow(x[i + 1] - x[i] * x[i], 2) + Math.pow(1 - x[i], 2);
        }
        return sum;
    }

    private static String yaml(String function, String method) {
        var space = new StringBuilder("search:\n  method: " + method + "\n  metric: value\n  space:\n");
        double[][] ranges = RANGES.get(function);
        for (int i = 0; i < ranges.length; i++) {
            space.append("    x")
                    .append(i)
                    .append(": {low: ")
                    .append(ranges[i][0])
                    .append(", high: ")
                    .append(ranges[i][1])
                    .append("}\n");
        }
        return space.toString();
    }

    private static double[] bests(String function, String method) {
        String yaml = yaml(function, method);
        ObjectNode document = Spaces.document(yaml);
        Sampler sampler = Spaces.settings(yaml).sampler(document);
        int dimensions = RANGES.get(function).length;
        ToDoubleFunction<ObjectNode> value = place -> FUNCTIONS
                .get(function)
                .applyAsDouble(IntStream.range(0, dimensions)
                        .mapToDouble(i -> place.path("x" + i).doubleValue())
                        .toArray());
        return IntStream.range(0, SEEDS)
                .mapToDouble(seed -> {
                    History history = Spaces.run(sampler, seed, TRIALS, document, value);
                    return history.loss(history.best().orElseThrow());
                })
                .sorted()
                .toArray();
    }

    private static double median(double[] sorted) {
        return 0.5 * (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]);
    }

    private static double reference(String function, String sampler, String field) throws IOException {
        for (JsonNode result : Json.mapper().readTree(oracle().toFile()).path("results")) {
            if (result.path("function").asText().equals(function)
                    && result.path("sampler").asText().equals(sampler)) {
                return result.path("best_after_60").path(field).doubleValue();
            }
        }
        throw new AssertionError("no " + sampler + " of " + function);
    }

    @Test
    void theFunctionsHaveTheirKnownMinima() {
        assertEquals(0.397887, branin(new double[] {Math.PI, 2.275}), 1e-6);
        assertEquals(-3.32237, hartmann(new double[] {0.20169, 0.150011, 0.476874, 0.275332, 0.311652, 0.6573}), 1e-5);
        assertEquals(0, rosenbrock(new double[] {1, 1, 1, 1}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"branin", "hartmann6", "rosenbrock4"})
    void theParzenEstimatorFindsWhatTheReferenceFinds(String function) throws IOException {
        double[] bests = bests(function, "tpe");
        String found = function + ": " + Arrays.toString(bests);
        assertTrue(median(bests) <= reference(function, "tpe", "q75"), found);
        assertTrue(median(bests) <= reference(function, "tpe_multivariate", "q75"), found);
        assertTrue(median(bests) < reference(function, "random", "q25"), found);
    }

    /** So that a random search that is none would be seen: between the quartiles of 2,000 runs, widened by 20 seeds' error. */
    @ParameterizedTest
    @ValueSource(strings = {"branin", "hartmann6", "rosenbrock4"})
    void aRandomSearchFindsWhatARandomSearchFinds(String function) throws IOException {
        double median = median(bests(function, "random"));
        for (JsonNode random : Json.mapper().readTree(oracle().toFile()).path("random_search_2000_runs")) {
            if (random.path("function").asText().equals(function)) {
                JsonNode best = random.path("best_after_60");
                // of 20 runs the median leaves the quartiles with P(Binomial(20, 1/4) >= 10) = .014 on each side
                assertTrue(median >= best.path("q25").doubleValue(), function + ": " + median);
                assertTrue(median <= best.path("q75").doubleValue(), function + ": " + median);
            }
        }
    }
}
