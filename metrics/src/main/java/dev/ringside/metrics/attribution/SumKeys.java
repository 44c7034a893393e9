package dev.ringside.metrics.attribution;

import dev.ringside.contract.moments.ArmKey;
import dev.ringside.contract.moments.CellKey;

/** The keys of the table of sums: a byte for the kind, then the fields. */
final class SumKeys {
    static final byte CELL = 1;
    static final byte ARM = 2;
    static final byte WRITER = 3;
    static final byte SEQUENCE = 4;
    static final byte TALLIES = 5;

    private SumKeys() {}

    static byte[] of(CellKey key) {
        return new PackedWriter()
                .put(CELL)
                .text(key.experiment())
                .number(key.epoch())
                .text(key.segment())
                .text(key.variant())
                .text(key.kpi())
                .sortable(Nanos.of(key.cohort()))
                .toBytes();
    }

    static byte[] of(ArmKey key) {
        return new PackedWriter()
                .put(ARM)
                .text(key.experiment())
                .number(key.epoch())
                .text(key.segment())
                .text(key.variant())
                .sortable(Nanos.of(key.cohort()))
                .toBytes();
    }

    /** What the keys of an experiment's arms begin with; no further byte of one is 0xff. */
    static PackedWriter armsOf(String experiment) {
        return new PackedWriter().put(ARM).text(experiment);
    }

    static boolean isCell(byte[] key) {
        return key[0] == CELL;
    }

    static CellKey cell(byte[] key) {
        var in = new PackedReader(key, 1);
        return new CellKey(in.text(), in.count(), in.text(), in.text(), in.text(), Nanos.instant(in.sortable()));
    }

    static ArmKey arm(byte[] key) {
        var in = new PackedReader(key, 1);
        return new ArmKey(in.text(), in.count(), in.text(), in.text(), Nanos.instant(in.sortable()));
    }

    /** The end, exclusive, of all keys of a kind. */
    static byte[] end(byte kind) {
        return new byte[] {(byte) (kind + 1)};
    }
}
