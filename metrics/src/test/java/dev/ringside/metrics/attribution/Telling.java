package dev.ringside.metrics.attribution;

import dev.ringside.contract.event.Mark;
import dev.ringside.contract.event.Outcome;
import dev.ringside.contract.event.Prediction;
import dev.ringside.contract.event.UnitEvent;
import dev.ringside.contract.id.InstallKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One way of telling a world: its events in some order that the writers' marks allow, spread over partitions, with
 * predictions shipped again and marks repeated.
 */
final class Telling {
    private static final Instant END = World.START.plus(Duration.ofDays(90));

    private final Random random;
    private final List<List<UnitEvent>> logs = new ArrayList<>();

    private Telling(Random random, int partitions) {
        this.random = random;
        for (int p = 0; p < partitions; p++) {
            logs.add(new ArrayList<>());
        }
    }

    /**
     * @param disorder how many of a writer's events may be out of order at once; 1 tells it in order of time
     * @param markEvery how many events stand between two marks, about
     */
    static List<List<UnitEvent>> of(World world, long seed, int partitions, int disorder, int markEvery) {
        var telling = new Telling(new Random(seed), partitions);
        telling.tell(world, disorder, markEvery);
        return telling.logs;
    }

    private void tell(World world, int disorder, int markEvery) {
        Map<String, List<UnitEvent>> left = new TreeMap<>();
        for (String writer : List.of("router-a", "router-b", "ingest-a", "ingest-b")) {
            left.put(writer, new ArrayList<>());
            mark(writer, random.nextBoolean() ? null : Instant.EPOCH, false);
        }
        world.predictions().forEach(p -> left.get(p.router()).add(p));
        world.outcomes().forEach(o -> left.get(o.ingest()).add(o));
        for (List<UnitEvent> events : left.values()) {
            Collections.shuffle(events, random);
            events.sort(java.util.Comparator.comparing(Telling::stamp));
        }
        long sequence = 0;
        while (left.values().stream().anyMatch(events -> !events.isEmpty())) {
            List<String> writers =
                    left.keySet().stream().filter(w -> !left.get(w).isEmpty()).toList();
            String writer = writers.get(random.nextInt(writers.size()));
            List<UnitEvent> events = left.get(writer);
            UnitEvent event = events.remove(random.nextInt(Math.min(disorder, events.size())));
            List<UnitEvent> log = logs.get(partition(event));
            if (event instanceof Prediction p) {
                log.add(numbered(p, ++sequence));
                if (random.nextInt(10) == 0) {
                    shipAgain(log, writer);
                }
            } else {
                log.add(event);
            }
            if (random.nextInt(markEvery) == 0) {
                mark(writer, through(left.get(writer)), false);
            }
        }
        for (String writer : left.keySet()) {
            mark(writer, END, false);
            mark(writer, END, random.nextInt(4) == 0);
        }
    }

    private int partition(UnitEvent event) {
        long hash = switch (event) {
            case Prediction p -> p.unitHash();
            case Outcome o -> o.unitHash();
            case Mark m -> 0;
        };
        return InstallKey.partition(hash, logs.size());
    }

    /** As far as the writer can promise, or less far. */
    private Instant through(List<UnitEvent> left) {
        Instant through =
                left.stream().map(Telling::stamp).min(Instant::compareTo).orElse(END);
        return random.nextInt(4) == 0 ? through.minus(Duration.ofHours(random.nextInt(48))) : through;
    }

    private static Instant stamp(UnitEvent event) {
        return switch (event) {
            case Prediction p -> p.time();
            case Outcome o -> o.receivedAt();
            case Mark m -> throw new IllegalArgumentException("marks have no stamp");
        };
    }

    private void mark(String writer, @Nullable Instant through, boolean closed) {
        Mark.Role role = writer.startsWith("router") ? Mark.Role.ROUTER : Mark.Role.INGEST;
        for (List<UnitEvent> log : logs) {
            log.add(new Mark(writer, role, 1, through, true, closed));
            if (random.nextInt(8) == 0) {
                log.stream()
                        .filter(e -> e instanceof Mark m && m.writer().equals(writer) && !m.closed())
                        .skip(random.nextInt(3))
                        .findFirst()
                        .ifPresent(log::add);
            }
        }
    }

    private void shipAgain(List<UnitEvent> log, String writer) {
        List<UnitEvent> shipped = log.stream()
                .filter(e -> e instanceof Prediction p && p.router().equals(writer))
                .toList();
        log.addAll(shipped.subList(random.nextInt(shipped.size()), shipped.size()));
    }

    private static Prediction numbered(Prediction p, long sequence) {
        return new Prediction(
                p.predictionId(),
                p.unit(),
                p.time(),
                p.slot(),
                p.segment(),
                p.experiment(),
                p.epoch(),
                p.variant(),
                p.assignedVersion(),
                p.servedVersion(),
                p.propensity(),
                p.reason(),
                p.requestId(),
                p.action(),
                p.actionPropensity(),
                p.router(),
                p.boot(),
                sequence);
    }
}
