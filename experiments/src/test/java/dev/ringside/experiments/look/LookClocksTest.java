package dev.ringside.experiments.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.experiments.experiment.EndedRegion;
import dev.ringside.experiments.experiment.Experiments;
import dev.ringside.experiments.experiment.Region;
import dev.ringside.experiments.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nothing waits for what it does not need: gate, harm of each KPI, and promotion go by clocks of their own. */
class LookClocksTest {
    private static final String HEAD = """
        slot: eta
        waves: [[PDX]]
        arms: [{variant: champion}, {variant: challenger, version: v2}]
        salt: abc
        """;

    private static Instant day(int number) {
        return World.START.plus(Duration.ofDays(number));
    }

    private static World running(String document) {
        World world = World.replay();
        world.eta("PDX");
        world.put("better", document);
        world.start("better", null);
        world.plane().store().read(tx -> Experiments.definitions(tx)).forEach(world.aggregator::define);
        return world;
    }

    private static void count(World world, int epoch, int day, int champion, int challenger, int events) {
        world.aggregator.count("better", epoch, "PDX", "champion", day(day), champion, events);
        world.aggregator.count("better", epoch, "PDX", "challenger", day(day), challenger, events);
    }

    private static List<Look> looks(World world) {
        return world.plane().store().read(tx -> LookStore.all(tx, "better", "PDX", 1));
    }

    /** S2, S7: units that did not come as planned stop exposure at the first midnight, however long a monitor's window is. */
    @Test
    void theGateCountsExposuresAsSoonAsTheirDayIsOverWhateverTheKpis() {
        try (World world = running(HEAD + """
            kpis:
              - {name: booked, kind: proportion, role: primary, window: 1d, grace: 0s, minimum_effect: 0.02}
              - {name: stayed, kind: proportion, role: monitor, window: 28d, grace: 0s}
            """)) {
            count(world, 1, 0, 9_771, 5_909, 200);
            world.pass(day(1));
            Look look = looks(world).getFirst();
            assertEquals(day(1), look.at());
            assertEquals("pause", look.verdict());
            assertTrue(look.record().decision().sampleRatio().logBayesFactor() > 100);
            assertInstanceOf(Region.Paused.class, world.region("better", "PDX"));
            assertEquals(
                    List.of(), world.topic.table().slot("eta").orElseThrow().rows(), "everybody gets the champion");
            assertEquals("v1", world.championOf("PDX"));
        }
    }

    /** S3: it used to be found with the primary's first cohort, on day 16. */
    @Test
    void harmOfAGuardrailIsFoundWhenItsOwnCohortClosesAndNotThePrimarys() {
        try (World world = running(HEAD + """
            kpis:
              - {name: booked, kind: proportion, role: primary, window: 14d, grace: 0s, minimum_effect: 0.02}
              - {name: complaints, kind: proportion, role: guardrail, direction: down, window: 1h, grace: 0s, margin: 0.01}
            """)) {
            world.aggregator.count("better", 1, "PDX", "champion", day(0), 1000, 50);
            world.aggregator.count("better", 1, "PDX", "challenger", day(0), 1000, 150);
            world.pass(day(1));
            assertInstanceOf(Region.Running.class, world.region("better", "PDX"));
            world.pass(day(1).plus(Duration.ofHours(1)));
            assertInstanceOf(EndedRegion.RolledBack.class, world.region("better", "PDX"));
            assertEquals(
                    day(1).plus(Duration.ofHours(1)), looks(world).getLast().at());
        }
    }

    /** S9: a unit that loses its arm in mid-window is none of that arm. */
    @Test
    void cohortsWhoseTreatmentAChangeOfTheSplitCutShortAreNotCounted() {
        String document = HEAD + """
            kpis:
              - {name: booked, kind: proportion, role: primary, window: 3d, grace: 0s, minimum_effect: 0.001}
            """;
        try (World world = running(document)) {
            for (int d = 0; d < 6; d++) {
                count(world, 1, d, 1000, 1000, 200);
            }
            world.tick(day(6));
            world.put("better", document.replace("{variant: champion}", "{variant: champion, weight: 3}"));
            world.plane().store().read(tx -> Experiments.definitions(tx)).forEach(world.aggregator::define);
            for (int d = 6; d < 9; d++) {
                count(world, 2, d, 1500, 500, 100);
            }
            world.pass(day(12));
            var strata = looks(world).getLast().record().evidence().strata();
            // Windows of the days 0 to 2 were over by day 6; those of 3 to 5 were not.
            assertEquals(
                    3_000,
                    strata.getFirst().arms().getFirst().moments().get("booked").units());
            assertEquals(6_000, strata.getFirst().arms().getFirst().exposures().units());
            assertEquals(
                    4_500,
                    strata.getLast().arms().getFirst().moments().get("booked").units());
        }
    }

    /** S10: nobody who counts loses the arm before the window is over, and nobody who comes later counts. */
    @Test
    void enrolmentThatCountsEndsFirstAndTreatmentGoesOnUntilTheLastWindowIsOver() {
        try (World world = running(HEAD + """
            kpis:
              - {name: booked, kind: proportion, role: primary, window: 4d, grace: 1d, minimum_effect: 0.0001}
            max_duration: 10d
            """)) {
            for (int d = 0; d < 14; d++) {
                count(world, 1, d, 1000, 1000, 200);
            }
            world.pass(day(13));
            assertEquals(1, world.topic.table().slot("eta").orElseThrow().rows().size(), "windows are open");
            world.pass(day(14));
            assertEquals(
                    List.of(), world.topic.table().slot("eta").orElseThrow().rows());
            assertInstanceOf(Region.Running.class, world.region("better", "PDX"));
            world.pass(day(15));
            assertInstanceOf(EndedRegion.Inconclusive.class, world.region("better", "PDX"));
            Look last = looks(world).getLast();
            assertTrue(last.record().evidence().last());
            assertEquals(day(15), last.at());
            assertEquals(
                    10_000,
                    last.record()
                            .evidence()
                            .strata()
                            .getFirst()
                            .arms()
                            .getFirst()
                            .moments()
                            .get("booked")
                            .units());
        }
    }

    /** What is decided does not depend on when anybody looked: not with KPIs on clocks of their own either. */
    @Test
    void everyLookIsTheSameWhetherTheClockWentByHoursOrInOneStep() {
        String document = HEAD + """
            kpis:
              - {name: booked, kind: proportion, role: primary, window: 2d, grace: 3h, minimum_effect: 0.01}
              - {name: complaints, kind: proportion, role: guardrail, direction: down, window: 1h, grace: 0s, margin: 0.01}
            max_duration: 16d
            """;
        assertEquals(digests(document, Duration.ofHours(7)), digests(document, Duration.ofDays(20)));
    }

    private static List<String> digests(String document, Duration step) {
        try (World world = running(document)) {
            for (int d = 0; d < 16; d++) {
                count(world, 1, d, 1000, 1000, 200);
            }
            for (Instant at = World.START.plus(step); !at.isAfter(day(20)); at = at.plus(step)) {
                world.pass(at);
            }
            world.pass(day(20));
            assertEquals("inconclusive", world.region("better", "PDX").state());
            return looks(world).stream()
                    .map(look -> look.at() + " " + look.question() + " "
                            + look.record().evidenceDigest())
                    .toList();
        }
    }
}
