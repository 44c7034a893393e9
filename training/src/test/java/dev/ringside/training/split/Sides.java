package dev.ringside.training.split;

import dev.ringside.training.dataset.Table;
import java.util.stream.IntStream;

/** Training sides for tests. */
public final class Sides {
    private Sides() {}

    /** All rows of a table, as if a split had given them all to the training part. */
    public static TrainingSide all(Table rows) {
        return new Parts(IntStream.range(0, rows.size()).toArray(), new int[0], null, new int[0], 0).training(rows);
    }
}
