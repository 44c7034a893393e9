package dev.ringside.experiments.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.experiments.Refusal;
import dev.ringside.experiments.slot.Slots;
import dev.ringside.experiments.world.Documents;
import dev.ringside.experiments.world.World;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** P2: every state has its way on, and says which. */
class StandingTest {
    private static final Set<Act> OF_REGIONS = EnumSet.complementOf(EnumSet.of(Act.DELETE));

    /** Brings a region to a state by orders, and by champions pointed at by hand. */
    private static World at(String path) {
        World world = World.replay();
        world.eta("PDX", "SAN");
        world.put("better", Documents.experimentYaml("[[SAN], [PDX]]"));
        world.start("better", null);
        for (String step : path.split(" ", -1)) {
            if (step.startsWith("v")) {
                world.champion("PDX", step);
            } else if (step.equals("back")) {
                world.plane().store().write(tx -> {
                    world.plane().champions().rollBack(tx, Slots.get(tx, "eta"), "PDX", null, World.ALICE);
                    return null;
                });
            } else if (!step.equals("nothing")) {
                carryOut(world, Act.valueOf(step.toUpperCase(Locale.ROOT)));
            }
        }
        return world;
    }

    private static void carryOut(World world, Act act) {
        World.Order order = switch (act) {
            case START -> Lifecycle::start;
            case STOP -> Lifecycle::stop;
            case PROMOTE -> Lifecycle::promote;
            case ROLL_BACK -> Lifecycle::rollBack;
            case PAUSE -> Lifecycle::pause;
            case RESUME -> Lifecycle::resume;
            case END_HOLDBACK -> Lifecycle::endHoldback;
            case DELETE -> throw new IllegalArgumentException("not of a region");
        };
        world.order(order, "better", "PDX");
    }

    private static List<Act> offered(World world) {
        return world.plane().store().read(tx -> {
            Experiment experiment = Experiments.get(tx, "better");
            return world.plane().lifecycle().acts(tx, experiment, experiment.region("PDX"));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "nothing, waiting",
        "start, running",
        "start pause, paused",
        "start promote, promoted",
        "start promote end_holdback, promoted",
        "start promote back, superseded",
        "start promote v3, superseded",
        "start promote back promote, promoted",
        "start promote roll_back, rolled_back",
        "start roll_back, rolled_back",
        "start roll_back v2, superseded",
        "start stop, stopped",
        "start stop v2, superseded",
        "start stop v3, stopped",
        "stop, stopped",
        "stop v2, stopped",
        "start pause v3 resume, running",
        "start pause stop, stopped",
    })
    void eachActThatAStateListsSucceedsAndEachOtherIsRefused(String path, String state) {
        List<Act> offered;
        try (World world = at(path)) {
            offered = offered(world);
            assertEquals(state, world.view("better", "PDX").state());
            assertTrue(!offered.isEmpty() || path.equals("stop v2"), () -> "a dead end after " + path);
            for (Act act : OF_REGIONS) {
                if (!offered.contains(act)) {
                    String message = assertThrows(
                                    Refusal.class, () -> carryOut(world, act), () -> act + " after " + path)
                            .getMessage();
                    assertTrue(message.contains("cannot "), message);
                }
            }
        }
        for (Act act : offered) {
            try (World world = at(path)) {
                carryOut(world, act);
            }
        }
    }
}
