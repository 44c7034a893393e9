package dev.ringside.experiments.world;

import dev.ringside.contract.kpi.EpochDefinition;
import dev.ringside.contract.moments.ArmCounts;
import dev.ringside.contract.moments.ArmKey;
import dev.ringside.contract.moments.CellKey;
import dev.ringside.contract.moments.ExposureCounts;
import dev.ringside.contract.moments.KpiMessage;
import dev.ringside.contract.moments.Moments;
import dev.ringside.contract.moments.OutcomeClass;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjLongConsumer;

/**
 * Stands for the aggregator: holds cells, closes them as its horizon passes, and remembers every message so that a new
 * reader can begin at the beginning.
 */
public final class Aggregator {
    private static final BigInteger MICRO = BigInteger.valueOf(1_000_000);

    private final int partitions;
    private final List<KpiMessage> log = new ArrayList<>();
    private final Map<Integer, Long> offsets = new HashMap<>();
    private final Map<CellKey, Moments> cells = new LinkedHashMap<>();
    private final Map<ArmKey, Long> arms = new LinkedHashMap<>();
    private final Map<String, Double> crossed = new HashMap<>();
    private final Map<String, EpochDefinition> definitions = new HashMap<>();
    private ObjLongConsumer<KpiMessage> reader = (message, offset) -> {};

    public Aggregator(int partitions) {
        this.partitions = partitions;
    }

    /** What it may count; a definition has to come before its units. */
    public void define(EpochDefinition definition) {
        definitions.put(definition.experiment() + "/" + definition.epoch(), definition);
    }

    /** Counts units of one arm that were first exposed on a day, so many of them with an event. */
    public void count(
            String experiment, int epoch, String segment, String variant, Instant day, int units, int events) {
        for (var kpi : definition(experiment, epoch).kpis()) {
            cells.put(
                    new CellKey(experiment, epoch, segment, variant, kpi.name(), day),
                    new Moments(
                            units,
                            events,
                            MICRO.multiply(BigInteger.valueOf(events)),
                            BigInteger.ZERO,
                            BigInteger.ZERO,
                            MICRO.multiply(MICRO).multiply(BigInteger.valueOf(events)),
                            BigInteger.ZERO,
                            BigInteger.ZERO,
                            BigInteger.ZERO,
                            BigInteger.ZERO,
                            BigInteger.ZERO,
                            MICRO.pow(3).multiply(BigInteger.valueOf(events)),
                            31L * units + events));
        }
        arms.put(new ArmKey(experiment, epoch, segment, variant, day), (long) units);
    }

    /** Says that a share of an arm's units was seen in another arm too. */
    public void crossed(String experiment, int epoch, String segment, String variant, double share) {
        crossed.put(String.join("/", experiment, Integer.toString(epoch), segment, variant), share);
    }

    private long crossed(ArmKey key, long units) {
        String arm = String.join("/", key.experiment(), Integer.toString(key.epoch()), key.segment(), key.variant());
        return Math.round(units * crossed.getOrDefault(arm, 0.0));
    }

    private EpochDefinition definition(String experiment, int epoch) {
        return definitions.get(experiment + "/" + epoch);
    }

    /** Feeds a reader from the beginning, and with everything that follows. */
    public void feed(ObjLongConsumer<KpiMessage> newReader) {
        reader = newReader;
        offsets.clear();
        log.forEach(this::deliver);
    }

    /** Moves the horizon of every partition to a time. */
    public void reach(Instant time) {
        for (int partition = 0; partition < partitions; partition++) {
            reach(partition, time, List.of());
        }
    }

    /** Moves the horizon of one partition, with what is known of its writers. */
    public void reach(int partition, Instant time, List<KpiMessage.Writer> writers) {
        // All units lie in partition 0, so that no test depends on how they are spread.
        if (partition == 0) {
            cells.forEach((key, moments) -> send(new KpiMessage.Cell(0, key, moments, closed(key, time))));
            arms.forEach((key, units) -> send(new KpiMessage.Arm(
                    0,
                    key,
                    new ArmCounts(units, 0, 0, units / 2, 0, 0, units),
                    settled(key, time),
                    new ExposureCounts(units, crossed(key, units), 0, 0, 0, units),
                    complete(key, time))));
        }
        send(new KpiMessage.Snapshot(
                partition,
                time,
                time.getEpochSecond(),
                writers,
                new KpiMessage.Totals(10, 1, 0, Map.of(OutcomeClass.COUNTED, 7L, OutcomeClass.LATE, 2L))));
    }

    private boolean closed(CellKey key, Instant time) {
        var kpi = definition(key.experiment(), key.epoch()).kpis().stream()
                .filter(k -> k.name().equals(key.kpi()))
                .findFirst()
                .orElseThrow();
        return !EpochDefinition.closes(kpi, key.cohort()).isAfter(time);
    }

    private boolean complete(ArmKey key, Instant time) {
        Instant end =
                key.cohort().plus(definition(key.experiment(), key.epoch()).cohort());
        return !end.isAfter(time);
    }

    private boolean settled(ArmKey key, Instant time) {
        return !definition(key.experiment(), key.epoch()).settled(key.cohort()).isAfter(time);
    }

    private void send(KpiMessage message) {
        log.add(message);
        deliver(message);
    }

    private void deliver(KpiMessage message) {
        reader.accept(message, offsets.merge(message.partition(), 1L, Long::sum));
    }
}
