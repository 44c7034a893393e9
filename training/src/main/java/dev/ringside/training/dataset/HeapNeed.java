package dev.ringside.training.dataset;

import java.util.List;

/**
 * What rows take of Java's memory: once as they are read, and as much again while they are cut into parts. What learners
 * make of them is less than that, or is kept outside of Java.
 *
 * @param rows how many
 * @param bytes what they take, once
 */
record HeapNeed(long rows, long bytes) {
    private static final double MEGABYTE = 1 << 20;
    /** Of what Java may take, the share that arrays can have: some is for whatever else there is, and in pieces. */
    private static final double SHARE = 0.9;

    /**
     * An estimate.
     *
     * @param items of all lists together
     */
    static HeapNeed of(long rows, long items, Roles roles, List<FeatureSpec> columns) {
        long each = Double.BYTES
                + (roles.time() == null ? 0 : Long.BYTES)
                + (roles.weight() == null ? 0 : Double.BYTES)
                + (long) Double.BYTES * roles.tasks().size();
        for (FeatureSpec column : columns) {
            each += switch (column.type()) {
                case INTEGER -> Long.BYTES;
                case NUMBER, CATEGORY, NUMBERS, CATEGORIES -> Integer.BYTES;
            };
        }
        return new HeapNeed(rows, rows * each + items * Integer.BYTES);
    }

    /**
     * Holds it to what there is.
     *
     * @param source whose rows they are
     * @param heap the most that Java may take, in bytes
     * @throws InvalidData saying what is to be done where they do not fit
     */
    void check(String source, long heap) {
        double need = 2 * bytes / SHARE;
        if (need > heap) {
            throw new InvalidData(
                    source,
                    List.of(("%d rows take %.0f MB as they are read and as much again while they are cut into parts,"
                                    + " which is more than the %.0f MB that Java may take; give it more (--heap %.0fMB),"
                                    + " declare whole numbers up to 16777216 as type number, which takes half, leave out"
                                    + " features, or take some of the rows in the source query, such as those where"
                                    + " hash(id) %% 10 = 0")
                            .formatted(
                                    rows, bytes / MEGABYTE, heap / MEGABYTE, Math.ceil(need / MEGABYTE / 100) * 100)));
        }
    }
}
