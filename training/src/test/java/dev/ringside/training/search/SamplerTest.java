package dev.ringside.training.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringside.contract.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SamplerTest {
    private static final String MIXED = """
        search:
          metric: m
          space:
            rate: {low: 0.0001, high: 0.1, log: true}
            width: {low: 8, high: 40, step: 8, integer: true}
            layers: {low: 1, high: 64, log: true, integer: true}
            kind: {choices: [a, b, c]}
            only_b: {low: -1, high: 1, when: {kind: b}}
        """;

    private final ObjectNode document = Spaces.document(MIXED);
    private final SearchSpace space = Spaces.settings(MIXED).space();

    private static double value(ObjectNode place) {
        double rate = Math.log10(place.path("rate").doubleValue()) + 2;
        double kind = place.path("kind").asText().equals("b")
                ? Math.abs(place.path("only_b").doubleValue() - 0.5)
                : 2;
        return rate * rate + kind + Math.abs(place.path("width").doubleValue() - 24) / 16;
    }

    @Test
    void everyValueLiesInItsDomain() {
        History history = Spaces.run(new TpeSampler(space, 10), 5, 80, document, place -> {
            double rate = place.path("rate").doubleValue();
            assertTrue(rate >= 0.0001 && rate <= 0.1, () -> "rate " + rate);
            assertTrue(place.path("width").isIntegralNumber());
            assertEquals(0, place.path("width").intValue() % 8);
            assertTrue(
                    place.path("layers").intValue() >= 1 && place.path("layers").intValue() <= 64);
            assertEquals(place.path("kind").asText().equals("b"), place.has("only_b"));
            return value(place);
        });
        assertEquals(80, history.trials().size());
    }

    /** Each of five seeds: of the last 30 trials at least half are where the parameter is active; of random ones a third. */
    @Test
    void aConditionalParameterIsSearchedWhereItIsActive() {
        double found = 0;
        double foundAtRandom = 0;
        for (long seed = 0; seed < 5; seed++) {
            History tpe = Spaces.run(new TpeSampler(space, 10), seed, 60, document, SamplerTest::value);
            long right = tpe.trials().subList(30, 60).stream()
                    .filter(trial -> trial.coordinates().containsKey("only_b"))
                    .count();
            assertTrue(right >= 15, "seed " + seed + ": " + right + " of 30");
            History random = Spaces.run(new RandomSampler(space), seed, 60, document, SamplerTest::value);
            found += tpe.loss(tpe.best().orElseThrow());
            foundAtRandom += random.loss(random.best().orElseThrow());
        }
        assertTrue(found < foundAtRandom, found / 5 + " on average, at random " + foundAtRandom / 5);
    }

    @Test
    void theSameSeedAndTheSameTrialsGiveTheSamePlace() {
        var sampler = new TpeSampler(space, 10);
        History history = Spaces.run(sampler, 1, 20, document, SamplerTest::value);
        String first =
                Json.write(sampler.next(20, 9, document, history).orElseThrow().document());
        assertEquals(
                first,
                Json.write(sampler.next(20, 9, document, history).orElseThrow().document()));
        assertNotEquals(
                first,
                Json.write(sampler.next(20, 10, document, history).orElseThrow().document()));
    }

    /** The liar: with nine trials running where the best is, the tenth goes elsewhere. */
    @Test
    void runningTrialsRepelOthers() {
        String yaml = "search: {metric: m, space: {a: {low: 0, high: 1}}}";
        ObjectNode line = Spaces.document(yaml);
        var sampler = new TpeSampler(Spaces.settings(yaml).space(), 10);
        History ended = Spaces.run(
                sampler, 3, 30, line, place -> Math.abs(place.path("a").doubleValue() - 0.3));
        List<TrialRecord> running = new ArrayList<>(ended.trials());
        double near = ended.best().orElseThrow().coordinates().get("a");
        for (int i = 30; i < 39; i++) {
            running.add(new TrialRecord(i, 1, 0, Map.of("a", near), "", List.of(), new TrialRecord.State.Running()));
        }
        double alone = 0;
        double beside = 0;
        for (int seed = 0; seed < 40; seed++) {
            alone += Math.abs(place(sampler, seed, line, ended) - near);
            beside += Math.abs(place(sampler, seed, line, new History(running, Direction.MINIMISE)) - near);
        }
        assertTrue(beside > 1.5 * alone, "alone " + alone / 40 + ", beside running ones " + beside / 40);
    }

    private static double place(TpeSampler sampler, int seed, ObjectNode document, History history) {
        return sampler.next(50, seed, document, history)
                .orElseThrow()
                .coordinates()
                .get("a");
    }

    @Test
    void aSmallSpaceIsTriedWholeBeforeAnythingTwice() {
        String yaml = "search: {metric: m, space: {a: {choices: [1, 2, 3, 4]}, b: {low: 1, high: 3, integer: true}}}";
        Set<Map<String, Double>> tried = new HashSet<>();
        Spaces.run(
                        new TpeSampler(Spaces.settings(yaml).space(), 3),
                        1,
                        15,
                        Spaces.document(yaml),
                        place -> place.path("a").doubleValue() + place.path("b").doubleValue())
                .trials()
                .forEach(trial -> tried.add(trial.coordinates()));
        assertTrue(tried.size() >= 11, tried.size() + " of 12");
    }

    @Test
    void aGridIsEveryCombinationOnceAndLeavesOutWhatIsNotActive() {
        String yaml = "search: {method: grid, metric: m, space: {kind: {choices: [a, b]}, x: {low: 0.01, high: 1, log:"
                + " true, points: 3, when: {kind: b}}, n: {low: 1, high: 2, integer: true}}}";
        ObjectNode grid = Spaces.document(yaml);
        SearchSettings settings = Spaces.settings(yaml);
        assertEquals(8, settings.trials());
        List<String> places = new ArrayList<>();
        Spaces.run(settings.sampler(grid), 0, 100, grid, place -> {
            places.add(Json.write(place));
            return 0;
        });
        assertEquals(
                List.of(
                        "{\"kind\":\"a\",\"n\":1}",
                        "{\"kind\":\"a\",\"n\":2}",
                        "{\"kind\":\"b\",\"x\":0.01,\"n\":1}",
                        "{\"kind\":\"b\",\"x\":0.01,\"n\":2}"),
                places.subList(0, 4));
        assertEquals(8, new HashSet<>(places).size());
    }

    /** By the midpoint rule over the unit scale, whose error for these kernels is below 1e-6 with 20,000 points. */
    @Test
    void theDensityHasMassOne() {
        double[] observed = {0.00012, 0.004, 0.0041, 0.09, Double.NaN};
        for (Parameter parameter : space.parameters()) {
            double[] coordinates = Arrays.stream(observed)
                    .map(at -> Double.isNaN(at) || parameter.name().equals("rate")
                            ? at
                            : parameter.domain().fromUnit(at * 9))
                    .toArray();
            if (parameter.domain() instanceof Domain.Interval interval && interval.integer() && interval.log()) {
                continue; // a density of the logarithm, of which whole numbers are places
            }
            Kernels kernels = Kernels.of(parameter.domain(), coordinates);
            for (int kernel = 0; kernel <= observed.length; kernel++) {
                assertEquals(1, mass(kernels, kernel, parameter.domain()), 1e-6, parameter.name() + " " + kernel);
            }
        }
    }

    private static double mass(Kernels kernels, int kernel, Domain domain) {
        boolean cells = domain instanceof Domain.Choices || ((Domain.Interval) domain).cells() > 0;
        double mass = 0;
        if (cells) {
            for (double coordinate : domain.grid()) {
                mass += Math.exp(kernels.log(kernel, coordinate));
            }
            return mass;
        }
        int points = 20_000;
        for (int i = 0; i < points; i++) {
            mass += Math.exp(kernels.log(kernel, domain.fromUnit((i + 0.5) / points))) / points;
        }
        return mass;
    }

    /** 10,000 draws: the share of a cell has a standard error of at most .005, and 5 of them are allowed. */
    @Test
    void drawsFollowTheDensity() {
        Domain width = space.parameters().get(1).domain();
        Kernels kernels = Kernels.of(width, new double[] {16, 40});
        var random = new SplittableRandom(4);
        for (int kernel = 0; kernel < 3; kernel++) {
            double[] shares = new double[6];
            for (int i = 0; i < 10_000; i++) {
                shares[(int) kernels.draw(kernel, random) / 8] += 1e-4;
            }
            for (double coordinate : width.grid()) {
                assertEquals(
                        Math.exp(kernels.log(kernel, coordinate)),
                        shares[(int) coordinate / 8],
                        0.025,
                        "" + coordinate);
            }
        }
    }

    /** Values of SciPy 1.10.1, {@code scipy.stats.norm.cdf}. */
    @Test
    void theNormalDistributionEqualsSciPys() {
        assertEquals(0.5, Gaussian.below(0));
        assertEquals(0.8413447460685429, Gaussian.below(1), 1e-15);
        assertEquals(0.9750021048517795, Gaussian.below(1.96), 1e-15);
        assertEquals(0.0013498980316300933, Gaussian.below(-3), 1e-15);
        assertEquals(0.9999997133484281, Gaussian.below(5), 1e-15);
        assertEquals(0, Gaussian.below(-40));
    }
}
