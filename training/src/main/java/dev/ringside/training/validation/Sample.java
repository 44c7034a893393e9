package dev.ringside.training.validation;

import dev.ringside.training.dataset.Table;
import dev.ringside.training.split.Shuffle;
import java.util.stream.IntStream;

/** Some of many rows, each drawn by itself, so that no rhythm of the data meets one of the sample's. */
final class Sample {
    private Sample() {}

    /**
     * All rows where there are few, else about as many as asked for, in their order.
     *
     * @param most about how many
     * @param seed which ones
     */
    static Table of(Table rows, int most, long seed) {
        if (rows.size() <= most) {
            return rows;
        }
        double share = (double) most / rows.size();
        long mixed = Shuffle.mix(seed);
        return rows.select(IntStream.range(0, rows.size())
                .filter(row -> (Shuffle.mix(mixed + row) >>> 11) * 0x1p-53 < share)
                .toArray());
    }
}
