package dev.ringside.experiments.analysis;

import static dev.ringside.experiments.analysis.Oracles.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.experiments.analysis.GroupSequential.Stage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GroupSequentialTest {
    @Test
    @Oracles.Needed
    void boundariesAreThoseOfRpact() throws IOException {
        var designs = new LinkedHashMap<String, List<Map<String, String>>>();
        for (Map<String, String> row : Oracles.csv("group_sequential_boundaries.csv")) {
            designs.computeIfAbsent(row.get("design"), _ -> new ArrayList<>()).add(row);
        }
        assertEquals(88, designs.size());
        for (List<Map<String, String>> design : designs.values()) {
            double tolerance = design.size() == 10 ? 3e-5 : 3e-6;
            var stages = new ArrayList<Stage>();
            double before = 0;
            for (Map<String, String> row : design) {
                double fraction = number(row, "information_fraction");
                double alpha = number(row, "alpha");
                double printed = number(row, "alpha_spent");
                // At the last look rpact prints α − 1e-8 or α.
                double spent = fraction == 1 ? alpha : printed;
                if (row.get("spending").equals("asOF")) {
                    spent = Spending.spent(alpha, fraction);
                }
                assertEquals(printed, spent, fraction == 1 ? 2e-8 : 1e-10, row.toString());
                double z = GroupSequential.critical(stages, fraction, spent - before);
                assertEquals(number(row, "critical_z"), z, tolerance, row.toString());
                assertEquals(number(row, "stage_level"), Normal.survival(z), 3e-6, row.toString());
                stages.add(new Stage(fraction, z));
                before = spent;
            }
        }
    }

    @Test
    @Oracles.Needed
    void forcedFinalLookHasTheBoundaryOfRpact() throws IOException {
        var cases = new LinkedHashMap<String, List<Map<String, String>>>();
        for (Map<String, String> row : Oracles.csv("group_sequential_forced_final.csv")) {
            cases.computeIfAbsent(row.get("case"), _ -> new ArrayList<>()).add(row);
        }
        assertEquals(32, cases.size());
        for (List<Map<String, String>> rows : cases.values()) {
            var stages = new ArrayList<Stage>();
            double before = 0;
            for (Map<String, String> row : rows) {
                double information = number(row, "information_over_planned_max");
                double spent = number(row, "alpha_spent");
                boolean last = stages.size() == rows.size() - 1;
                if (row.get("spending").equals("asOF")) {
                    double own = last ? number(row, "alpha") : Spending.spent(number(row, "alpha"), information);
                    assertEquals(spent, own, 1e-10, row.toString());
                    spent = own;
                }
                double z = GroupSequential.critical(stages, information, spent - before);
                assertEquals(number(row, "critical_z"), z, 1e-6, row.toString());
                stages.add(new Stage(information, z));
                before = spent;
            }
            double all = GroupSequential.atLeastAsExtreme(
                    stages.subList(0, stages.size() - 1),
                    stages.getLast().time(),
                    stages.getLast().criticalZ(),
                    0);
            assertEquals(number(rows.getLast(), "alpha"), all, 1e-14, "α is spent exactly");
        }
    }

    @Test
    @Oracles.Needed
    void repeatedAndFinalIntervalsAreThoseOfRpactAndOfTheQuadratureBesideIt() throws IOException {
        int compared = 0;
        for (JsonNode example : Oracles.json("group_sequential_analyses.json").get("examples")) {
            if (!example.get("spending").asText().equals("asOF")) {
                continue;
            }
            compared += compare(example);
        }
        assertEquals(9, compared);
    }

    private static int compare(JsonNode example) {
        String name = example.get("name").asText();
        double alpha = example.get("alpha").asDouble();
        double margin = example.get("thetaH0").asDouble();
        JsonNode normal = example.get("normal");
        var stages = new ArrayList<Stage>();
        double before = 0;
        int compared = 0;
        for (int k = 0; k < normal.get("cumulative_n_control").size(); k++) {
            double fraction = example.get("information_fractions").get(k).asDouble();
            double spent = Spending.spent(alpha, fraction);
            var fractions = new ArrayList<Stage>();
            for (int j = 0; j < k; j++) {
                fractions.add(new Stage(
                        example.get("information_fractions").get(j).asDouble(),
                        stages.get(j).criticalZ()));
            }
            double critical = GroupSequential.critical(fractions, fraction, spent - before);
            assertEquals(example.get("critical_z").get(k).asDouble(), critical, 3e-6, name);
            double difference = at(normal, "cumulative_mean_treatment", k) - at(normal, "cumulative_mean_control", k);
            double error = StrictMath.sqrt(variance(normal, "treatment", k) + variance(normal, "control", k));
            double z = (difference - margin) / error;
            assertEquals(at(normal, "cumulative_test_statistic", k), z, 1e-9 * StrictMath.abs(z), name);
            if (!normal.get("repeated_ci_lower").get(k).isNull()) {
                assertEquals(at(normal, "repeated_ci_lower", k), difference - critical * error, 2e-5 * error, name);
            }
            assertEquals(at(normal, "repeated_ci_upper", k), difference + critical * error, 2e-5 * error, name);
            JsonNode check = example.get("quadrature_check");
            // rpact takes the planned fractions as the correlations of the final inference.
            if (check != null && check.path("stage").asInt() == k + 1) {
                assertEquals(check.get("standard_error").asDouble(), error, 1e-9 * error, name);
                double information = fraction;
                double scale = error * StrictMath.sqrt(fraction);
                double median = GroupSequential.effectAt(fractions, information, z, 0.5) * scale + margin;
                double lower = GroupSequential.effectAt(fractions, information, z, alpha) * scale + margin;
                double upper = GroupSequential.effectAt(fractions, information, z, 1 - alpha) * scale + margin;
                double p = GroupSequential.atLeastAsExtreme(fractions, information, z, 0);
                var ordering = new StagewiseOrdering(fractions, new Stage(information, z));
                assertEquals(median, ordering.effectAt(0.5) * scale + margin, 1e-9 * error, name);
                assertEquals(lower, ordering.effectAt(alpha) * scale + margin, 1e-9 * error, name);
                assertEquals(upper, ordering.effectAt(1 - alpha) * scale + margin, 1e-9 * error, name);
                assertEquals(p, ordering.atLeastAsExtreme(0), 1e-13, name);
                assertEquals(check.get("median_unbiased").asDouble(), median, 2e-5 * error, name);
                assertEquals(check.get("final_ci_lower").asDouble(), lower, 2e-5 * error, name);
                assertEquals(check.get("final_ci_upper").asDouble(), upper, 2e-5 * error, name);
                assertEquals(check.get("final_p").asDouble(), p, 2e-6, name);
                assertEquals(at(normal, "final_p", k), p, 2e-6, name);
                if (!example.get("rpact_differs_from_quadrature").asBoolean()) {
                    assertEquals(at(normal, "median_unbiased", k), median, 2e-5 * error, name);
                    assertEquals(at(normal, "final_ci_lower", k), lower, 2e-5 * error, name);
                    assertEquals(at(normal, "final_ci_upper", k), upper, 2e-5 * error, name);
                }
                compared++;
            }
            stages.add(new Stage(1 / (error * error), critical));
            before = spent;
        }
        return compared;
    }

    private static double at(JsonNode normal, String field, int k) {
        return normal.get(field).get(k).asDouble();
    }

    private static double variance(JsonNode normal, String arm, int k) {
        double deviation = at(normal, "cumulative_sd_" + arm, k);
        return deviation * deviation / at(normal, "cumulative_n_" + arm, k);
    }

    @Test
    void pathsCrossAsOftenAsComputedWhenTheyAreDrawnAtRandom() {
        // 200,000 paths, seed 7; each probability within four standard errors.
        var stages = List.of(new Stage(0.3, 2.6), new Stage(0.5, 2.4), new Stage(0.9, 2.1));
        int paths = 200_000;
        for (double effect : new double[] {0, 1.5}) {
            var random = new SplittableRandom(7);
            int extreme = 0;
            for (int i = 0; i < paths; i++) {
                double score = 0;
                double information = 0;
                boolean crossed = false;
                for (Stage stage : stages) {
                    double increment = stage.time() - information;
                    score += effect * increment
                            + StrictMath.sqrt(increment) * Normal.quantile(random.nextDouble(1e-300, 1));
                    information = stage.time();
                    crossed |= score / StrictMath.sqrt(information) > stage.criticalZ();
                }
                extreme += crossed ? 1 : 0;
            }
            double p = GroupSequential.atLeastAsExtreme(stages.subList(0, 2), 0.9, 2.1, effect);
            assertEquals(p, extreme / (double) paths, 4 * StrictMath.sqrt(p * (1 - p) / paths), "effect " + effect);
        }
    }

    @Test
    void lookAlmostAtTheSameInformationIsStillExact() {
        // With no growth at all the boundary would be the z between which and the first one the α left lies.
        var first = new Stage(0.5, Normal.upperQuantile(0.01));
        double limit = Normal.upperQuantile(0.025);
        double near = GroupSequential.critical(List.of(first), 0.5 * GroupSequential.LEAST_GROWTH, 0.015);
        assertEquals(limit, near, 0.02);
        double all = GroupSequential.atLeastAsExtreme(List.of(first), 0.5 * GroupSequential.LEAST_GROWTH, near, 0);
        assertEquals(0.025, all, 1e-13);
    }

    @Test
    void medianUnbiasedEstimateLiesBelowTheNaiveOneAfterAnEarlyStop() {
        var stages = List.of(new Stage(1, 2.9), new Stage(2, 2.5));
        double naive = 2.6 / StrictMath.sqrt(3);
        assertTrue(GroupSequential.effectAt(stages, 3, 2.6, 0.5) < naive);
        assertEquals(3.0 / StrictMath.sqrt(5), GroupSequential.effectAt(List.of(), 5, 3.0, 0.5), 1e-14);
    }

    /** S5, S16: also where the variance drifts, so that time and information part. */
    @Test
    void theOrderingGivesTheSameProbabilitiesForEveryEffectAndEveryDrift() {
        var random = new SplittableRandom(11);
        for (int i = 0; i < 40; i++) {
            var stages = new ArrayList<Stage>();
            double time = 0;
            double weight = 0;
            for (int look = 0; look < 1 + i % 5; look++) {
                time += random.nextDouble(0.3, 3);
                weight += random.nextDouble(0.3, 3);
                stages.add(new Stage(time, weight, random.nextDouble(1.5, 4)));
            }
            var last = new Stage(
                    time * 1.01 + random.nextDouble(2), weight + random.nextDouble(0.1, 2), random.nextDouble(-3, 6));
            var ordering = new StagewiseOrdering(stages, last);
            for (double deviations : new double[] {-12, -3, -0.5, 0, 1, 4, 9}) {
                double effect = (last.criticalZ() + deviations) * StrictMath.sqrt(last.time()) / last.weight();
                double expected = GroupSequential.atLeastAsExtreme(stages, last, effect);
                assertEquals(
                        expected, ordering.atLeastAsExtreme(effect), 1e-13 + 1e-9 * expected, i + " " + deviations);
            }
            double effect = ordering.effectAt(0.025);
            assertEquals(0.025, GroupSequential.atLeastAsExtreme(stages, last, effect), 1e-9, "case " + i);
        }
    }

    @Test
    void informationThatDoesNotGrowIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> GroupSequential.critical(List.of(new Stage(2, 3)), 2, 0.01));
    }
}
