package dev.ringside.training.drift;

import static dev.ringside.training.SharedFolder.numbers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.training.SharedFolder;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Against SciPy 1.10.1, within the 1e-9 that the oracle states. */
@SharedFolder.OraclesNeeded
class DriftOracleTest {
    private static final double TOLERANCE = 1e-9;

    @Test
    void theDistancesOfHistogramsAreTheOracles() throws IOException {
        int cases = 0;
        for (JsonNode test : SharedFolder.oracle("drift.json").path("histograms")) {
            String name = test.path("name").asText();
            Histogram found =
                    new Histogram(numbers(test.path("reference_counts")), numbers(test.path("current_counts")));
            assertEquals(test.path("psi_add_half").asDouble(), found.psi(), TOLERANCE, name);
            assertEquals(test.path("psi_floor_1e_4").asDouble(), found.psiFloored(), TOLERANCE, name);
            assertEquals(test.path("js_divergence_bits").asDouble(), found.jensenShannon(), TOLERANCE, name);
            assertEquals(test.path("total_variation").asDouble(), found.totalVariation(), TOLERANCE, name);
            JsonNode test2 = test.path("chi2_homogeneity");
            assertEquals(test2.path("statistic").asDouble(), found.chiSquared().statistic(), TOLERANCE, name);
            assertEquals(test2.path("p").asDouble(), found.chiSquared().p(), TOLERANCE, name);
            cases++;
        }
        assertEquals(6, cases);
    }

    @Test
    void theLargestDistanceOfDistributionsAndItsExactAndLimitingProbabilityAreTheOracles() throws IOException {
        int exact = 0;
        for (JsonNode test : SharedFolder.oracle("drift.json").path("ks")) {
            String name = test.path("name").asText();
            double[] first = numbers(test.path("a"));
            double[] second = numbers(test.path("b"));
            TestResult found = KolmogorovSmirnov.of(first, second);
            assertEquals(test.path("statistic").asDouble(), found.statistic(), TOLERANCE, name);
            assertEquals(
                    test.path("p_limiting_kolmogorov").asDouble(),
                    KolmogorovSmirnov.limit(found.statistic(), first.length, second.length),
                    TOLERANCE,
                    name);
            if (test.path("p_exact_scipy").isNumber()) {
                assertEquals(test.path("p_exact_scipy").asDouble(), found.p(), TOLERANCE, name);
                exact++;
            }
        }
        assertTrue(exact >= 4, exact + " cases have an exact probability");
    }
}
