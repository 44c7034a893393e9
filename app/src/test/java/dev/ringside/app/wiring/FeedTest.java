package dev.ringside.app.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.id.InstallKey;
import dev.ringside.contract.routing.RoutingTable;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
@DisplayName("B7: a failure stays with its part")
class FeedTest {
    private static RoutingTable table(long version) {
        return new RoutingTable(
                version, Instant.EPOCH, InstallKey.parse("000102030405060708090a0b0c0d0e0f"), 1, List.of());
    }

    /** A part that takes tables as it is told to. */
    private record Taking(String name, java.util.function.Consumer<RoutingTable> tables) implements Part {
        @Override
        public @Nullable String notReady() {
            return null;
        }

        @Override
        public void accept(RoutingTable table) {
            tables.accept(table);
        }

        @Override
        public void close() {}
    }

    @Test
    void aTableThatThrewIsTriedAgainUntilItIsTaken() throws InterruptedException {
        var tries = new AtomicInteger();
        var taken = new CountDownLatch(1);
        var part = new Taking("metrics", _ -> {
            if (tries.incrementAndGet() == 1) {
                throw new IllegalStateException("kafka streams did not start");
            }
        });
        try (var feed = new Feed(part, taken::countDown).start()) {
            feed.accept(table(7));
            while (feed.failure() == null) {
                Thread.sleep(5);
            }
            assertEquals("metrics: does not take routing table 7: kafka streams did not start", feed.failure());
            assertTrue(taken.await(10, TimeUnit.SECONDS));
            while (feed.failure() != null) {
                Thread.sleep(5);
            }
            assertNull(feed.failure());
        }
    }

    @Test
    void aPartThatHangsKeepsNoOtherFromItsTable() throws InterruptedException {
        var hang = new CountDownLatch(1);
        var taken = new CopyOnWriteArrayList<Long>();
        var done = new CountDownLatch(1);
        try (var hung = new Feed(new Taking("serving", _ -> awaitFor(hang)), () -> {}).start();
                var other = new Feed(new Taking("router", t -> taken.add(t.version())), done::countDown).start()) {
            hung.accept(table(7));
            other.accept(table(7));
            assertTrue(done.await(10, TimeUnit.SECONDS));
            assertEquals(List.of(7L), taken);
            hang.countDown();
        }
    }

    @Test
    void aNewerTableTakesThePlaceOfOneThatIsNotTaken() throws InterruptedException {
        var taken = new CopyOnWriteArrayList<Long>();
        var done = new CountDownLatch(1);
        var part = new Taking("router", t -> {
            if (t.version() == 7) {
                throw new IllegalStateException("no");
            }
            taken.add(t.version());
        });
        try (var feed = new Feed(part, done::countDown).start()) {
            feed.accept(table(7));
            while (feed.failure() == null) {
                Thread.sleep(5);
            }
            feed.accept(table(8));
            assertTrue(done.await(10, TimeUnit.SECONDS));
            assertEquals(List.of(8L), taken);
        }
    }

    private static void awaitFor(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
