package dev.ringside.training.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringside.contract.json.Json;
import dev.ringside.training.configuration.InvalidConfiguration;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SearchReaderTest {
    private static List<String> problems(String yaml) {
        return assertThrows(InvalidConfiguration.class, () -> Spaces.settings(yaml))
                .problems();
    }

    @Test
    void everyDefaultIsStated() {
        SearchSettings settings = Spaces.settings(
                "seed: 7\nsearch: {metric: validation.auc, space: {model.dropout: {low: 0, high: 0.5}}}");
        assertEquals(SearchSettings.Method.TPE, settings.method());
        assertEquals(10, settings.startup());
        assertEquals(60, settings.trials());
        assertEquals(1, settings.parallel());
        assertTrue(settings.reproducible());
        assertNull(settings.deadline());
        assertNull(settings.trialDeadline());
        assertEquals(Duration.ofSeconds(10), settings.grace());
        assertEquals(Direction.MAXIMISE, settings.direction());
        assertEquals(7, settings.seed());
        assertNull(settings.seedAt());
        assertEquals(new Pruner.None(), settings.pruner());
    }

    @Test
    void everythingThatIsSaidIsRead() {
        SearchSettings settings = Spaces.settings("""
            model: {kind: network}
            search:
              method: random
              startup: 5
              trials: 12
              parallel: 2
              reproducible: false
              deadline: 30m
              trial_deadline: 5m
              grace: 3s
              metric: validation.log_loss
              direction: minimise
              seed: 3
              seed_at: seed
              pruner: {kind: median, startup: 3, warm_up: 2}
              space:
                model.learning_rate: {low: 1e-4, high: 1e-1, log: true}
                model.hidden: {choices: [[64], [128, 64]]}
                model.batch: {low: 64, high: 1024, step: 64, integer: true}
            """);
        assertEquals(SearchSettings.Method.RANDOM, settings.method());
        assertEquals(Duration.ofMinutes(30), settings.deadline());
        assertEquals(Duration.ofMinutes(5), settings.trialDeadline());
        assertEquals(Duration.ofSeconds(3), settings.grace());
        assertEquals(Direction.MINIMISE, settings.direction());
        assertFalse(settings.reproducible());
        assertEquals(DocumentPath.parse("seed"), settings.seedAt());
        assertEquals(new MedianPruner(3, 2), settings.pruner());
        assertEquals(
                List.of("model.learning_rate", "model.hidden", "model.batch"),
                settings.space().paths());
        var batch = assertInstanceOf(
                Domain.Interval.class, settings.space().parameters().getLast().domain());
        assertEquals(16, batch.cells());
    }

    @Test
    void hyperbandHasABracketForEachRung() {
        SearchSettings settings = Spaces.settings(
                "search: {metric: m, pruner: {kind: hyperband, most: 27}, space: {a: {low: 0, high: 1}}}");
        assertEquals(new HalvingPruner(1, 27, 3, 4), settings.pruner());
    }

    @Test
    void allProblemsAreListedTogetherWithTheirPaths() {
        assertEquals(
                List.of(
                        "search.method: expected one of grid, random, tpe, found tp; did you mean tpe?",
                        "search.metric: missing: expected the metric's name, such as validation.auc",
                        "search.space[model.learning_rate].low: expected more than 0 on a logarithmic scale, found 0.0",
                        "search.space[model.hidden].choices: [64] is there twice",
                        "search.space[model.batch].high: expected more than low, 64.0, found 32.0",
                        "search.space[features[].bins]: expected a path such as model.learning_rate or"
                                + " features[2].representation.bins",
                        "search.space[model.dropout].hihg: unknown field; did you mean high?; the fields here are when,"
                                + " choices, log, integer, low, high, step, points",
                        "search.trials: expected a whole number from 1 to 100000, found 0",
                        "search.deadline: expected a duration such as 250ms, 10s, 15m, 36h, 42d or 6w, found \"soon\"",
                        "search.pruner.kind: expected median, halving, hyperband or none, found mean"),
                problems("""
                    search:
                      method: tp
                      trials: 0
                      deadline: soon
                      pruner: {kind: mean}
                      space:
                        model.learning_rate: {low: 0, high: 1, log: true}
                        model.hidden: {choices: [[64], [64]]}
                        model.batch: {low: 64, high: 32}
                        "features[].bins": {low: 1, high: 2}
                        model.dropout: {low: 0, high: 1, hihg: 0.5}
                    """));
    }

    @Test
    void aPathThatLeadsNowhereIsAMistakeBeforeAnythingStarts() {
        assertEquals(
                List.of("search.space[features[3].bins]: there is no such element in [{\"name\":\"age\"}]"),
                problems("features: [{name: age}]\n"
                        + "search: {metric: m, space: {'features[3].bins': {low: 2, high: 9, integer: true}}}"));
    }

    @Test
    void aGridNeedsPointsOrSteps() {
        assertEquals(
                List.of("search.space[a].points: missing: expected how many values a grid takes, or a step"),
                problems("search: {method: grid, metric: m, space: {a: {low: 0, high: 1}}}"));
    }

    @Test
    void aGridOfMorePlacesThanTrialsIsAMistake() {
        assertEquals(
                List.of("search.trials: the grid has more than 5 places; expected fewer values or more trials"),
                problems("search: {method: grid, trials: 5, metric: m, space:"
                        + " {a: {low: 0, high: 1, points: 2}, b: {choices: [x, y, z]}}}"));
    }

    @Test
    void nothingToSearchIsAMistake() {
        assertTrue(problems("search: {metric: m}").getFirst().startsWith("search.space: missing"));
    }

    @Test
    void conditionsInACircleAreAMistake() {
        assertTrue(problems("search: {metric: m, space: {a: {choices: [1, 2], when: {b: 1}},"
                        + " b: {choices: [1, 2], when: {a: 1}}}}")
                .getFirst()
                .startsWith("search.space: these depend on each other in a circle: [a, b]"));
    }

    @Test
    void everyBoundAndEveryChoiceStandsInAProbe() {
        ObjectNode document = Spaces.document("model: {kind: logistic}\nsearch: {metric: m, space: {"
                + "model.kind: {choices: [logistic, network]}, "
                + "model.dropout: {low: 0, high: 0.5, when: {model.kind: network}}}}");
        List<String> probes = SearchReader.read("d", document).space().probes(document).stream()
                .map(Json::write)
                .toList();
        assertEquals(
                List.of("{\"model\":{\"kind\":\"logistic\"}}", "{\"model\":{\"kind\":\"network\",\"dropout\":0.0}}"),
                probes.subList(0, 2));
    }

    @Test
    void aConditionIsAskedOfTheDocumentAsItHasBecome() {
        ObjectNode document = Spaces.document("model: {kind: logistic, dropout: 0.1}\nsearch: {metric: m, space: {"
                + "model.dropout: {low: 0, high: 0.5, when: {model.kind: [network, residual]}}, "
                + "model: {choices: [{kind: logistic}, {kind: residual}]}}}");
        SearchSpace space = SearchReader.read("d", document).space();
        assertEquals(List.of("model", "model.dropout"), space.paths());
        assertEquals(
                "{\"model\":{\"kind\":\"logistic\"}}",
                Json.write(space.point(document, _ -> 0).document()));
        assertEquals(
                Map.of("model", 1.0, "model.dropout", 1.0),
                space.point(document, _ -> 1).coordinates());
    }

    @Test
    void threeStepsOfATenthAreThreeTenths() {
        SearchSpace space = Spaces.settings("search: {metric: m, space: {a: {low: 0, high: 0.45, step: 0.1}}}")
                .space();
        assertEquals(
                "[0.0, 0.1, 0.2, 0.3, 0.4]",
                Arrays.toString(space.parameters().getFirst().domain().grid()));
    }
}
