package dev.ringside.experiments.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.experiments.analysis.Oracles;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sample sizes against statsmodels and closed forms, powers of looks against rpact. */
@Oracles.Needed
class PlanOraclesTest {
    private static final double RELATIVE = 1e-6;

    @Test
    void unitsForTwoMeansAreThoseOfAOneSidedNormalTest() throws IOException {
        int checked = 0;
        for (Map<String, String> row : rows("two_means", "statsmodels NormalIndPower")) {
            if (row.get("alternative").equals("larger")) {
                double information =
                        SampleSize.information(number(row, "effect_size"), number(row, "alpha"), number(row, "power"));
                close(row, SampleSize.controlUnits(information, 1, 1, number(row, "ratio_n2_over_n1")));
                checked++;
            }
        }
        assertEquals(20, checked);
    }

    @Test
    void unitsForTwoProportionsAreThoseOfUnpooledVariances() throws IOException {
        List<Map<String, String>> rows = rows("two_proportions", "\"scipy closed form");
        for (Map<String, String> row : rows) {
            double control = number(row, "p_control");
            double challenger = number(row, "p_treatment");
            double information = SampleSize.information(
                    StrictMath.abs(challenger - control), number(row, "alpha"), number(row, "power"));
            close(
                    row,
                    SampleSize.controlUnits(
                            information,
                            Known.rate(control).variance(),
                            Known.rate(challenger).variance(),
                            number(row, "ratio_n2_over_n1")));
        }
        assertEquals(12, rows.size());
    }

    @Test
    void aGuardrailsUnitsAreThoseOfItsMarginAndTheTrueDifferenceTogether() throws IOException {
        List<Map<String, String>> means = rows("non_inferiority_means", "");
        for (Map<String, String> row : means) {
            double effect = number(row, "margin") + number(row, "true_difference");
            double variance = number(row, "sd") * number(row, "sd");
            double information = SampleSize.information(effect, number(row, "alpha"), number(row, "power"));
            close(row, SampleSize.controlUnits(information, variance, variance, number(row, "ratio_n2_over_n1")));
        }
        List<Map<String, String>> proportions = rows("non_inferiority_proportions", "");
        for (Map<String, String> row : proportions) {
            double variance = Known.rate(number(row, "p_control")).variance();
            double information =
                    SampleSize.information(number(row, "margin"), number(row, "alpha"), number(row, "power"));
            close(row, SampleSize.controlUnits(information, variance, variance, number(row, "ratio_n2_over_n1")));
        }
        assertEquals(14, means.size() + proportions.size());
    }

    @Test
    void theEffectThatUnitsFindIsTheInverse() throws IOException {
        List<Map<String, String>> rows = rows("mde_two_means", "");
        for (Map<String, String> row : rows) {
            double units = number(row, "n1");
            double information = SampleSize.informationOf(units, units * number(row, "ratio_n2_over_n1"), 1, 1);
            double effect = SampleSize.effect(information, number(row, "alpha"), number(row, "power"));
            double expected = number(row, "effect_size");
            // statsmodels searches for it and ends within 2e-6 of (z + z) √(1 / n₀ + 1 / n₁).
            assertEquals(expected, effect, 2e-6, row.toString());
        }
        assertEquals(6, rows.size());
    }

    @Test
    void looksHaveThePowerAndTheExpectedInformationThatRpactGives() throws IOException {
        int checked = 0;
        for (Map<String, String> row : Oracles.csv("group_sequential_power.csv")) {
            if (!row.get("spending").equals("asOF")) {
                continue;
            }
            double alpha = number(row, "alpha");
            LookPlan plan = LookPlan.of(numbers(row.get("fractions")), alpha);
            double drift = StrictMath.sqrt(number(row, "shift"));
            List<Double> expected = numbers(row.get("cumulative_power"));
            List<Double> power = plan.power(drift);
            for (int look = 0; look < expected.size(); look++) {
                assertEquals(expected.get(look), power.get(look), 3e-6, row.toString());
            }
            double fixed = number(row, "n_fixed");
            double information = plan.expectedFraction(drift) * number(row, "shift") / fixed;
            assertEquals(number(row, "asn_h1_over_fixed"), information, 5e-6, row.toString());
            checked++;
        }
        assertTrue(checked >= 80, "checked " + checked);
    }

    private static List<Map<String, String>> rows(String kind, String method) throws IOException {
        return Oracles.csv("power.csv").stream()
                .filter(row -> row.get("kind").equals(kind) && row.get("method").startsWith(method))
                .toList();
    }

    private static void close(Map<String, String> row, double units) {
        double expected = number(row, "n1");
        assertEquals(expected, units, RELATIVE * expected, row.toString());
    }

    private static double number(Map<String, String> row, String column) {
        return Oracles.number(row, column);
    }

    private static List<Double> numbers(String text) {
        return Arrays.stream(text.split(" ")).map(Double::valueOf).toList();
    }
}
