package dev.ringside.metrics.attribution;

import dev.ringside.contract.moments.ArmCounts;
import dev.ringside.contract.moments.ArmKey;
import dev.ringside.contract.moments.CellKey;
import dev.ringside.contract.moments.KpiMessage;
import dev.ringside.contract.moments.Moments;
import dev.ringside.metrics.attribution.AttributionState.Table;
import java.util.List;

/**
 * The moments of a partition's open cells and the counts of its arms. A cell is forgotten when it closes; an arm stays,
 * for what comes late. No sum of a closed cell or arm changes, save an arm's counts of what came late.
 */
final class Sums {
    private static final int CHANGED = 1;
    private static final int CLOSED = 2;

    private final int partition;
    private final Table table;
    private final Agenda agenda;

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

    /** Adds to an arm that closes then; {@code horizon} is where the horizon now is. */
    void plus(ArmKey key, long closes, ArmCounts more, long horizon) {
        byte[] sumKey = SumKeys.of(key);
        byte[] before = table.get(sumKey);
        if (before == null) {
            boolean closed = closes <= horizon;
            if (!closed) {
                agenda.closing(closes, sumKey);
            }
            agenda.changed(sumKey);
            table.put(sumKey, pack(closed ? CHANGED | CLOSED : CHANGED, more));
        } else {
            touch(sumKey, before);
            table.put(sumKey, pack(before[0] | CHANGED, counts(before).plus(more)));
        }
    }

    private void touch(byte[] sumKey, byte[] before) {
        if ((before[0] & CHANGED) == 0) {
            agenda.changed(sumKey);
        }
    }

    /** Closes what is due and tells of all that changed. */
    void collect(long horizon, List<KpiMessage> messages) {
        agenda.takeClosing(horizon, sumKey -> {
            byte[] bytes = value(sumKey);
            if (SumKeys.isCell(sumKey)) {
                messages.add(new KpiMessage.Cell(partition, SumKeys.cell(sumKey), moments(bytes), true));
                table.delete(sumKey);
            } else {
                agenda.changed(sumKey);
                table.put(sumKey, pack(CHANGED | CLOSED, counts(bytes)));
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
                boolean closed = (bytes[0] & CLOSED) != 0;
                messages.add(new KpiMessage.Arm(partition, SumKeys.arm(sumKey), counts(bytes), closed));
                table.put(sumKey, pack(closed ? CLOSED : 0, counts(bytes)));
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
        return out.fixed(m.unitHashSum()).toBytes();
    }

    private static Moments moments(byte[] bytes) {
        var in = new PackedReader(bytes, 1);
        return new Moments(
                in.number(),
                in.number(),
                in.big(),
                in.big(),
                in.big(),
                in.big(),
                in.big(),
                in.big(),
                in.big(),
                in.big(),
                in.big(),
                in.fixed());
    }

    private static byte[] pack(int flags, ArmCounts c) {
        var out = new PackedWriter().put(flags).number(c.units()).number(c.crossed());
        out.number(c.fellBack()).number(c.withOutcome());
        out.number(c.lateExposures()).number(c.lateOutcomes());
        return out.fixed(c.unitHashSum()).toBytes();
    }

    private static ArmCounts counts(byte[] bytes) {
        var in = new PackedReader(bytes, 1);
        return new ArmCounts(in.number(), in.number(), in.number(), in.number(), in.number(), in.number(), in.fixed());
    }
}
