package dev.ringside.experiments.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.id.InstallKey;
import dev.ringside.experiments.world.Documents;
import dev.ringside.experiments.world.Postgres;
import dev.ringside.experiments.world.Topic;
import dev.ringside.experiments.world.World;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreTest {
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
    private static final InstallKey KEY = new InstallKey(1, 2);

    private final Changes changes = new Changes();

    private static void add(Store store, String... keys) {
        store.write(tx -> {
            for (String key : keys) {
                Outbox.add(tx, key, "{}");
            }
            return null;
        });
    }

    @Test
    void theInstallKeyIsMadeOnceAndEveryOtherConfigurationIsRefusedWithBothProblems() {
        try (var database = Postgres.database()) {
            var store = new Store(database, changes, List.of());
            Installation made = Installation.open(store, Optional.empty(), 4, () -> 9, NOW);
            assertEquals(new InstallKey(9, 9), made.key());
            assertEquals(made, Installation.open(store, Optional.empty(), 4, () -> 11, NOW));
            var refusal = assertThrows(
                    IllegalStateException.class, () -> Installation.open(store, Optional.of(KEY), 8, () -> 11, NOW));
            assertTrue(refusal.getMessage().contains("ringside.experiments.install-key is not the key"));
            assertTrue(
                    refusal.getMessage().contains("partitions is 8, this installation was made with 4; set it to 4"));
        }
    }

    @Test
    void aWriteThatFailsLeavesNothing() {
        try (var database = Postgres.database()) {
            var store = new Store(database, changes, List.of());
            long before = changes.count();
            assertThrows(
                    IllegalStateException.class,
                    () -> store.write(tx -> {
                        Outbox.add(tx, "a", "{}");
                        throw new IllegalStateException("no");
                    }));
            assertEquals(List.of(), store.read(tx -> tx.list("SELECT key FROM outbox", c -> c.text("key"))));
            assertEquals(before, changes.count());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPDATE %s SET at = now()", "DELETE FROM %s"})
    void auditAndLooksAreOnlyEverAddedTo(String statement) {
        try (World world = World.replay()) {
            world.eta("PDX");
            world.put("x", Documents.experimentYaml("[[PDX]]"));
            world.start("x", null);
            world.day("x", 1, "PDX", World.START, 200, 210);
            world.pass(World.START.plus(Duration.ofDays(3)));
            for (String table : List.of("audit", "looks")) {
                var failure = assertThrows(
                        StoreFailure.class,
                        () -> world.plane().store().write(tx -> tx.update(statement.formatted(table))));
                assertTrue(failure.getMessage().contains("table " + table + " is append-only"));
            }
        }
    }

    @Test
    void writesOfTwoControlPlanesComeOneAfterTheOther() throws Exception {
        try (var database = Postgres.database();
                var threads = Executors.newFixedThreadPool(4)) {
            var planes = List.of(new Store(database, changes, List.of()), new Store(database, changes, List.of()));
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                Store store = planes.get(i % 2);
                // Reads the count and adds one row: without the lock two would read the same count.
                tasks.add(() -> store.write(tx -> {
                    int count = tx.list("SELECT id FROM outbox", c -> c.number("id"))
                            .size();
                    Outbox.add(tx, Integer.toString(count), "{}");
                    return count;
                }));
            }
            var counts = new ArrayList<Integer>();
            for (Future<Integer> result : threads.invokeAll(tasks)) {
                counts.add(result.get());
            }
            assertEquals(40, counts.stream().distinct().count());
        }
    }

    @Test
    void theOutboxIsPublishedInOrderAndWhatWasRefusedComesAgain() throws Exception {
        try (var database = Postgres.database()) {
            var store = new Store(database, changes, List.of());
            var topic = new Topic();
            var relay = new OutboxRelay(store, topic, changes);
            add(store, "definition/a/1", "table");
            add(store, "definition/a/2", "table");
            topic.refuseAfter(1);
            assertThrows(IOException.class, relay::drain);
            assertEquals(List.of("definition/a/1"), topic.keys());
            topic.refuseAfter(Integer.MAX_VALUE);
            relay.drain();
            assertEquals(List.of("definition/a/1", "table", "definition/a/2", "table"), topic.keys());
            relay.drain();
            assertEquals(4, topic.keys().size());
        }
    }

    @Test
    void aRelayThatDiesAfterPublishingPublishesAgain() throws Exception {
        try (var database = Postgres.database()) {
            var store = new Store(database, changes, List.of());
            var topic = new Topic();
            Publisher dying = message -> {
                topic.publish(message);
                throw new IllegalStateException("killed before the deletion was committed");
            };
            add(store, "table");
            assertThrows(IllegalStateException.class, () -> new OutboxRelay(store, dying, changes).drain());
            new OutboxRelay(store, topic, changes).drain();
            assertEquals(List.of("table", "table"), topic.keys());
        }
    }

    @Test
    void theRelaysThreadPublishesWhateverIsCommitted() throws Exception {
        try (var database = Postgres.database()) {
            var store = new Store(database, changes, List.of());
            var topic = new Topic();
            try (var relay = new OutboxRelay(store, topic, changes)) {
                relay.start();
                add(store, "a");
                add(store, "b");
                for (int i = 0; i < 200 && topic.keys().size() < 2; i++) {
                    Thread.sleep(10);
                }
            }
            assertEquals(List.of("a", "b"), topic.keys());
        }
    }

    @Test
    void aWaiterIsToldWhichExperimentChangedIfItWasOnlyOne() throws Exception {
        long seen = changes.count();
        assertEquals(seen, changes.await(seen, Duration.ofMillis(1)).count());
        changes.signal(List.of("a"));
        assertEquals(new Changes.Seen(seen + 1, "a"), changes.await(seen, Duration.ofSeconds(5)));
        changes.signal(List.of("b"));
        assertEquals(new Changes.Seen(seen + 2, null), changes.await(seen, Duration.ofSeconds(5)));
        assertEquals("b", changes.await(seen + 1, Duration.ofSeconds(5)).experiment());
        changes.signal();
        assertEquals(null, changes.await(seen + 1, Duration.ofSeconds(5)).experiment());
    }
}
