package dev.ringside.experiments.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.ringside.experiments.Actor;
import dev.ringside.experiments.Cause;
import dev.ringside.experiments.decision.Design;
import dev.ringside.experiments.experiment.EndedRegion;
import dev.ringside.experiments.experiment.Ending;
import dev.ringside.experiments.experiment.Experiment;
import dev.ringside.experiments.experiment.Experiments;
import dev.ringside.experiments.experiment.Lifecycle;
import dev.ringside.experiments.experiment.Region;
import dev.ringside.experiments.world.Documents;
import dev.ringside.experiments.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A promotion that is decided by less than a whole wave, ahead of its turn or again has its share of α and no more. */
class ApartFromItsWaveTest {
    private static final double ALPHA = 0.025;

    private static World draft(String waves, String more) {
        World world = World.replay();
        world.eta("PDX", "SAN", "MCI");
        world.put("better", Documents.experimentYaml(waves) + more);
        return world;
    }

    /** The α with which each region that runs may be promoted. */
    private static Map<String, Double> alphas(World world) {
        Experiment experiment = world.experiment("better");
        var alphas = new TreeMap<String, Double>();
        for (Series series :
                world.plane().store().read(tx -> Series.open(experiment, Looks.definitions(tx, experiment.name())))) {
            if (series.question() == Question.PROMOTION) {
                // A region that began another comparison stays in what its wave sums, and is not promoted by it.
                series.members().stream()
                        .filter(member -> Comparison.last(experiment.region(member.segment()))
                                .equals(member))
                        .forEach(member -> alphas.put(member.segment(), alpha(series.design())));
            }
        }
        return alphas;
    }

    private static double alpha(Design design) {
        return switch (design) {
            case Design.Unit unit -> unit.promotionAlpha();
        };
    }

    private static void later(World world, int days) {
        world.tick(World.START.plus(Duration.ofDays(days)));
    }

    @Test
    void aWholeWaveInItsTurnHasAllOfIt() {
        try (World world = draft("[[PDX], [SAN, MCI]]", "")) {
            world.start("better", null);
            assertEquals(Map.of("PDX", ALPHA), alphas(world));
            world.promote("better", "PDX");
            world.pass(World.START.plusSeconds(3600));
            assertEquals(Map.of("SAN", ALPHA, "MCI", ALPHA), alphas(world));
        }
    }

    @Test
    void aRegionThatIsStartedAheadOfItsWaveHasItsShare() {
        try (World world = draft("[[PDX], [SAN], [MCI]]", "")) {
            world.start("better", null);
            later(world, 1);
            world.start("better", "SAN");
            assertEquals(Map.of("PDX", ALPHA, "SAN", ALPHA / 3), alphas(world));
        }
    }

    @Test
    void whatIsLeftOfAWaveHasItsShareToo() {
        try (World world = draft("[[PDX, SAN, MCI]]", "")) {
            world.start("better", "PDX");
            later(world, 1);
            world.start("better", "SAN");
            assertEquals(Map.of("PDX", ALPHA / 3, "SAN", ALPHA / 3), alphas(world));
        }
        try (World world = draft("[[PDX], [SAN, MCI]]", "")) {
            world.put("other", Documents.experimentYaml("[[SAN]]").replace("v2", "v3"));
            world.start("other", null);
            world.start("better", null);
            world.promote("better", "PDX");
            world.pass(World.START.plusSeconds(3600));
            assertEquals(Map.of("MCI", ALPHA / 3), alphas(world), "SAN was taken when the wave began");
            world.stop("other", null);
            world.pass(World.START.plusSeconds(7200));
            assertEquals(Map.of("MCI", ALPHA / 3, "SAN", ALPHA / 3), alphas(world));
        }
    }

    @Test
    void regionsThatAreStartedByHandWaveAfterWaveHaveTheirShares() {
        try (World world = draft("[[PDX], [SAN], [MCI]]", "next_wave: manual\n")) {
            world.start("better", null);
            world.promote("better", "PDX");
            later(world, 1);
            world.start("better", "SAN");
            assertEquals(Map.of("SAN", ALPHA / 3), alphas(world));
        }
    }

