package dev.ringside.app.demo.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

class SampleTest {
    private static final Path ORACLES = Path.of("../../shared/oracles/two_arm.json");

    static boolean oraclesArePresent() {
        return Files.exists(ORACLES);
    }

    @Test
    @EnabledIf(value = "oraclesArePresent", disabledReason = "the folder shared/oracles is not beside the project")
    void welchGivesTheDifferenceAndProbabilityOfSciPy() throws IOException {
        int compared = 0;
        for (JsonNode example :
                Json.read(Files.readString(ORACLES), JsonNode.class).path("cases")) {
            JsonNode expected = example.path("scipy_welch").path("p_two_sided");
            if (expected.isMissingNode()) {
                continue;
            }
            Sample.Welch welch = sample(example.path("control")).compare(sample(example.path("treatment")));
            assertNotNull(welch);
            double p = expected.doubleValue();
            assertEquals(
                    p,
                    welch.pValue(),
                    1e-9 * Math.max(p, 1e-9),
                    example.path("name").asText());
            compared++;
        }
        assertTrue(compared >= 3, "compared " + compared);
    }

    private static Sample sample(JsonNode moments) {
        return new Sample(
                moments.path("n").longValue(),
                moments.path("sum").doubleValue(),
                moments.path("sum_squares").doubleValue());
    }

    @Test
    void twoSidedProbabilitiesOfStudentAreThoseOfTheTables() {
        // Abramowitz & Stegun, table 26.10: quantiles for two-sided .05 and .01.
        assertEquals(0.05, StudentT.twoSided(12.706, 1), 2e-5);
        assertEquals(0.05, StudentT.twoSided(2.228, 10), 2e-5);
        assertEquals(0.01, StudentT.twoSided(-3.169, 10), 2e-5);
        assertEquals(0.05, StudentT.twoSided(1.980, 120), 1e-4);
        assertEquals(1, StudentT.twoSided(0, 7), 0);
    }

    @Test
    void thereIsNothingToCompareWithOneUnitInAnArmOrWithoutSpread() {
        var one = new Sample();
        one.add(1);
        var two = new Sample();
        two.add(0);
        two.add(1);
        assertNull(two.compare(one));
        assertNull(one.compare(two));
        var flat = new Sample();
        flat.add(3);
        flat.add(3);
        assertNull(flat.compare(flat));
    }
}
