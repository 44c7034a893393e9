package dev.ringside.experiments.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.routing.FleetReport;
import dev.ringside.experiments.Refusal;
import dev.ringside.experiments.decision.Scope;
import dev.ringside.experiments.experiment.EndedRegion;
import dev.ringside.experiments.experiment.Experiments;
import dev.ringside.experiments.experiment.Region;
import dev.ringside.experiments.world.Documents;
import dev.ringside.experiments.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** A wave is decided as a whole, each of its regions has a veto of its own, and nothing stops harm from being seen. */
class WaveLooksTest {
    private static Instant day(int number) {
        return World.START.plus(Duration.ofDays(number));
    }

    private static World running(String document, String... regions) {
        World world = World.replay();
        world.eta(regions);
        world.put("better", document);
        world.start("better", null);
        world.plane().store().read(tx -> Experiments.definitions(tx)).forEach(world.aggregator::define);
        return world;
    }

    private static World wave() {
        return running(Documents.experimentYaml("[[PDX, SAN]]") + "harm_elsewhere: warn\n", "PDX", "SAN");
    }

    private static List<Look> looks(World world, String question) {
        return world.plane().store().read(LookStore::everything).stream()
                .filter(look -> look.question().equals(question))
                .toList();
    }

    /** S21: neither region alone has half of what is needed. */
    @Test
    void regionsThatTogetherProveTheEffectArePromotedTogether() {
        try (World world = wave()) {
            for (int d = 0; d < 14; d++) {
                world.day("better", 1, "PDX", day(d), 200, 216);
                world.day("better", 1, "SAN", day(d), 300, 316);
            }
            world.pass(day(16));
            assertInstanceOf(EndedRegion.Promoted.class, world.region("better", "PDX"));
            assertInstanceOf(EndedRegion.Promoted.class, world.region("better", "SAN"));
            Look wave = looks(world, "promotion").getLast();
            assertEquals(
                    new Scope.Wave(1, List.of("PDX", "SAN")),
                    wave.record().evidence().scope());
            assertEquals("wave 1", wave.segment());
            assertEquals(2, wave.record().evidence().strata().size());
            assertEquals(wave.id(), world.view("better", "SAN").lookId());
        }
    }

    /** S11: else only those regions would be summed in which the challenger happened to do well. */
    @Test
    void aRegionThatIsRolledBackStaysInWhatTheWaveSumsAndIsNotPromoted() {
        try (World world = wave()) {
            for (int d = 0; d < 14; d++) {
                world.day("better", 1, "PDX", day(d), 200, 290);
                if (d < 5) {
                    world.day("better", 1, "SAN", day(d), 300, 230);
                }
            }
            for (int d = 1; d <= 16; d++) {
                world.pass(day(d));
            }
            assertInstanceOf(EndedRegion.RolledBack.class, world.region("better", "SAN"));
            assertInstanceOf(EndedRegion.Promoted.class, world.region("better", "PDX"));
            var strata = looks(world, "promotion").getLast().record().evidence().strata();
            assertEquals(
                    List.of("PDX", "SAN"), strata.stream().map(s -> s.segment()).toList());
            assertTrue(
                    strata.getLast().arms().getFirst().moments().get("booked").units() > 0);
        }
    }

    @Test
    void aRegionWhoseOwnLookVetoesIsNotPromotedWithItsWaveAndSaysWhy() {
        try (World world = wave()) {
            for (int d = 0; d < 14; d++) {
                world.day("better", 1, "PDX", day(d), 200, 250);
                world.day("better", 1, "SAN", day(d), 200, 250);
            }
            // One unit in a hundred of the challenger's is also seen in the other arm.
            world.aggregator.crossed("better", 1, "SAN", "challenger", 0.02);
            world.pass(day(16));
            assertInstanceOf(EndedRegion.Promoted.class, world.region("better", "PDX"));
            assertInstanceOf(Region.Running.class, world.region("better", "SAN"));
            assertEquals("blocked", world.view("better", "SAN").verdict());
            assertTrue(
                    world.view("better", "SAN").verdictText().contains("promotion is vetoed by the region's own look"),
                    world.view("better", "SAN").verdictText());
        }
    }