    /** S12: it had half of the whole, whatever else was tried. */
    @Test
    void aRegionThatIsStartedAgainHasHalfOfItsShare() {
        try (World world = draft("[[PDX], [SAN, MCI]]", "")) {
            world.start("better", null);
            world.stop("better", "PDX");
            later(world, 1);
            world.start("better", "PDX");
            assertEquals(Map.of("PDX", ALPHA / 3 / 2), alphas(world));
            world.order(Lifecycle::pause, "better", "PDX");
            world.order(Lifecycle::resume, "better", "PDX");
            assertEquals(Map.of("PDX", ALPHA / 3 / 2), alphas(world), "a person's pause is no other attempt");
        }
    }

    @Test
    void aWaveThatIsPausedAndResumedByAPersonKeepsItsAlpha() {
        try (World world = draft("[[PDX, SAN]]", "")) {
            world.start("better", null);
            world.order(Lifecycle::pause, "better", null);
            later(world, 1);
            world.order(Lifecycle::resume, "better", null);
            assertEquals(Map.of("PDX", ALPHA, "SAN", ALPHA), alphas(world));
        }
    }

    @Test
    void whatALookPausedIsResumedWithHalfOfItsShare() {
        try (World world = draft("[[PDX, SAN]]", "")) {
            world.start("better", null);
            world.plane().store().write(tx -> {
                Experiment experiment = Experiments.get(tx, "better");
                var region = (Region.Running) experiment.region("PDX");
                var why = new Ending(World.START, World.START, "7", Actor.POLICY, "the ratio is wrong");
                world.plane().lifecycle().pause(tx, experiment, region, why, new Cause(Actor.POLICY, "so"));
                return null;
            });
            later(world, 1);
            world.order(Lifecycle::resume, "better", "PDX");
            assertEquals(Map.of("PDX", ALPHA / 2 / 2, "SAN", ALPHA), alphas(world));
        }
    }

    @Test
    void aChampionThatChangesInOneRegionTakesItOutOfItsWaveAndInAllOfThemTheyStayOne() {
        try (World world = draft("[[PDX, SAN]]", "")) {
            world.start("better", null);
            later(world, 1);
            world.champion("PDX", "v3");
            assertEquals(Map.of("PDX", ALPHA / 2, "SAN", ALPHA), alphas(world));
        }
        try (World world = draft("[[PDX, SAN]]", "")) {
            world.start("better", null);
            later(world, 1);
            world.champion(null, "v3");
            assertEquals(Map.of("PDX", ALPHA, "SAN", ALPHA), alphas(world), "another question about the whole wave");
        }
    }

    /** The look says with which α it was made, and is made again with it. */
    @Test
    void theLooksOfARegionApartAreMadeAgain() {
        try (World world = draft("[[PDX], [SAN]]", "")) {
            world.start("better", "SAN");
            for (int d = 0; d < 14; d++) {
                world.day("better", 1, "SAN", World.START.plus(Duration.ofDays(d)), 200, 270);
            }
            world.pass(World.START.plus(Duration.ofDays(16)));
            assertInstanceOf(EndedRegion.Promoted.class, world.region("better", "SAN"));
            List<Look> looks = world.plane().store().read(LookStore::everything);
            Look promotion = looks.stream()
                    .filter(look -> look.question().equals("promotion"))
                    .findFirst()
                    .orElseThrow();
            assertEquals(ALPHA / 2, alpha(((LookRecord.Version2) promotion.record()).design()));
            var ledger = new KpiLedger(2, new dev.ringside.experiments.store.Changes());
            world.aggregator.feed(ledger::accept);
            var replay = new LookReplay(
                    ledger, world.plane().store().read(Experiments::definitions), List.of(world.experiment("better")));
            assertEquals(
                    List.of(),
                    looks.stream()
                            .flatMap(look -> replay.problems(look.record()).stream())
                            .toList());
        }
    }
}
