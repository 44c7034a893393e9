package dev.ringside.experiments.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.routing.RoutingTable;
import dev.ringside.experiments.ExperimentsConfig;
import dev.ringside.experiments.store.Publisher.Message;
import dev.ringside.experiments.world.Documents;
import dev.ringside.experiments.world.World;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ControlPlaneTest {
    @Test
    void aRestartShowsTheSameAndPublishesWhatTheTopicShouldHold() {
        try (World world = World.replay()) {
            world.eta("PDX");
            world.put("x", Documents.experimentYaml("[[PDX]]"));
            world.start("x", null);
            world.day("x", 1, "PDX", World.START, 200, 210);
            world.pass(World.START.plus(Duration.ofDays(4)));
            var view = world.view("x");
            RoutingTable table = world.topic.table();
            int before = world.topic.records().size();
            world.restart();
            world.fleet.reports();
            assertEquals(view, world.view("x"));
            world.publish();
            assertEquals(
                    List.of("definition/x/1", "clock", "table"),
                    world.topic.records().stream()
                            .skip(before)
                            .map(Message::key)
                            .toList());
            assertEquals(table, world.topic.table());
        }
    }

    @Test
    void aStartWithAnotherNumberOfPartitionsIsRefused() {
        try (World world = World.replay()) {
            var other = new World.Config(Optional.empty(), 8, 1 << 20, Duration.ofSeconds(1), true);
            assertTrue(assertThrows(IllegalStateException.class, () -> world.restart(other))
                    .getMessage()
                    .contains("this installation was made with 2; set it to 2"));
            world.restart();
        }
    }

    @Test
    void theRoutingVersionCountsChangesOnly() {
        try (World world = World.replay()) {
            world.eta("PDX");
            world.publish();
            long version = world.topic.table().version();
            world.put("x", Documents.experimentYaml("[[PDX]]"));
            world.publish();
            assertEquals(version, world.topic.table().version(), "a draft routes nothing");
            world.start("x", null);
            world.publish();
            assertEquals(version + 1, world.topic.table().version());
            assertEquals(2, world.topic.table().partitions());
        }
    }

    @Test
    void everyDefaultOfTheConfiguration() {
        ExperimentsConfig config = new SmallRyeConfigBuilder()
                .withMapping(ExperimentsConfig.class)
                .build()
                .getConfigMapping(ExperimentsConfig.class);
        assertEquals(Optional.empty(), config.installKey());
        assertEquals(4, config.partitions());
        assertEquals(1L << 30, config.artefactLimitBytes());
        assertEquals(Duration.ofSeconds(60), config.barrierTimeout());
        assertEquals(Duration.ofSeconds(15), config.fleetTimeout());
        assertTrue(config.requireReady());
    }
}
