package dev.ringside.router.exposure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.event.Mark;
import dev.ringside.contract.event.Outcome;
import dev.ringside.contract.event.Prediction;
import dev.ringside.contract.event.UnitEvent;
import dev.ringside.contract.id.InstallKey;
import dev.ringside.contract.routing.ClockTick;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random interleavings of predictions that begin, are recorded or given up, of a log that acknowledges, fails (also what
 * it has written) and comes back, of steps of the clock, of clocks set back, and of kills and restarts. Then, in each
 * partition: all of the writer's events with a time before a mark stand before it; the first record of each boot is a
 * mark; and what is left after dropping repeated sequences is each recorded event once.
 */
class MarksPropertyTest {
    private static final Instant T0 = Instant.parse("2001-04-01T00:00:00Z");
    private static final int PARTITIONS = 3;
    private static final int ROUNDS = 80;
    private static final int ACTIONS = 250;

    @TempDir
    Path folder;

    private final EventTimesTest.HandClock hand = new EventTimesTest.HandClock();

    private record Recorded(String unit, Instant time, long boot) {}

    @ParameterizedTest
    @CsvSource({"true, 20010401", "false, 20260301"})
    void everyEventBeforeAMarkStandsBeforeIt(boolean stepped, long seed) throws IOException {
        var random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            run(folder.resolve("round-" + round), stepped, random, "seed " + seed + ", round " + round);
        }
    }

    private void run(Path home, boolean stepped, Random random, String name) throws IOException {
        var log = new FakeLog(PARTITIONS, false);
        var recorded = new ArrayList<Recorded>();
        var open = new ArrayList<OpenEvent>();
        Instant tick = T0;
        hand.now = T0;
        var writing = start(home, 1, stepped, log);
        int units = 0;
        for (int action = 0; action < ACTIONS; action++) {
            switch (random.nextInt(14)) {
                case 0, 1, 2 -> open.add(begin(writing, stepped, tick, random));
                case 3, 4, 5 -> {
                    if (!open.isEmpty()) {
                        OpenEvent event = open.remove(random.nextInt(open.size()));
                        String unit = "u" + units++;
                        if (writing.record(event, unit)) {
                            recorded.add(new Recorded(unit, event.time(), writing.writer.boot()));
                        }
                        event.close();
                    }
                }
                case 6 -> {
                    if (!open.isEmpty()) {
                        open.remove(random.nextInt(open.size())).close();
                    }
                }
                case 7, 8 -> {
                    int partition = random.nextInt(PARTITIONS);
                    for (int i = random.nextInt(4); i >= 0; i--) {
                        log.acknowledge(partition);
                    }
                }
                case 9 -> log.fail(random.nextInt(PARTITIONS), random.nextInt(3));
                case 10 -> {
                    tick = tick.plusMillis(random.nextInt(1500));
                    writing.times.accept(new ClockTick(tick));
                    hand.now = hand.now.plusMillis(random.nextInt(1500) - 300);
                }
                case 11 -> log.refuse(random.nextInt(3) == 0);
                case 12 -> writing.pass(TimeUnit.MILLISECONDS.toNanos(random.nextInt(1200)));
                default -> {
                    if (random.nextInt(10) == 0) {
                        // Killed: nothing of it is closed in order.
                        open.clear();
                        for (int partition = 0; partition < PARTITIONS; partition++) {
                            log.forget(partition, random.nextInt(5));
                        }
                        writing = start(home, writing.writer.boot() + 1, stepped, log);
                        if (random.nextBoolean()) {
                            writing.times.accept(new ClockTick(tick));
                        }
                    }
                }
            }
            if (random.nextBoolean()) {
                writing.step();
            }
        }
        finish(writing, log, open, tick);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            check(log.written(partition), partition, recorded, name + ", partition " + partition);
        }
    }

    private Writing start(Path home, long boot, boolean stepped, FakeLog log) throws IOException {
        return new Writing(home, boot, stepped ? EventTimes.stepped() : EventTimes.wall(hand), log, PARTITIONS);
    }

    private static OpenEvent begin(Writing writing, boolean stepped, Instant tick, Random random) {
        return writing.exposures.begin(stepped ? tick.plusMillis(random.nextInt(2000)) : null);
    }

    private static void finish(Writing writing, FakeLog log, List<OpenEvent> open, Instant tick) throws IOException {
        log.refuse(false);
        open.forEach(OpenEvent::close);
        writing.times.accept(new ClockTick(tick.plusSeconds(10)));
        writing.shipping.stop();
        for (int i = 0; i < 50 && !writing.shipping.isClosed(); i++) {
            writing.pass(TimeUnit.SECONDS.toNanos(5));
            log.acknowledgeAll();
        }
        writing.step();
        assertTrue(writing.shipping.isClosed());
        assertEquals(0, writing.spool.state().pending());
        writing.close();
    }

    private static void check(List<UnitEvent> log, int partition, List<Recorded> recorded, String name) {
        Map<String, Integer> firstAt = new HashMap<>();
        Map<Long, Long> lastSequence = new HashMap<>();
        Set<Long> boots = new HashSet<>();
        for (int i = 0; i < log.size(); i++) {
            UnitEvent event = log.get(i);
            switch (event) {
                case Prediction prediction -> {
                    if (prediction.sequence() > lastSequence.getOrDefault(prediction.boot(), 0L)) {
                        lastSequence.put(prediction.boot(), prediction.sequence());
                        assertEquals(null, firstAt.put(prediction.unit(), i), name + ": twice " + prediction);
                    }
                }
                case Mark mark -> boots.add(mark.boot());
                case Outcome outcome -> throw new AssertionError(outcome);
            }
        }
        var mine = recorded.stream()
                .filter(r -> InstallKey.partition(Writing.unitHash(r.unit), PARTITIONS) == partition)
                .toList();
        assertEquals(mine.stream().map(Recorded::unit).collect(Collectors.toSet()), firstAt.keySet(), name);
        Instant before = Instant.MIN;
        for (int i = 0; i < log.size(); i++) {
            if (log.get(i) instanceof Mark mark && mark.through() != null) {
                for (Recorded event : mine) {
                    if (event.time.isBefore(mark.through()) && event.boot <= mark.boot()) {
                        assertTrue(firstAt.get(event.unit) < i, name + ": " + event + " stands behind " + mark);
                    }
                }
                assertTrue(mark.boot() > 1 || !mark.through().isBefore(before), name + ": a mark goes back");
                before = mark.through();
            }
        }
        for (long boot : boots) {
            UnitEvent first = log.stream()
                    .filter(event -> boot
                            == switch (event) {
                                case Prediction p -> p.boot();
                                case Mark m -> m.boot();
                                case Outcome o -> -1;
                            })
                    .findFirst()
                    .orElseThrow();
            assertInstanceOf(Mark.class, first, name);
        }
    }
}