    @Test
    void aRegionThatIsDecidedByItselfHasALookForPromotionOfItsOwn() {
        try (World world = running(Documents.experimentYaml("[[PDX, SAN]]") + "scope: region\n", "PDX", "SAN")) {
            for (int d = 0; d < 14; d++) {
                world.day("better", 1, "PDX", day(d), 200, 260);
                world.day("better", 1, "SAN", day(d), 200, 201);
            }
            world.pass(day(16));
            assertInstanceOf(EndedRegion.Promoted.class, world.region("better", "PDX"));
            assertInstanceOf(EndedRegion.Inconclusive.class, world.region("better", "SAN"));
            assertEquals(
                    List.of("PDX", "SAN"),
                    looks(world, "promotion").stream().map(Look::segment).toList());
        }
    }

    /** S15: the version is not ready, so the promotion waits; the challenger gets worse, and that is seen. */
    @Test
    void harmIsLookedAtWhileAPromotionWaitsForReadiness() {
        try (World world = running(Documents.experimentYaml("[[PDX]]"), "PDX")) {
            for (int d = 0; d < 40; d++) {
                world.day("better", 1, "PDX", day(d), 200, d < 14 ? 260 : 60);
            }
            world.pass(day(15));
            for (int d = 16; d < 40; d++) {
                world.aggregator.reach(day(d));
                world.tick(day(d));
                world.plane().accept(world.fleet.report("serving-1", "serving", Long.MAX_VALUE, List.of()));
                world.plane().accept(world.fleet.report("router-1", "router", Long.MAX_VALUE, List.of()));
                if (d == 16) {
                    Instant now = day(d);
                    var waits = Assertions.assertThrows(
                            Refusal.class,
                            () -> world.plane().barrier().orElseThrow().pass(now));
                    assertTrue(waits.getMessage().contains("promotion waits: version 'v2'"), waits.getMessage());
                    assertEquals("promote", looks(world, "promotion").getLast().verdict());
                } else {
                    world.plane().looks().run();
                }
                if (world.region("better", "PDX") instanceof EndedRegion.RolledBack) {
                    break;
                }
            }
            assertInstanceOf(EndedRegion.RolledBack.class, world.region("better", "PDX"));
            assertEquals("v1", world.championOf("PDX"));
        }
    }

    /** S15: a spool that is full may lack units of either arm, so nothing is promoted; harm is harm all the same. */
    @Test
    void harmIsLookedAtWhileASpoolIsFullAndNothingIsPromoted() {
        try (World world = running(Documents.experimentYaml("[[PDX], [SAN]]"), "PDX", "SAN")) {
            for (int d = 0; d < 14; d++) {
                world.day("better", 1, "PDX", day(d), 200, 260);
            }
            world.pass(day(15));
            full(world, true);
            world.aggregator.reach(day(16));
            world.tick(day(16));
            assertEquals(
                    List.of("better/PDX: promotion waits: router router-1's spool is full (7 events): its units get the"
                            + " champion and are in no experiment"),
                    world.plane().looks().run());
            assertEquals(day(16), looks(world, "watch").getLast().at());
            assertInstanceOf(Region.Running.class, world.region("better", "PDX"));
            full(world, false);
            world.pass(day(16));
            assertInstanceOf(EndedRegion.Promoted.class, world.region("better", "PDX"));
        }
        try (World world = running(Documents.experimentYaml("[[PDX]]"), "PDX")) {
            world.day("better", 1, "PDX", day(0), 200, 120);
            full(world, true);
            world.aggregator.reach(day(3));
            world.tick(day(3));
            assertEquals(List.of(), world.plane().looks().run());
            assertInstanceOf(EndedRegion.RolledBack.class, world.region("better", "PDX"));
        }
    }

    private static void full(World world, boolean full) {
        FleetReport router = world.fleet.report("router-1", "router", Long.MAX_VALUE, List.of());
        world.plane()
                .accept(new FleetReport(
                        router.id(),
                        router.role(),
                        router.boot(),
                        router.at(),
                        router.routingVersion(),
                        router.clock(),
                        router.versions(),
                        new FleetReport.Spool(full ? 7 : 0, 1_000, full),
                        router.breakGlass(),
                        router.breakGlassChanges(),
                        router.counters(),
                        router.stopped(),
                        router.standstills()));
    }

