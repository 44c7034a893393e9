package dev.ringside.metrics.attribution;

import dev.ringside.contract.event.Mark;
import dev.ringside.contract.event.Prediction;
import dev.ringside.contract.moments.KpiMessage;
import dev.ringside.metrics.attribution.AttributionState.Entry;
import dev.ringside.metrics.attribution.AttributionState.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The writers of a partition: what each has promised, and which of a router's sequences were seen. What is in memory here
 * is a copy of what is in the state.
 */
final class Writers {
    /** Ingest that is further behind the furthest mark than its delivery timeout is not waited for. */
    static final long INGEST_PATIENCE = 30 * Nanos.SECOND;

    /** Boots of a router whose sequences are remembered; older spools were shipped long ago. */
    private static final int BOOTS = 16;

    private final Table table;
    private final Map<String, Writer> writers = new TreeMap<>();
    private final Map<String, NavigableMap<Long, Long>> sequences = new TreeMap<>();

    private record Writer(Mark.Role role, long boot, long through, boolean stepped, boolean open) {}

    Writers(Table table) {
        this.table = table;
        for (Entry entry : table.range(new byte[] {SumKeys.WRITER}, SumKeys.end(SumKeys.WRITER), Integer.MAX_VALUE)) {
            var in = new PackedReader(entry.value());
            Mark.Role role = in.flag() ? Mark.Role.ROUTER : Mark.Role.INGEST;
            writers.put(
                    new PackedReader(entry.key(), 1).text(),
                    new Writer(role, in.number(), in.fixed(), in.flag(), in.flag()));
        }
        for (Entry entry :
                table.range(new byte[] {SumKeys.SEQUENCE}, SumKeys.end(SumKeys.SEQUENCE), Integer.MAX_VALUE)) {
            var key = new PackedReader(entry.key(), 1);
            boots(key.text()).put(key.number(), new PackedReader(entry.value()).number());
        }
    }

    private NavigableMap<Long, Long> boots(String router) {
        return sequences.computeIfAbsent(router, r -> new TreeMap<>());
    }

    /** Whether a prediction's sequence was seen already; from now on it is. */
    boolean repeats(Prediction prediction) {
        NavigableMap<Long, Long> boots = boots(prediction.router());
        Long last = boots.get(prediction.boot());
        if (last != null && prediction.sequence() <= last) {
            return true;
        }
        boots.put(prediction.boot(), prediction.sequence());
        table.put(
                sequenceKey(prediction.router(), prediction.boot()),
                new PackedWriter().number(prediction.sequence()).toBytes());
        if (boots.size() > BOOTS) {
            table.delete(sequenceKey(prediction.router(), boots.pollFirstEntry().getKey()));
        }
        return false;
    }

    private static byte[] sequenceKey(String router, long boot) {
        return new PackedWriter()
                .put(SumKeys.SEQUENCE)
                .text(router)
                .number(boot)
                .toBytes();
    }

    /**
     * Takes in a mark. One that promises no more than an earlier one of its boot, such as a copy, changes nothing; so a
     * writer that was retired opens again only by a further promise or a new boot.
     */
    void accept(Mark mark) {
        Writer known = writers.get(mark.writer());
        long through = mark.through() == null ? Nanos.NEVER : Nanos.of(mark.through());
        if (known != null) {
            boolean further = through > known.through;
            if (mark.boot() < known.boot || (mark.boot() == known.boot && !further && !mark.closed() && !known.open)) {
                return;
            }
            through = Math.max(through, known.through);
        }
        var writer = new Writer(mark.role(), mark.boot(), through, mark.stepped(), !mark.closed());
        if (!writer.equals(known)) {
            writers.put(mark.writer(), writer);
            table.put(
                    new PackedWriter().put(SumKeys.WRITER).text(mark.writer()).toBytes(),
                    new PackedWriter()
                            .flag(writer.role == Mark.Role.ROUTER)
                            .number(writer.boot)
                            .fixed(writer.through)
                            .flag(writer.stepped)
                            .flag(writer.open)
                            .toBytes());
        }
    }

    /** The least promise of those that are waited for; {@link Nanos#NEVER} if one has not promised anything. */
    long horizon() {
        long furthest = furthest();
        long least = Nanos.NO_END;
        for (Writer writer : writers.values()) {
            if (writer.open && !leftOut(writer, furthest)) {
                least = Math.min(least, writer.through);
            }
        }
        return least == Nanos.NO_END ? Nanos.NEVER : least;
    }

    private long furthest() {
        return writers.values().stream().mapToLong(Writer::through).max().orElse(Nanos.NEVER);
    }

    /** A router never is: its spool may hold exposures, so somebody has to close it in its place. */
    private static boolean leftOut(Writer writer, long furthest) {
        return writer.role == Mark.Role.INGEST
                && writer.open
                && !writer.stepped
                && writer.through != Nanos.NEVER
                && furthest - writer.through > INGEST_PATIENCE;
    }

    List<KpiMessage.Writer> describe() {
        long furthest = furthest();
        var described = new ArrayList<KpiMessage.Writer>(writers.size());
        writers.forEach((id, writer) -> described.add(new KpiMessage.Writer(
                id,
                writer.role.name().toLowerCase(Locale.ROOT),
                writer.boot,
                writer.through == Nanos.NEVER ? null : Nanos.instant(writer.through),
                writer.open,
                leftOut(writer, furthest))));
        return described;
    }
}
