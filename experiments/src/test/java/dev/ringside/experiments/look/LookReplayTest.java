package dev.ringside.experiments.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.experiments.decision.Evidence;
import dev.ringside.experiments.experiment.Experiments;
import dev.ringside.experiments.store.Changes;
import dev.ringside.experiments.world.Documents;
import dev.ringside.experiments.world.World;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LookReplayTest {
    private static final String DOCUMENT = Documents.experimentYaml("[[PDX]]");
    private static final String SAME_SPLIT = DOCUMENT.replace("{variant: champion}", "{variant: champion, weight: 2}")
            .replace("version: v2}", "version: v2, weight: 2}");

    private static Instant day(int number) {
        return World.START.plusSeconds(86_400L * number);
    }

    /** Two weeks, with another epoch from the fifth day on. */
    private static World twoEpochs() {
        World world = World.replay();
        world.eta("PDX");
        world.put("better", DOCUMENT);
        world.start("better", null);
        for (int d = 0; d < 14; d++) {
            if (d == 5) {
                world.put("better", SAME_SPLIT);
            }
            world.day("better", d < 5 ? 1 : 2, "PDX", day(d), 200, 204);
            world.pass(day(d + 1));
        }
        return world;
    }

    private static List<Look> looks(World world) {
        return world.plane().store().read(tx -> LookStore.all(tx, "better", "PDX", 1));
    }

    /** What differs between the looks and a log, the first look's first. */
    private static List<String> problems(World world, List<Look> looks) {
        var ledger = new KpiLedger(2, new Changes());
        world.aggregator.feed(ledger::accept);
        LookReplay replay = replay(world, ledger);
        return looks.stream()
                .flatMap(look -> replay.problems(look.record()).stream())
                .toList();
    }

    private static LookReplay replay(World world, KpiLedger ledger) {
        return new LookReplay(
                ledger, world.plane().store().read(Experiments::definitions), List.of(world.experiment("better")));
    }

    @Test
    void everyLookIsMadeAgainFromTheLog() {
        try (World world = twoEpochs()) {
            assertEquals(14, looks(world).size());
            assertEquals(List.of(), problems(world, looks(world)));
        }
    }

    /** A router learns of an epoch after it opened, and its clock may say that this was the day before. */
    @Test
    void unitsThatEnteredAnEpochBeforeItOpenedByTheirRoutersClockAreCountedAlike() {
        try (World world = World.replay()) {
            world.eta("PDX");
            world.put("better", DOCUMENT);
            world.start("better", null);
            world.day("better", 1, "PDX", day(0), 200, 204);
            world.pass(day(1));
            world.put("better", SAME_SPLIT);
            world.day("better", 2, "PDX", day(0), 1, 1);
            world.day("better", 2, "PDX", day(1), 200, 204);
            world.pass(day(4));
            Evidence last = looks(world).getLast().record().evidence();
            assertEquals(
                    2000, last.strata().getLast().arms().getFirst().exposures().units());
            assertEquals(List.of(), problems(world, looks(world)));
        }
    }

    @Test
    void aLogThatHoldsSomethingElseIsFoundOut() {
        try (World world = twoEpochs()) {
            List<Look> looks = looks(world);
            var other = new KpiLedger(2, new Changes());
            world.aggregator.feed(other::accept);
            world.aggregator.count("better", 1, "PDX", "champion", day(0), 1000, 199);
            world.aggregator.reach(day(15));
            LookReplay replay = replay(world, other);
            List<String> problems = looks.stream()
                    .flatMap(look -> replay.problems(look.record()).stream())
                    .toList();
            assertTrue(problems.getFirst().startsWith("the log gives other evidence"), problems::toString);
        }
    }
}