    /** S7: the alarm is no amnesty: what closes while a region is paused may prove harm. */
    @Test
    void harmIsLookedAtWhileARegionIsPausedAndNothingIsPromoted() {
        try (World world = running(Documents.experimentYaml("[[PDX]]"), "PDX")) {
            world.aggregator.count("better", 1, "PDX", "champion", day(0), 9_771, 2_000);
            world.aggregator.count("better", 1, "PDX", "challenger", day(0), 5_909, 600);
            world.pass(day(1));
            assertInstanceOf(Region.Paused.class, world.region("better", "PDX"));
            world.pass(day(3));
            // The only cohort lost its treatment in mid-window, so it says nothing.
            assertInstanceOf(Region.Paused.class, world.region("better", "PDX"));
        }
        try (World world = running(Documents.experimentYaml("[[PDX]]"), "PDX")) {
            for (int d = 0; d < 2; d++) {
                world.day("better", 1, "PDX", day(d), 200, 120);
            }
            world.tick(day(1).plus(Duration.ofHours(40)));
            world.plane().store().write(tx -> {
                world.plane().lifecycle().pause(tx, "better", null, World.ALICE);
                return null;
            });
            world.pass(day(3));
            assertInstanceOf(EndedRegion.RolledBack.class, world.region("better", "PDX"));
        }
    }

    /** Each look of each series is made again from the log: of regions, waves, restarts and holdbacks alike. */
    @Test
    void everyLookOfEverySeriesIsMadeAgain() {
        try (World world = wave()) {
            for (int d = 0; d < 20; d++) {
                world.day("better", 1, "PDX", day(d), 200, 270);
                world.day("better", 1, "SAN", day(d), 300, d < 6 ? 230 : 310);
            }
            for (int d = 1; d <= 20; d++) {
                world.pass(day(d));
            }
            var ledger = new KpiLedger(2, new dev.ringside.experiments.store.Changes());
            world.aggregator.feed(ledger::accept);
            var replay = new LookReplay(
                    ledger, world.plane().store().read(Experiments::definitions), List.of(world.experiment("better")));
            List<Look> looks = world.plane().store().read(LookStore::everything);
            assertTrue(looks.stream().anyMatch(look -> look.record().evidence().scope() instanceof Scope.Wave));
            assertEquals(
                    List.of(),
                    looks.stream()
                            .flatMap(look -> replay.problems(look.record()).stream())
                            .toList());
        }
    }

    /** S11, S17: what a promotion is worth is measured on, and late harm undoes it. */
    @Test
    void harmBehindAPromotionIsFoundByThoseHeldBackAndUndoesIt() {
        try (World world =
                running(Documents.experimentYaml("[[PDX]]") + "holdback: {share: 20%, duration: 28d}\n", "PDX")) {
            for (int d = 0; d < 14; d++) {
                world.day("better", 1, "PDX", day(d), 200, 260);
            }
            world.pass(day(16));
            var promoted = (EndedRegion.Promoted) world.region("better", "PDX");
            var holdback = promoted.holdback();
            assertEquals("v2", world.championOf("PDX"));
            int epoch = holdback.epoch().epoch();
            world.plane().store().read(tx -> Experiments.definitions(tx)).forEach(world.aggregator::define);
            List<Integer> weights =
                    holdback.epoch().arms().stream().map(arm -> arm.weight()).toList();
            int control = 500 * weights.getFirst() / weights.getLast();
            for (int d = 16; d < 40; d++) {
                world.aggregator.count("better.holdback", epoch, "PDX", "champion", day(d), control, control / 5);
                world.aggregator.count("better.holdback", epoch, "PDX", "challenger", day(d), 500, 40);
            }
            world.pass(day(24));
            assertInstanceOf(EndedRegion.RolledBack.class, world.region("better", "PDX"));
            assertEquals("v1", world.championOf("PDX"));
            Look look = looks(world, "holdback").getLast();
            assertEquals("roll_back", look.verdict());
            assertInstanceOf(Scope.Holdback.class, look.record().evidence().scope());
            var ledger = new KpiLedger(2, new dev.ringside.experiments.store.Changes());
            world.aggregator.feed(ledger::accept);
            var replay = new LookReplay(
                    ledger, world.plane().store().read(Experiments::definitions), List.of(world.experiment("better")));
            assertEquals(
                    List.of(),
                    Stream.of(world.plane().store().read(LookStore::everything))
                            .flatMap(List::stream)
                            .flatMap(l -> replay.problems(l.record()).stream())
                            .toList());
        }
    }
}
