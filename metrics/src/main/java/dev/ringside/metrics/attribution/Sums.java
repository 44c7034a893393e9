package dev.ringside.metrics.attribution;

import static dev.ringside.metrics.attribution.ArmSum.CHANGED;

import dev.ringside.contract.moments.ArmCounts;
import dev.ringside.contract.moments.ArmKey;
import dev.ringside.contract.moments.CellKey;
import dev.ringside.contract.moments.ExposureCounts;
import dev.ringside.contract.moments.KpiMessage;
import dev.ringside.contract.moments.Moments;
import dev.ringside.metrics.attribution.ArmSum.Span;
import dev.ringside.metrics.attribution.AttributionState.Entry;
import dev.ringside.metrics.attribution.AttributionState.Table;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The moments of a partition's open cells and the counts of its arms. A cell is forgotten when it closes; an arm stays,
 * for what comes late. No sum of a closed cell or arm changes, save an arm's counts of what came late;
 * and no exposures of a cohort whose end the horizon has passed.
 */
final class Sums {
    private final int partition;
    private final Table table;
    private final Agenda agenda;
    private final Map<String, Integer> gone = new HashMap<>();

    Sums(int partition, Table table, Agenda agenda) {
        this.partition = partition;
        this.table = table;
        this.agenda = agenda;
    }

    /** Adds to a cell that closes then; what is taken back is added with the opposite sign. */
    void plus(CellKey key, long closes, Moments more) {
        byte[] sumKey = SumKeys.of(key);
        byte[] before = table.get(sumKey);
        if (before == null) {
            agenda.closing(closes, sumKey);
            agenda.changed(sumKey);
            table.put(sumKey, pack(CHANGED, more));
        } else {
            touch(sumKey, before);
            table.put(sumKey, pack(CHANGED, moments(before).plus(more)));
        }
    }

    /** Adds to an arm's counts; {@code horizon} is where the horizon now is. */
    void plus(ArmKey key, Span span, ArmCounts more, long horizon) {
        change(key, span, horizon, arm -> arm.plus(more));
    }

    /** Adds to an arm's exposures; {@code horizon} is where the horizon now is. */
    void plus(ArmKey key, Span span, ExposureCounts more, long horizon) {
        change(key, span, horizon, arm -> arm.plus(more));
    }

    private void change(ArmKey key, Span span, long horizon, UnaryOperator<ArmSum> change) {
        byte[] sumKey = SumKeys.of(key);
        byte[] before = table.get(sumKey);
        ArmSum arm = before == null ? ArmSum.none(span, horizon) : ArmSum.read(before);
        if (before == null) {
            agenda.changed(sumKey);
            if (!arm.complete()) {
                agenda.completing(span.ends(), sumKey);
            }
            if (!arm.closed()) {
                agenda.closing(span.closes(), sumKey);
            }
        } else {
            touch(sumKey, before);
        }
        table.put(sumKey, change.apply(arm).pack(CHANGED));
    }

    /** Lets go of the arms of epochs of which nothing will be asked any more. */
    void letGo(String experiment, int throughEpoch) {
        if (throughEpoch <= gone.getOrDefault(experiment, 0)) {
            return;
        }
        gone.put(experiment, throughEpoch);
        byte[] end = SumKeys.armsOf(experiment).put(0xff).toBytes();
        for (Entry entry : table.range(SumKeys.armsOf(experiment).toBytes(), end, Integer.MAX_VALUE)) {
            boolean told = (entry.value()[0] & CHANGED) == 0;
            if (told
                    && SumKeys.arm(entry.key()).epoch() <= throughEpoch
                    && ArmSum.read(entry.value()).closed()) {
                table.delete(entry.key());
            }
        }
    }

    private void touch(byte[] sumKey, byte[] before) {
        if ((before[0] & CHANGED) == 0) {
            agenda.changed(sumKey);
        }
    }

    /** Closes what is due and tells of all that changed. */
    void collect(long horizon, List<KpiMessage> messages) {
        agenda.takeCompleting(horizon, sumKey -> {
            agenda.changed(sumKey);
            table.put(sumKey, ArmSum.read(value(sumKey)).completed().pack(CHANGED));
        });
        agenda.takeClosing(horizon, sumKey -> {
            byte[] bytes = value(sumKey);
            if (SumKeys.isCell(sumKey)) {
                messages.add(new KpiMessage.Cell(partition, SumKeys.cell(sumKey), moments(bytes), true));
                table.delete(sumKey);
            } else {
                agenda.changed(sumKey);
                table.put(sumKey, ArmSum.read(bytes).close().pack(CHANGED));
            }
        });
        agenda.takeChanged(sumKey -> {
            byte[] bytes = table.get(sumKey);
            if (bytes == null) {
                return;
            }
            if (SumKeys.isCell(sumKey)) {
                messages.add(new KpiMessage.Cell(partition, SumKeys.cell(sumKey), moments(bytes), false));
                table.put(sumKey, pack(0, moments(bytes)));
            } else {
                ArmSum arm = ArmSum.read(bytes);
                messages.add(new KpiMessage.Arm(
                        partition, SumKeys.arm(sumKey), arm.counts(), arm.closed(), arm.exposures(), arm.complete()));
                table.put(sumKey, arm.pack(0));
            }
        });
    }

    private byte[] value(byte[] sumKey) {
        byte[] bytes = table.get(sumKey);
        if (bytes == null) {
            throw new IllegalStateException("a cell or arm is to be closed and is not there");
        }
        return bytes;
    }

    private static byte[] pack(int flags, Moments m) {
        var out = new PackedWriter().put(flags).number(m.units()).number(m.events());
        out.big(m.y()).big(m.d()).big(m.x());
        out.big(m.yy()).big(m.dd()).big(m.xx());
        out.big(m.yd()).big(m.yx()).big(m.dx());
        out.fixed(m.unitHashSum());
        BigInteger cubes = m.yyy();
        // At the end: what was packed before it was summed ends here, and what is unknown stays so.
        return (cubes == null ? out : out.big(cubes)).toBytes();
    }

    private static Moments moments(byte[] bytes) {
        var in = new PackedReader(bytes, 1);
        long units = in.number();
        long events = in.number();
        BigInteger y = in.big();
        BigInteger d = in.big();
        BigInteger x = in.big();
        BigInteger yy = in.big();
        BigInteger dd = in.big();
        BigInteger xx = in.big();
        BigInteger yd = in.big();
        BigInteger yx = in.big();
        BigInteger dx = in.big();
        long unitHashSum = in.fixed();
        BigInteger cubes = in.hasMore() ? in.big() : null;
        return new Moments(units, events, y, d, x, yy, dd, xx, yd, yx, dx, cubes, unitHashSum);
    }
}
