package dev.ringside.experiments.slot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.experiments.Refusal;
import dev.ringside.experiments.store.Tx;
import dev.ringside.experiments.world.Documents;
import dev.ringside.experiments.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ChampionsTest {
    private static String refusal(Runnable order) {
        return assertThrows(Refusal.class, order::run).getMessage();
    }

    private static Void point(World world, Tx tx, String segment, String version, String expected) {
        world.plane()
                .champions()
                .point(tx, Slots.get(tx, "eta"), segment, version, expected, "champion.set", World.ALICE);
        return null;
    }

    private static void rollBack(World world, String segment, String to) {
        world.plane().store().write(tx -> {
            world.plane().champions().rollBack(tx, Slots.get(tx, "eta"), segment, to, World.ALICE);
            return null;
        });
    }

    @Test
    void ofTwoWhoExpectTheSameChampionOneIsRefused() throws Exception {
        try (World world = World.replay();
                var threads = Executors.newFixedThreadPool(2)) {
            world.eta("PDX");
            List<Callable<Void>> orders = List.of(
                    () -> world.plane().store().write(tx -> point(world, tx, "PDX", "v2", "v1")),
                    () -> world.plane().store().write(tx -> point(world, tx, "PDX", "v3", "v1")));
            int refused = 0;
            for (Future<Void> order : threads.invokeAll(orders)) {
                try {
                    order.get();
                } catch (ExecutionException e) {
                    refused++;
                    assertTrue(e.getCause().getMessage().contains("not 'v1' as expected"));
                }
            }
            assertEquals(1, refused);
            assertEquals(
                    1,
                    world.plane()
                            .store()
                            .read(tx -> Champions.history(tx, "eta", "PDX"))
                            .size());
        }
    }

    @Test
    void aPointerIsChangedOnlyWhereItsCounterIsTheOneThatWasRead() {
        try (World world = World.replay()) {
            world.eta("PDX");
            world.champion("PDX", "v2");
            String message = refusal(() -> world.plane().store().write(tx -> {
                // Somebody who does not take the writers' lock.
                tx.update("CREATE FUNCTION steal() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN IF NEW.counter = 3 THEN RETURN NULL; END IF; RETURN NEW; END $$");
                tx.update("CREATE TRIGGER steal BEFORE UPDATE ON champions FOR EACH ROW EXECUTE FUNCTION steal()");
                point(world, tx, "PDX", "v3", null);
                return point(world, tx, "PDX", "v1", null);
            }));
            assertTrue(message.contains("was changed by somebody else at the same time"), message);
            assertEquals("v2", world.championOf("PDX"));
        }
    }

    @Test
    void aVersionThatIsNotReadyOrNotRegisteredIsNeverChampion() {
        try (World world = World.replay()) {
            world.slot("eta", "PDX");
            world.version("eta", "v1");
            assertTrue(refusal(() -> world.champion(null, "v1")).contains("no server has reported lately"));
            world.plane().accept(world.fleet.report("serving-1", "serving", 1, world.fleet.loaded(false)));
            assertTrue(refusal(() -> world.champion(null, "v1"))
                    .contains("version 'v1' of slot 'eta' is not ready at any server: serving-1: digest differs"));
            assertTrue(refusal(() -> world.champion(null, "v9")).contains("has no version 'v9'; registered are v1"));
            world.fleet.reports();
            world.champion(null, "v1");
            world.wall.advance(Duration.ofSeconds(16));
            assertTrue(refusal(() -> world.champion("PDX", "v1")).contains("no server has reported lately"));
        }
    }

    @Test
    void whereServersDoNotReportEveryRegisteredVersionMayBeChampion() {
        try (World world =
                new World(false, new World.Config(Optional.empty(), 2, 1 << 20, Duration.ofSeconds(1), false))) {
            world.slot("eta", "PDX");
            world.version("eta", "v1");
            world.champion(null, "v1");
            assertEquals("v1", world.championOf("PDX"));
        }
    }

    @Test
    void rollingBackUndoesTheLastChangeAndAnyEarlierChampionCanBeNamed() {
        try (World world = World.replay()) {
            world.eta("PDX", "SAN");
            assertTrue(refusal(() -> rollBack(world, "PDX", null)).contains("was never another one"));
            world.champion("PDX", "v2");
            world.champion("PDX", "v3");
            rollBack(world, "PDX", null);
            assertEquals("v2", world.championOf("PDX"));
            rollBack(world, "PDX", "v1");
            assertEquals("v1", world.championOf("PDX"), "the default before it had its own");
            assertEquals("v1", world.championOf("SAN"));
            assertTrue(refusal(() -> rollBack(world, "SAN", "v2")).contains("was never another one"));
            world.champion(null, "v3");
            assertTrue(refusal(() -> rollBack(world, null, "v2")).contains("earlier champions are v1"));
            rollBack(world, null, null);
            assertEquals("v1", world.championOf("SAN"));
            assertEquals(
                    List.of("alice champion.roll_back slot/eta"),
                    world.audited("slot/eta").reversed().subList(0, 1));
        }
    }

    @Test
    void historySaysWhoWasChampionAtAnEventTime() {
        try (World world = World.replay()) {
            world.eta("PDX");
            world.tick(World.START.plusSeconds(100));
            world.champion("PDX", "v2");
            world.tick(World.START.plusSeconds(200));
            world.champion("PDX", "v3");
            Map.of(0, "v1", 99, "v1", 100, "v2", 199, "v2", 200, "v3")
                    .forEach((second, version) -> assertEquals(
                            version,
                            world.plane()
                                    .store()
                                    .read(tx -> Champions.at(tx, "eta", "PDX", World.START.plusSeconds(second)))
                                    .orElseThrow()
                                    .version()));
            assertTrue(world.plane()
                    .store()
                    .read(tx -> Champions.at(tx, "eta", "PDX", World.START.minusSeconds(1)))
                    .isEmpty());
        }
    }

    @Test
    void theVersionThatASlotNamesBecomesItsFirstChampionOnceItIsReady() {
        try (World world = World.wall()) {
            String document = "unit_type: ride\ndefault_champion: v1\nsignature:\n" + Documents.SIGNATURE.indent(2);
            world.plane()
                    .store()
                    .write(tx -> world.plane().slots().put(tx, "eta", Documents.yaml(document), World.ALICE));
            world.plane().step().run();
            world.version("eta", "v1");
            world.plane().step().run();
            assertEquals(null, world.championOf("other"));
            world.fleet.reports();
            world.plane().step().run();
            assertEquals("v1", world.championOf("other"));
            String moved = document.replace("v1", "v2");
            assertTrue(refusal(() -> world.plane()
                            .store()
                            .write(tx -> world.plane().slots().put(tx, "eta", Documents.yaml(moved), World.ALICE)))
                    .contains("the default champion of slot 'eta' is 'v1'"));
        }
    }

    @Test
    void aUnitCanBeSentToOneVersionAndBack() {
        try (World world = World.replay()) {
            world.eta("PDX");
            var overrides = world.plane().overrides();
            world.plane().store().write(tx -> {
                overrides.put(tx, Slots.get(tx, "eta"), "tester-1", "v3", World.ALICE);
                return null;
            });
            world.publish();
            assertEquals(
                    "v3",
                    world.topic
                            .table()
                            .slot("eta")
                            .orElseThrow()
                            .overrides()
                            .getFirst()
                            .version());
            world.plane().store().write(tx -> {
                overrides.remove(tx, Slots.get(tx, "eta"), "tester-1", World.ALICE);
                return null;
            });
            assertTrue(refusal(() -> world.plane().store().write(tx -> {
                        overrides.remove(tx, Slots.get(tx, "eta"), "tester-1", World.ALICE);
                        return null;
                    }))
                    .contains("unit 'tester-1' has no override in slot 'eta'"));
        }
    }

    @Test
    void undoingWhatGaveASegmentItsOwnChampionGivesItTheDefaultAgain() {
        try (World world = World.replay()) {
            world.eta("PDX", "SAN");
            world.tick(World.START.plusSeconds(100));
            world.champion("PDX", "v2");
            assertEquals(Map.of("*", "v1", "PDX", "v2"), pointers(world));
            world.tick(World.START.plusSeconds(200));
            rollBack(world, "PDX", null);
            assertEquals(Map.of("*", "v1"), pointers(world));
            world.champion(null, "v3");
            assertEquals("v3", world.championOf("PDX"), "it follows the default");
            world.champion("PDX", "v2");
            rollBack(world, "PDX", null);
            assertEquals("v3", world.championOf("PDX"), "what it had before, not what it once had");
            assertEquals(Map.of("*", "v3"), pointers(world));
            Map.of(0, "v1", 100, "v2", 199, "v2", 200, "v3")
                    .forEach((second, version) -> assertEquals(
                            version,
                            world.plane()
                                    .store()
                                    .read(tx -> Champions.at(tx, "eta", "PDX", World.START.plusSeconds(second)))
                                    .orElseThrow()
                                    .version()));
        }
    }

    @Test
    void aSegmentThatHadAChampionOfItsOwnBeforeKeepsOne() {
        try (World world = World.replay()) {
            world.eta("PDX", "SAN");
            world.champion("PDX", "v1");
            world.champion("PDX", "v2");
            rollBack(world, "PDX", null);
            assertEquals(Map.of("*", "v1", "PDX", "v1"), pointers(world), "somebody had pinned it");
        }
    }

    private static Map<String, String> pointers(World world) {
        return world.plane().store().read(tx -> Champions.pointers(tx, "eta"));
    }

    /** P3: v2 → v1 → v2, the second panicked press brought the bad one back. */
    @Test
    void rollingBackTwiceGoesFurtherBackAndNeverForward() {
        try (World world = World.replay()) {
            world.eta("PDX");
            world.champion("PDX", "v2");
            world.champion("PDX", "v3");
            rollBack(world, "PDX", null);
            assertEquals("v2", world.championOf("PDX"));
            rollBack(world, "PDX", null);
            assertEquals("v1", world.championOf("PDX"));
            String message = refusal(() -> rollBack(world, "PDX", null));
            assertTrue(
                    message.contains(
                            "is 'v1', and nothing is left before it that was not rolled back; to have v2 or v3 again, name it"),
                    message);
            rollBack(world, "PDX", "v3");
            assertEquals("v3", world.championOf("PDX"));
            rollBack(world, "PDX", null);
            assertEquals("v1", world.championOf("PDX"));
        }
    }
}
